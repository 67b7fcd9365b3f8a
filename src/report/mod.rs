//! What the functions say: log lines, decision records, metrics.

mod explanation;
mod log;
mod metrics;
mod progress;
mod record;

pub use explanation::explanation_json;
pub use log::{Log, Sink};
pub(crate) use metrics::operator_line;
pub use metrics::{DEFINITIONS, Metrics, NAMESPACE, OPERATOR_NUMBERS};
pub use progress::Progress;
pub use record::Record;
pub(crate) use record::short_trace;
