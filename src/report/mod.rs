//! What the functions say: log lines, decision records, metrics.

mod explanation;
mod finding;
mod log;
mod metrics;
mod progress;
mod record;
mod recorded;

pub use explanation::explanation_json;
pub use log::{Level, Log, Sink, log_panics_by_place};
pub(crate) use metrics::operator_line;
pub use metrics::{Metrics, NAMESPACE, Numbers, OPERATOR_NUMBERS, webhook_definitions};
pub use progress::Progress;
pub use record::Record;
pub(crate) use record::short_trace;
pub use recorded::Recorded;
