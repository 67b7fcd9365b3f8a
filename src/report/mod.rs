//! What the functions say: log lines, decision records, metrics.

mod explanation;
mod log;
mod metrics;
mod progress;
mod record;

pub use explanation::explanation_json;
pub use log::{Log, Sink};
pub use metrics::{DEFINITIONS, Metrics, NAMESPACE, OPERATOR_NUMBERS, operator_line};
pub use progress::Progress;
pub use record::{Record, short_trace};
