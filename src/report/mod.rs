//! What the functions say: log lines, decision records, metrics.

mod explanation;
mod finding;
mod log;
mod metrics;
mod operator_numbers;
mod progress;
mod record;
mod recorded;

pub use explanation::explanation_json;
pub use log::{Level, Log, Sink, log_panics_by_place};
pub use metrics::{Metrics, NAMESPACE, Numbers, webhook_definitions};
pub use operator_numbers::OperatorNumber;
pub(crate) use operator_numbers::operator_line;
pub use progress::Progress;
pub use record::Record;
pub(crate) use record::short_trace;
pub use recorded::Recorded;
