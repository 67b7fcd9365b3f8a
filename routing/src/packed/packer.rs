//! Values into bytes.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::Arc;

/// What is written so far, and what of it can be referred to.
#[derive(Debug, Default)]
pub struct Packer {
    bytes: Vec<u8>,
    texts: HashMap<Arc<str>, u64>,
    once: HashMap<(TypeId, Identity), u64>,
}

/// By what a shared value is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Identity {
    Address(usize),
    Name(&'static str),
}

impl Packer {
    /// All that was written, in order.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// How many bytes are written.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(crate) fn number(&mut self, number: u64) {
        let mut left = number;
        while left >= 0x80 {
            self.bytes.push((left & 0x7f) as u8 | 0x80);
            left >>= 7;
        }
        self.bytes.push(left as u8);
    }

    pub(crate) fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.raw(text.as_bytes());
    }

    /// A text that stands once, however often it is met.
    pub(crate) fn shared_text(&mut self, text: &Arc<str>) {
        if let Some(number) = self.texts.get(text) {
            return self.number(*number);
        }
        self.number(0);
        self.text(text);
        let number = self.texts.len() as u64 + 1;
        self.texts.insert(Arc::clone(text), number);
    }

    /// A value that stands once, however many share it.
    pub(crate) fn shared<T: 'static>(&mut self, value: &Arc<T>, pack: impl FnOnce(&mut Self)) {
        self.once::<T>(Identity::Address(Arc::as_ptr(value).addr()), pack);
    }

    /// The same of one that a name says all about.
    pub(crate) fn named<T: 'static>(&mut self, name: &'static str) {
        self.once::<T>(Identity::Name(name), |to| to.text(name));
    }

    fn once<T: 'static>(&mut self, identity: Identity, pack: impl FnOnce(&mut Self)) {
        let key = (TypeId::of::<T>(), identity);
        if let Some(number) = self.once.get(&key) {
            return self.number(*number);
        }
        self.number(0);
        pack(self);
        // What is in it comes before it.
        let number = self.once.len() as u64 + 1;
        self.once.insert(key, number);
    }
}
