//! Bytes into values, whatever the bytes are.

use std::any::Any;
use std::sync::Arc;

use super::error::BytesError;

/// Most memory that lists and shared values may ask for, in bytes.
const MAX_MEMORY: usize = 256 << 20;
/// Deepest nesting of lists. A rule's maps of conditions with calendars in them have eight.
const MAX_DEPTH: usize = 16;

/// What is left to read, and what was read that can be referred to.
#[derive(Debug)]
pub struct Unpacker<'b> {
    left: &'b [u8],
    /// Memory that may still be asked for.
    memory: usize,
    /// How much deeper lists may be.
    depth: usize,
    texts: Vec<Arc<str>>,
    once: Vec<Arc<dyn Any + Send + Sync>>,
}

impl<'b> Unpacker<'b> {
    /// Reads these bytes.
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self {
            left: bytes,
            memory: MAX_MEMORY,
            depth: MAX_DEPTH,
            texts: Vec::new(),
            once: Vec::new(),
        }
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.left.len()
    }

    /// Nothing may be left.
    pub(crate) fn finish(&self) -> Result<(), BytesError> {
        if self.left.is_empty() { Ok(()) } else { Err(BytesError::Length) }
    }

    pub(crate) fn byte(&mut self) -> Result<u8, BytesError> {
        let (first, rest) = self.left.split_first().ok_or(BytesError::Length)?;
        self.left = rest;
        Ok(*first)
    }

    pub(crate) fn raw<const N: usize>(&mut self) -> Result<[u8; N], BytesError> {
        let (bytes, rest) = self.left.split_first_chunk().ok_or(BytesError::Length)?;
        self.left = rest;
        Ok(*bytes)
    }

    #[inline]
    pub(crate) fn number(&mut self) -> Result<u64, BytesError> {
        match self.left.split_first() {
            // As most are.
            Some((first, rest)) if *first < 0x80 => {
                self.left = rest;
                Ok(u64::from(*first))
            }
            _ => self.long_number(),
        }
    }

    fn long_number(&mut self) -> Result<u64, BytesError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return Err(BytesError::TooLarge);
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(BytesError::TooLarge)
    }

    pub(crate) fn size(&mut self) -> Result<usize, BytesError> {
        usize::try_from(self.number()?).map_err(|_| BytesError::TooLarge)
    }

    /// A count of things that take a byte each at least.
    pub(crate) fn count(&mut self) -> Result<usize, BytesError> {
        let count = self.size()?;
        if count > self.left.len() { Err(BytesError::Length) } else { Ok(count) }
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'b [u8], BytesError> {
        let (bytes, rest) = self.left.split_at_checked(length).ok_or(BytesError::Length)?;
        self.left = rest;
        Ok(bytes)
    }

    pub(crate) fn text(&mut self) -> Result<&'b str, BytesError> {
        let length = self.size()?;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| BytesError::Kind)
    }

    /// So much memory is asked for.
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<(), BytesError> {
        self.memory = self.memory.checked_sub(bytes).ok_or(BytesError::TooLarge)?;
        Ok(())
    }

    /// A list, with room for just what is in it.
    pub(crate) fn list<T>(
        &mut self,
        entry: impl Fn(&mut Self) -> Result<T, BytesError>,
    ) -> Result<Vec<T>, BytesError> {
        let count = self.count()?;
        if count == 0 {
            return Ok(Vec::new());
        }
        self.spend(count.saturating_mul(size_of::<T>()))?;
        self.depth = self.depth.checked_sub(1).ok_or(BytesError::TooLarge)?;
        let mut list = Vec::with_capacity(count);
        for _ in 0..count {
            list.push(entry(self)?);
        }
        self.depth += 1;
        Ok(list)
    }

    /// A text that stands once.
    pub(crate) fn shared_text(&mut self) -> Result<Arc<str>, BytesError> {
        match self.size()?.checked_sub(1) {
            Some(place) => self.texts.get(place).cloned().ok_or(BytesError::Kind),
            None => {
                let text: Arc<str> = self.text()?.into();
                self.texts.push(Arc::clone(&text));
                Ok(text)
            }
        }
    }

    /// A value that stands once; `unpack` reads it there.
    pub(crate) fn shared<T: Send + Sync + 'static>(
        &mut self,
        unpack: impl FnOnce(&mut Self) -> Result<T, BytesError>,
    ) -> Result<Arc<T>, BytesError> {
        match self.size()?.checked_sub(1) {
            Some(place) => {
                let value = self.once.get(place).cloned().ok_or(BytesError::Kind)?;
                value.downcast().map_err(|_| BytesError::Kind)
            }
            None => {
                self.spend(size_of::<T>())?;
                let value = Arc::new(unpack(self)?);
                self.once.push(Arc::<T>::clone(&value));
                Ok(value)
            }
        }
    }
}
