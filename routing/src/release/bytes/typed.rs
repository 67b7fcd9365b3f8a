//! What was read out of the rows in force as bytes, and back.

use chrono::{DateTime, Utc};

use super::format::{Inside, deflated, inflated};
use crate::packed::{BytesError, Packed, Packer, Unpacker};
use crate::release::in_force::InForce;
use crate::release::settled::Settled;

/// What is read out of the rows in force, as bytes of [`FORMAT`](super::FORMAT). Equal rows in
/// force, equal bytes, at any time: `now` counts for what their editors are told.
///
/// # Errors
/// The rows are too large for a release.
pub fn encode_typed(settled: &Settled, now: DateTime<Utc>) -> Result<Vec<u8>, BytesError> {
    let mut to = Packer::default();
    InForce::of(settled, now).pack(&mut to);
    let bytes = to.finish();
    // What no instance could read must not go live.
    unpacked(&bytes)?;
    deflated(Inside::Typed, &bytes)
}

/// What was read, out of bytes of [`FORMAT`](super::FORMAT). Takes a bounded amount of memory,
/// whatever the bytes are.
pub(crate) fn decode_typed(bytes: &[u8]) -> Result<InForce, BytesError> {
    unpacked(&inflated(Inside::Typed, bytes)?)
}

fn unpacked(bytes: &[u8]) -> Result<InForce, BytesError> {
    let mut from = Unpacker::new(bytes);
    let read = InForce::unpack(&mut from)?;
    from.finish()?;
    Ok(read)
}
