//! What `desk serve` says while it runs: one line a callback to read, and one for each row that was
//! judged.

use chrono::{DateTime, Utc};
use desk_router::report::Log;
use desk_router::store::{CHECK, row_from_dynamodb_json};
use routing::inspect::Verdict;
use routing::rows::{Table, Value as RowValue};
use serde_json::Value;

use crate::terminal::clock::{Zone, local};
use crate::terminal::{self, on_one_line};

/// How lines are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    /// The zone of their times.
    pub(super) zone: Zone,
    /// `LOG_USER_IDS`: without it, no line has an id of a user, nor anything out of a row that may
    /// hold one.
    pub(super) log_user_ids: bool,
}

impl Lines {
    /// A row as a line names it: `rules `vip``.
    pub(super) fn row(self, table: Table, key: &str) -> String {
        let key = match self.log_user_ids || table != Table::Customers {
            true => on_one_line(key),
            false => "(not logged)".to_owned(),
        };
        format!("{} `{key}`", table.name())
    }

    /// A row's `_Check` as a line says it.
    pub(super) fn verdict(self, check: &str) -> String {
        if self.log_user_ids { on_one_line(check) } else { Verdict::in_short(check) }
    }
}

/// The webhook's log: a line a callback, or with `json` its record.
pub(super) fn of_webhook(lines: Lines, json: bool) -> Log {
    let Lines { zone, log_user_ids } = lines;
    let sink = move |line: &str| {
        let Ok(record) = serde_json::from_str::<Value>(line) else { return };
        match kind(&record) {
            // The callback's line has the release's number.
            Kind::Message if record.get("event").is_some_and(|event| event == "release") => {}
            Kind::Record if json => terminal::print_json(&without_numbers(record)),
            Kind::Record => terminal::print(&format!("{}\n", callback(&record, zone))),
            Kind::Message => terminal::note(&message(&record, zone)),
            Kind::Numbers => {}
        }
    };
    Log::new(Box::new(sink), log_user_ids)
}

/// The operator function's log: what went live or wrong; rows are shown as they are judged.
pub(super) fn of_operator(lines: Lines) -> Log {
    let Lines { zone, log_user_ids } = lines;
    let sink = move |line: &str| {
        let Ok(record) = serde_json::from_str::<Value>(line) else { return };
        if kind(&record) == Kind::Message {
            terminal::note(&message(&record, zone));
        }
    };
    Log::new(Box::new(sink), log_user_ids)
}

#[derive(PartialEq, Eq)]
enum Kind {
    /// The record of one callback's decision: it has an `outcome`.
    Record,
    /// A warning or an error.
    Message,
    /// Numbers for CloudWatch.
    Numbers,
}

fn kind(record: &Value) -> Kind {
    match (record.get("outcome"), record.get("_aws")) {
        (Some(_), _) => Kind::Record,
        (None, Some(_)) => Kind::Numbers,
        (None, None) => Kind::Message,
    }
}

/// The record as it is documented, without the numbers that CloudWatch reads out of its line.
fn without_numbers(mut record: Value) -> String {
    if let Value::Object(fields) = &mut record {
        fields.retain(|name, _| name.starts_with(|first: char| first.is_ascii_lowercase()));
    }
    record.to_string()
}

/// A decision record as a person reads it.
fn callback(record: &Value, zone: Zone) -> String {
    let text = |name: &str| record.get(name).and_then(Value::as_str);
    let time = text("time").and_then(|time| time.parse::<DateTime<Utc>>().ok());
    let clock = time.map(|time| local(zone, time).format("%H:%M:%S").to_string());
    let took = record.get("duration_ms").and_then(Value::as_f64).unwrap_or_default();
    let who = match (text("client_user_id"), text("session_id")) {
        (Some(user), Some(session)) => format!("user `{user}` in session `{session}`: "),
        (None, Some(session)) => format!("session `{session}`: "),
        _ => String::new(),
    };
    let agents: Vec<&str> = record
        .get("agent_ids")
        .and_then(Value::as_array)
        .map(|ids| ids.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let group = record.get("agent_group_id").and_then(Value::as_i64);
    let answer = match (agents.is_empty(), group) {
        (false, Some(group)) => format!("{} with group {group}", agents.join(", ")),
        (false, None) => agents.join(", "),
        (true, Some(group)) => format!("group {group}"),
        (true, None) => "nobody".to_owned(),
    };
    let reason = text("reason").unwrap_or_default().replace('_', " ");
    let what = match text("outcome").unwrap_or_default() {
        "agents" | "group" => {
            let rule = text("rule_id").unwrap_or_default();
            format!("rule `{rule}` → {answer} ({reason})")
        }
        "default_group" => format!("no rule → the default group {} ({reason})", group.unwrap_or(0)),
        "no_match" => format!("no rule and no default group → FAIL ({reason})"),
        "fallback" => format!("fallback → {answer} ({reason})"),
        outcome => format!("{outcome} ({reason})"),
    };
    let release = record.get("release").and_then(Value::as_u64);
    let release = release.map(|number| format!(", release {number}")).unwrap_or_default();
    format!("{} {who}{what}{release}, {took:.0} ms", clock.unwrap_or_default())
}

/// A warning or an error of a function.
fn message(record: &Value, zone: Zone) -> String {
    // The daily check has each finding by itself, the webhook in the line.
    let finding = record.get("finding").unwrap_or(record);
    let text = |of: &Value, name: &str| {
        of.get(name).and_then(Value::as_str).map(str::to_owned).unwrap_or_default()
    };
    let clock = local(zone, Utc::now()).format("%H:%M:%S");
    let (level, event) = (text(record, "level"), text(record, "event"));
    let message = text(finding, "message");
    if level == "INFO" {
        return format!("{clock} {message}");
    }
    let attribute = match finding.get("attribute").and_then(Value::as_str) {
        Some(attribute) => format!(", `{attribute}`"),
        None => String::new(),
    };
    let row = match finding.get("table").and_then(Value::as_str) {
        Some(table) => format!("{table} `{}`{attribute}: ", text(finding, "key")),
        None => String::new(),
    };
    format!("{clock} {level} {event}: {row}{message}")
}

/// What a stream's record says of a row's verdict, when it is another one than before.
pub(super) fn verdict(table: Table, record: &Value, lines: Lines) -> Option<String> {
    let image = |name: &str| {
        let row = row_from_dynamodb_json(record.pointer(&format!("/dynamodb/{name}"))?);
        Some((table.key_of(&row)?.to_owned(), row.get(CHECK).cloned()))
    };
    let clock = local(lines.zone, Utc::now()).format("%H:%M:%S");
    let Some((key, check)) = image("NewImage") else {
        let (key, _) = image("OldImage")?;
        return Some(format!("{clock} {} deleted", lines.row(table, &key)));
    };
    let before = image("OldImage").and_then(|(_, check)| check);
    match check {
        Some(RowValue::Text(check)) if before.as_ref() != Some(&RowValue::Text(check.clone())) => {
            let (row, check) = (lines.row(table, &key), lines.verdict(&check));
            Some(format!("{clock} {row} {CHECK}: {check}"))
        }
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_a_callback() {
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let record = json!({
            "time": "2026-11-24T01:00:03.000Z", "outcome": "agents", "reason": "owner_preferred",
            "rule_id": "vip", "session_id": "s", "client_user_id": "vip-1", "agent_group_id": 6521,
            "agent_ids": ["minji@example.com"], "duration_ms": 12.4, "release": 3,
        });
        assert_eq!(
            callback(&record, zone),
            "10:00:03 user `vip-1` in session `s`: rule `vip` → minji@example.com with group 6521 \
            (owner preferred), release 3, 12 ms"
        );
        let refused = json!({
            "time": "2026-11-24T01:00:03.000Z", "outcome": "rejected", "reason": "signature",
            "session_id": null, "duration_ms": 0.2,
        });
        assert_eq!(callback(&refused, zone), "10:00:03 rejected (signature), 0 ms");
    }

    #[test]
    fn a_finding_is_told_with_its_row() {
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let finding = json!({
            "severity": "error", "table": "rules", "key": "vip", "attribute": "Hours",
            "found": "x", "message": "write `24/7`",
        });
        let mut of_webhook = finding.clone();
        of_webhook["level"] = json!("ERROR");
        of_webhook["event"] = json!("row_finding");
        let of_check = json!({ "level": "ERROR", "event": "check_finding", "finding": finding });
        let whole = json!({
            "level": "WARN", "event": "check_finding",
            "finding": { "table": "agents", "key": "ann", "attribute": null, "message": "odd" },
        });
        let other = json!({ "level": "WARN", "event": "slow", "message": "it takes long" });
        for (record, said) in [
            (of_webhook, "ERROR row_finding: rules `vip`, `Hours`: write `24/7`"),
            (of_check, "ERROR check_finding: rules `vip`, `Hours`: write `24/7`"),
            (whole, "WARN check_finding: agents `ann`: odd"),
            (other, "WARN slow: it takes long"),
        ] {
            assert_eq!(message(&record, zone).split_once(' ').unwrap().1, said);
        }
    }
}
