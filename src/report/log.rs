//! What the function writes: one JSON object a line.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use routing::rows::{Finding, Severity, Table};

/// Most findings written for one `ConfigVersion`.
const MAX_FINDINGS: usize = 20;

/// Where lines go.
pub type Sink = Box<dyn Fn(&str) + Send + Sync>;

/// Writes lines to a sink.
pub struct Log {
    sink: Sink,
    log_user_ids: bool,
    written: Mutex<Written>,
}

/// The findings written for a version.
#[derive(Default)]
struct Written {
    version: String,
    findings: HashSet<u64>,
}

#[derive(Serialize)]
struct Line<'a> {
    level: &'static str,
    event: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    config_age_ms: Option<i64>,
}

#[derive(Serialize)]
struct FindingLine<'a> {
    level: &'static str,
    event: &'static str,
    config_version: &'a str,
    #[serde(flatten)]
    finding: &'a Finding,
}

impl Log {
    /// A log to `sink`; without `log_user_ids`, findings about customers do not name them.
    pub fn new(sink: Sink, log_user_ids: bool) -> Self {
        Self { sink, log_user_ids, written: Mutex::default() }
    }

    /// A log to standard output, which Lambda sends to CloudWatch.
    pub fn stdout(log_user_ids: bool) -> Self {
        // A closed pipe must not stop the function, as `println!` would.
        let sink = |line: &str| drop(writeln!(std::io::stdout().lock(), "{line}"));
        Self::new(Box::new(sink), log_user_ids)
    }

    /// Writes one value as a line.
    pub fn line(&self, line: &impl Serialize) {
        if let Ok(json) = serde_json::to_string(line) {
            (self.sink)(&json);
        }
    }

    /// Writes what is worth knowing.
    pub(crate) fn info(&self, event: &'static str, message: &str) {
        self.line(&Line { level: "INFO", event, message, config_age_ms: None });
    }

    /// Writes a warning.
    pub(crate) fn warn(&self, event: &'static str, message: &str) {
        self.line(&Line { level: "WARN", event, message, config_age_ms: None });
    }

    /// Writes an error.
    pub fn error(&self, event: &'static str, message: &str, config_age_ms: Option<i64>) {
        self.line(&Line { level: "ERROR", event, message, config_age_ms });
    }

    /// Writes each finding once per version, and 20 at most. A `new_version` begins anew.
    pub fn findings(&self, version: &str, findings: &[Finding], new_version: bool) {
        let fresh: Vec<&Finding> = {
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            if new_version && written.version != version {
                version.clone_into(&mut written.version);
                written.findings.clear();
            }
            findings
                .iter()
                .filter(|finding| {
                    written.findings.len() < MAX_FINDINGS && written.findings.insert(hash(finding))
                })
                .collect()
        };
        for finding in fresh {
            let level = if finding.severity == Severity::Error { "ERROR" } else { "WARN" };
            if finding.table == Table::Customers && !self.log_user_ids {
                let finding = Finding { key: "(not logged)".to_owned(), ..finding.clone() };
                self.line(&FindingLine {
                    level,
                    event: "row_finding",
                    config_version: version,
                    finding: &finding,
                });
            } else {
                self.line(&FindingLine {
                    level,
                    event: "row_finding",
                    config_version: version,
                    finding,
                });
            }
        }
    }
}

fn hash(finding: &Finding) -> u64 {
    let mut hasher = DefaultHasher::new();
    finding.to_string().hash(&mut hasher);
    hasher.finish()
}
