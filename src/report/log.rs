//! What the function writes: one JSON object a line.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::{Mutex, PoisonError};

use chrono::{SecondsFormat, Utc};
use serde::Serialize;

use routing::rows::{Finding, Severity};

use super::finding::without_user_ids;

/// Most findings written at a time; the others are written the next time. Of customers, most for
/// one `ConfigVersion`.
const MAX_FINDINGS: usize = 20;

/// Where lines go.
pub type Sink = Box<dyn Fn(&str) + Send + Sync>;

/// How much a line matters, as Lambda's own log level filters by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    /// Worth knowing.
    Info,
    /// May need somebody.
    Warn,
    /// Needs somebody.
    Error,
}

/// Writes lines to a sink.
pub struct Log {
    sink: Sink,
    log_user_ids: bool,
    written: Mutex<LoggedFindings>,
}

/// The findings that stand and were written.
#[derive(Default)]
struct LoggedFindings {
    version: String,
    standing: HashSet<u64>,
    customers: HashSet<u64>,
}

/// Every line: Lambda wants its time and level by these names.
#[derive(Serialize)]
struct Stamped<'a, T: Serialize> {
    timestamp: String,
    level: Level,
    #[serde(flatten)]
    line: &'a T,
}

#[derive(Serialize)]
struct Line<'a> {
    event: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    config_age_ms: Option<i64>,
}

#[derive(Serialize)]
struct FindingLine<'a> {
    event: &'static str,
    config_version: &'a str,
    #[serde(flatten)]
    finding: Finding,
}

/// From now on a panic is one line with its place. Its message may repeat data of a caller or a
/// row, and is not logged. Every binary that ships begins so.
pub fn log_panics_by_place() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let message = format!("a bug at {place}; please report it");
        Log::stderr().error("panic", &message, None);
    }));
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

    /// A log to standard error, of a function that does not get far.
    pub fn stderr() -> Self {
        let sink = |line: &str| drop(writeln!(std::io::stderr().lock(), "{line}"));
        Self::new(Box::new(sink), false)
    }

    /// Writes one value as a line, with the time and a level.
    pub fn line(&self, level: Level, line: &impl Serialize) {
        let timestamp = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
        if let Ok(json) = serde_json::to_string(&Stamped { timestamp, level, line }) {
            (self.sink)(&json);
        }
    }

    /// Writes what is worth knowing.
    pub(crate) fn info(&self, event: &'static str, message: &str) {
        self.line(Level::Info, &Line { event, message, config_age_ms: None });
    }

    /// Writes a warning.
    pub fn warn(&self, event: &'static str, message: &str) {
        self.line(Level::Warn, &Line { event, message, config_age_ms: None });
    }

    /// Writes an error.
    pub fn error(&self, event: &'static str, message: &str, config_age_ms: Option<i64>) {
        self.line(Level::Error, &Line { event, message, config_age_ms });
    }

    /// Writes the findings that are not written yet, or were mended in between: errors first, and
    /// 20 at most. The others follow when the rows are read again.
    pub fn findings(&self, version: &str, findings: &[Finding]) {
        let fresh: Vec<&Finding> = {
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            if written.version != version {
                version.clone_into(&mut written.version);
                written.customers.clear();
            }
            let now: HashSet<u64> = findings.iter().map(hash).collect();
            written.standing.retain(|standing| now.contains(standing));
            let of = |severity| findings.iter().filter(move |finding| finding.severity == severity);
            of(Severity::Error)
                .chain(of(Severity::Warning))
                .filter(|finding| !written.standing.contains(&hash(finding)))
                .take(MAX_FINDINGS)
                .collect()
        };
        self.write(version, &fresh, |written| &mut written.standing);
    }

    /// Writes what is found about customers, each once for a version, and 20 at most.
    pub(crate) fn customer_findings(&self, version: &str, findings: &[Finding]) {
        let fresh: Vec<&Finding> = {
            let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            let left = MAX_FINDINGS.saturating_sub(written.customers.len());
            let is_new = |finding: &&Finding| !written.customers.contains(&hash(finding));
            findings.iter().filter(is_new).take(left).collect()
        };
        self.write(version, &fresh, |written| &mut written.customers);
    }

    fn write(
        &self,
        version: &str,
        fresh: &[&Finding],
        into: impl Fn(&mut LoggedFindings) -> &mut HashSet<u64>,
    ) {
        for finding in fresh {
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            let is_new = into(&mut written).insert(hash(finding));
            drop(written);
            if is_new {
                let level = match finding.severity {
                    Severity::Error => Level::Error,
                    Severity::Warning => Level::Warn,
                };
                let finding = self.shown(finding);
                let (event, config_version) = ("row_finding", version);
                self.line(level, &FindingLine { event, config_version, finding });
            }
        }
    }

    /// A finding as it may be written: without `LOG_USER_IDS`, with no id of a user, and nothing
    /// out of a customer's row.
    pub fn shown(&self, finding: &Finding) -> Finding {
        if self.log_user_ids { finding.clone() } else { without_user_ids(finding) }
    }
}

fn hash(finding: &Finding) -> u64 {
    let mut hasher = DefaultHasher::new();
    finding.to_string().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use routing::rows::Table;
    use serde_json::Value as Json;

    use super::*;

    fn log(log_user_ids: bool) -> (Log, Arc<Mutex<Vec<Json>>>) {
        let lines: Arc<Mutex<Vec<Json>>> = Arc::default();
        let to = Arc::clone(&lines);
        let sink = move |line: &str| to.lock().unwrap().push(serde_json::from_str(line).unwrap());
        (Log::new(Box::new(sink), log_user_ids), lines)
    }

    fn finding(severity: Severity, table: Table, key: &str, attribute: &str) -> Finding {
        Finding {
            severity,
            table,
            key: key.to_owned(),
            attribute: Some(attribute.to_owned()),
            found: Some("user-1".to_owned()),
            message: "write `user-1`".to_owned(),
        }
    }

    #[test]
    fn a_new_error_is_written_after_twenty_standing_warnings() {
        let (log, lines) = log(true);
        let warning =
            |n: usize| finding(Severity::Warning, Table::Rules, &format!("w{n}"), "Hours");
        let mut findings: Vec<Finding> = (0..30).map(warning).collect();
        log.findings("v1", &findings);
        log.findings("v1", &findings);
        let count = || std::mem::take(&mut *lines.lock().unwrap()).len();
        assert_eq!(count(), 30, "20, then the others");
        findings.push(finding(Severity::Error, Table::Rules, "bad", "Hours"));
        log.findings("v2", &findings);
        let written = std::mem::take(&mut *lines.lock().unwrap());
        assert_eq!(written.len(), 1, "what stands is not repeated: {written:?}");
        assert_eq!((&written[0]["key"], &written[0]["level"]), (&"bad".into(), &"ERROR".into()));
        // Mended and broken again.
        let error = findings.pop().unwrap();
        log.findings("v3", &findings);
        findings.push(error);
        log.findings("v4", &findings);
        assert_eq!(count(), 1);
        // Errors come first.
        let (log, lines) = self::log(true);
        log.findings("v1", &findings);
        assert_eq!(lines.lock().unwrap()[0]["key"], "bad");
    }

    #[test]
    fn without_user_ids_findings_tell_none() {
        for log_user_ids in [true, false] {
            let (log, lines) = log(log_user_ids);
            let of_user = finding(Severity::Error, Table::Rules, "rule", "ClientUserIds");
            log.findings("v", std::slice::from_ref(&of_user));
            log.customer_findings("v", &[of_user]);
            let written = format!("{:?}", lines.lock().unwrap());
            assert!(written.contains("ClientUserIds"), "{written}");
            assert_eq!(written.contains("user-1"), log_user_ids, "{written}");
        }
    }

    #[test]
    fn every_line_has_a_time_and_a_level() {
        let (log, lines) = log(true);
        log.info("a", "b");
        log.warn("a", "b");
        log.error("a", "b", Some(1));
        let lines = lines.lock().unwrap();
        let levels: Vec<&str> = lines.iter().map(|line| line["level"].as_str().unwrap()).collect();
        assert_eq!(levels, ["INFO", "WARN", "ERROR"]);
        let is_time = |line: &Json| {
            chrono::DateTime::parse_from_rfc3339(line["timestamp"].as_str().unwrap()).is_ok()
        };
        assert!(lines.iter().all(is_time));
    }
}
