//! Past or made-up requests from a file: JSON lines, a JSON array, or CSV with a header; also
//! decision records, plain or as CloudWatch Logs Insights exports them (`@message`).

use std::path::Path;

use anyhow::{Context, Result, bail};
use chrono::DateTime;
use routing::hours::{Zone, parse_start};
use routing::inspect::replay::Request;
use routing::session::Session;
use serde_json::{Map, Value};

/// What a file of requests or decision records holds.
#[derive(Debug, Default)]
pub struct RequestFile {
    /// In the order of the file's lines.
    pub requests: Vec<Request>,
    /// Lines that are no request for an agent, such as the record of a refusal.
    pub skipped: usize,
}

/// Reads a file of requests. What it does not say about times is in `zone`, about apps is `app`.
///
/// # Errors
/// The file cannot be read, or is none of the formats; the line is named.
pub fn read(path: &Path, zone: Zone, app: u64) -> Result<RequestFile> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading `{}`", path.display()))?;
    parse(&text, zone, app).with_context(|| format!("reading `{}`", path.display()))
}

fn parse(text: &str, zone: Zone, app: u64) -> Result<RequestFile> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut requests = RequestFile::default();
    let mut add = |line: usize, fields: &Map<String, Value>| -> Result<()> {
        match request(fields, zone, app).with_context(|| format!("line {line}"))? {
            Some(request) => requests.requests.push(request),
            None => requests.skipped += 1,
        }
        Ok(())
    };
    if text.starts_with('[') {
        let all: Vec<Map<String, Value>> =
            serde_json::from_str(text).context("expected a JSON array of objects")?;
        for (index, fields) in (1..).zip(&all) {
            add(index, fields)?;
        }
    } else if text.starts_with('{') {
        for (line, json) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let fields: Map<String, Value> = serde_json::from_str(json)
                .with_context(|| format!("line {line}: expected a JSON object"))?;
            add(line, &fields)?;
        }
    } else {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = reader.headers()?.clone();
        if !header.iter().any(|name| name == "session_id" || name == "@message") {
            bail!(
                "expected JSON lines, or CSV with a header that has `session_id` and \
                `client_user_id` (or `@message`)"
            );
        }
        for (line, record) in (2..).zip(reader.records()) {
            let record = record.with_context(|| format!("line {line}"))?;
            let fields = header.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
            add(line, &fields.map(|(name, cell)| (name.to_owned(), cell.into())).collect())?;
        }
    }
    Ok(requests)
}

/// A request out of named fields, those of a decision record; `None` when they are none.
///
/// # Errors
/// The time is none.
pub fn request(fields: &Map<String, Value>, zone: Zone, app: u64) -> Result<Option<Request>> {
    if let Some(Value::String(message)) = fields.get("@message") {
        // Lambda writes lines of its own between the records.
        let Ok(record) = serde_json::from_str::<Map<String, Value>>(message) else {
            return Ok(None);
        };
        return request(&record, zone, app);
    }
    let text = |name: &str| match fields.get(name) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let (Some(session), Some(user)) = (text("session_id"), text("client_user_id")) else {
        return Ok(None);
    };
    let time = match text("time") {
        None => None,
        Some(time) => {
            Some(match time.parse::<i64>().ok().and_then(DateTime::from_timestamp_millis) {
                Some(time) => time,
                None => parse_start(&time, zone)
                    .map_err(|error| anyhow::anyhow!("`time` is `{time}`: {error}"))?,
            })
        }
    };
    let number = |name: &str| text(name).and_then(|number| number.parse().ok());
    let session = Session::new(
        session,
        user,
        number("event_time").unwrap_or_default(),
        number("sdk_app_id").and_then(|n| u64::try_from(n).ok()).unwrap_or(app),
    )
    .on_platform(text("platform").as_deref())
    .from_ip(text("client_ip").as_deref())
    .with_customer_service(text("customer_service_id"));
    Ok(Some(Request { session, time }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_format_says_the_same() {
        let record = concat!(
            r#"{"time":"2026-11-24T01:00:00.000Z","outcome":"agents","session_id":"s","#,
            r#""client_user_id":"u","platform":"iOS","sdk_app_id":7,"segments":null}"#,
        );
        let header = "session_id,client_user_id,platform,time,sdk_app_id";
        let quoted = record.replace('"', "\"\"");
        let refusal = r#"{"outcome":"rejected","session_id":null,"client_user_id":null}"#;
        for text in [
            format!("{record}\n{refusal}\n"),
            format!("[{record},{refusal}]"),
            format!(
                "@timestamp,@message\n2026-11-24 01:00:00.000,\"{quoted}\"\n2026-11-24,START \
                RequestId: 1\n"
            ),
            format!("{header}\ns,u,iOS,2026-11-24T01:00:00Z,7\n,,,,\n"),
            format!("{header}\ns,u,iOS,2026-11-24 10:00,7\n,u,,,\n"),
            format!("{header}\ns,u,iOS,1795482000000,7\n,u,,,\n"),
        ] {
            let read = parse(&text, routing::hours::Zone::parse("Asia/Seoul").unwrap(), 1).unwrap();
            assert_eq!((read.requests.len(), read.skipped), (1, 1), "{text}");
            let request = &read.requests[0];
            let session = Session::new("s", "u", 0, 7).on_platform(Some("iOS"));
            assert_eq!(request.session, session, "{text}");
            assert_eq!(request.time.unwrap().to_rfc3339(), "2026-11-24T01:00:00+00:00", "{text}");
        }
        for (text, expected) in [
            ("user\nx\n", "expected JSON lines, or CSV"),
            ("{\"session_id\":\"s\"}\n{", "line 2"),
            ("session_id,client_user_id,time\ns,u,soon\n", "`time` is `soon`"),
        ] {
            assert!(
                format!("{:#}", parse(text, routing::hours::Zone::utc(), 1).unwrap_err())
                    .contains(expected),
                "{text}"
            );
        }
    }
}
