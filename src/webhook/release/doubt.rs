//! What an eventually consistent read of the pointer is believed.

use routing::release::Pointer;

/// Whether a pointer read with eventual consistency can be believed; else it is read again
/// consistently. Doubtful is a pointer that is not there, and one with a lower number than was seen
/// before: an old copy answers now and then. An error stays one: there is no time to try it twice.
pub(super) fn is_believed<E>(read: &Result<Option<Pointer>, E>, highest: u64) -> bool {
    match read {
        Ok(Some(pointer)) => pointer.live.is_some() && pointer.number() >= highest,
        Ok(None) => false,
        Err(_) => true,
    }
}
