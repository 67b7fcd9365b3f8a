//! What the bytes begin with, and how they are deflated.

use crate::packed::{BytesError, MAX_BYTES, Packer, Unpacker};

/// The number of the form that is written.
pub const FORMAT: u32 = 1;
/// The forms that are read.
pub const FORMATS: &[u32] = &[FORMAT];

/// What every release begins with: the format's number stands last.
const MAGIC: [u8; 5] = *b"desk\x01";
/// How hard to deflate, of 10: more takes twice the time for some percent.
const LEVEL: u8 = 6;

/// Which of the two forms bytes are: behind what they begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    Rows = 0,
    Typed = 1,
}

/// What is inside, deflated, behind what a release begins with.
pub(super) fn deflated(inside: Inside, bytes: &[u8]) -> Result<Vec<u8>, BytesError> {
    if bytes.len() > MAX_BYTES {
        return Err(BytesError::TooLarge);
    }
    let mut whole = Packer::default();
    whole.raw(&MAGIC);
    whole.byte(inside as u8);
    whole.count(bytes.len());
    whole.raw(&miniz_oxide::deflate::compress_to_vec(bytes, LEVEL));
    Ok(whole.finish())
}

/// What is inside.
pub(super) fn inflated(inside: Inside, bytes: &[u8]) -> Result<Vec<u8>, BytesError> {
    let rest = bytes.strip_prefix(&MAGIC).ok_or(BytesError::Unknown)?;
    let mut head = Unpacker::new(rest.strip_prefix(&[inside as u8]).ok_or(BytesError::Unknown)?);
    let length = head.size()?;
    if length > MAX_BYTES {
        return Err(BytesError::TooLarge);
    }
    let deflated = head.bytes(head.left())?;
    let bytes = miniz_oxide::inflate::decompress_to_vec_with_limit(deflated, length)
        .map_err(|_| BytesError::Deflated)?;
    if bytes.len() == length { Ok(bytes) } else { Err(BytesError::Length) }
}
