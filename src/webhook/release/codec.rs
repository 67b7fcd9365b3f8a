//! What makes a snapshot of a release's bytes, by their format.

use std::sync::Arc;

use routing::release;
use routing::snapshot::Snapshot;

/// Typed bytes of this format as a snapshot, or what is wrong with them.
pub type Decode = dyn Fn(u32, &[u8]) -> Result<Snapshot, String> + Send + Sync;

/// What makes a snapshot of a release's bytes.
#[derive(Clone)]
pub struct Codec {
    /// The formats that it reads.
    pub formats: &'static [u32],
    /// Typed bytes of this format as a snapshot, or what is wrong with them. Called only with bytes
    /// whose hash is right.
    pub decode: Arc<Decode>,
}

/// Reads what the operator function publishes.
impl Default for Codec {
    fn default() -> Self {
        let decode =
            |_: u32, typed: &[u8]| Snapshot::of_release(typed).map_err(|error| error.to_string());
        Self { formats: release::FORMATS, decode: Arc::new(decode) }
    }
}

impl std::fmt::Debug for Codec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Codec").field("formats", &self.formats).finish_non_exhaustive()
    }
}
