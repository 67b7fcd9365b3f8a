//! A case as its file has it, and the short forms inside its rows written out.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use serde_json::Value;

/// One case. A field that is not known here is an error, so that none is passed over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) id: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "why")]
    _why: Option<String>,
    #[serde(default, rename = "debatable")]
    _debatable: bool,
    #[serde(default)]
    pub(crate) settings: BTreeMap<String, String>,
    pub(crate) rules: Option<Value>,
    pub(crate) agents: Option<Value>,
    pub(crate) calendars: Option<Value>,
    pub(crate) customers: Option<Value>,
    #[serde(default)]
    pub(crate) files: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) ask: Vec<Ask>,
    #[serde(default)]
    pub(crate) findings: Vec<Finding>,
    #[serde(default)]
    pub(crate) absent: Vec<Finding>,
    #[serde(default)]
    pub(crate) no_findings: bool,
    pub(crate) refused: Option<Vec<Fragment>>,
    #[serde(default)]
    pub(crate) survives: bool,
    pub(crate) seconds: Option<f64>,
    pub(crate) csv: Option<String>,
    pub(crate) encoding: Option<String>,
    #[serde(default)]
    pub(crate) customers_after: Vec<Value>,
    #[serde(default)]
    pub(crate) customers_absent: Vec<String>,
    pub(crate) body: Option<Value>,
    pub(crate) content_type: Option<String>,
    pub(crate) answer: Option<Answer>,
}

/// A request, and what of its answer matters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ask {
    pub(crate) at: String,
    pub(crate) user: Option<String>,
    pub(crate) session: Option<String>,
    pub(crate) platform: Option<String>,
    pub(crate) ip: Option<String>,
    pub(crate) customer_service: Option<String>,
    pub(crate) app_id: Option<u64>,
    pub(crate) group: Option<u64>,
    pub(crate) agents: Option<Vec<String>>,
    pub(crate) rule: Option<String>,
    #[serde(default)]
    pub(crate) fail: bool,
}

/// A finding that must be there, or must not; what is not named may be anything.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Finding {
    pub(crate) table: String,
    pub(crate) key: Option<String>,
    pub(crate) attribute: Option<OneOrSeveral>,
    pub(crate) severity: Option<String>,
    #[serde(default)]
    pub(crate) says: Vec<Fragment>,
}

/// What the webhook answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    #[serde(rename = "ActionStatus")]
    pub(crate) action_status: String,
    #[serde(default)]
    pub(crate) says: Vec<Fragment>,
}

/// A text, or several of which one will do.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrSeveral {
    One(String),
    Several(Vec<String>),
}

/// A fragment of a message.
pub(crate) type Fragment = OneOrSeveral;

impl OneOrSeveral {
    pub(crate) fn texts(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Several(texts) => texts,
        }
    }
}

impl Case {
    /// Whether this is its id or its file; nothing names all.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        let file = self.id.split('/').next();
        name.is_empty() || self.id == name || file == Some(name.trim_end_matches(".json"))
    }

    /// The row files: names and texts.
    pub(crate) fn row_files(&self) -> Vec<(String, String)> {
        let tables = [
            ("rules.json", &self.rules),
            ("agents.json", &self.agents),
            ("calendars.json", &self.calendars),
            ("customers.json", &self.customers),
        ];
        let written = tables
            .into_iter()
            .filter_map(|(name, rows)| Some((name.to_owned(), json_of(rows.as_ref()?))));
        let files = self.files.iter().map(|(name, text)| (name.clone(), text.clone()));
        written.chain(files).collect()
    }
}

/// A value as JSON, its short forms written out. It is text at once, because a `$nest` is deeper
/// than a reader or writer of JSON may go.
pub(crate) fn json_of(value: &Value) -> String {
    let text_of = |text: &str| Value::from(text).to_string();
    match value {
        Value::Array(entries) => {
            let entries: Vec<String> = entries.iter().flat_map(entry_of).collect();
            format!("[{}]", entries.join(","))
        }
        Value::Object(map) => {
            if let Some(parts) = map.get("$text") {
                return text_of(&text(parts));
            }
            if let Some(depth) = map.get("$nest") {
                let depth = count(depth);
                return "[".repeat(depth) + &"]".repeat(depth);
            }
            if let Some(days) = map.get("$days") {
                let [first, number, hours] = days.as_array().unwrap().as_slice() else {
                    panic!("`$days` is [first, number, hours], not {days}")
                };
                let first: NaiveDate = first.as_str().unwrap().parse().unwrap();
                let hours = json_of(hours);
                let day = |offset| {
                    format!("\"{}\":{hours}", first.checked_add_days(Days::new(offset)).unwrap())
                };
                let days: Vec<String> = (0..number.as_u64().unwrap()).map(day).collect();
                return format!("{{{}}}", days.join(","));
            }
            let pairs: Vec<String> = map
                .iter()
                .map(|(name, value)| format!("{}:{}", text_of(name), json_of(value)))
                .collect();
            format!("{{{}}}", pairs.join(","))
        }
        _ => value.to_string(),
    }
}

/// An entry of a list as JSON: several where it is a `$rows`.
fn entry_of(entry: &Value) -> Vec<String> {
    let Some(rows) = entry.get("$rows") else { return vec![json_of(entry)] };
    let [number, row] = rows.as_array().unwrap().as_slice() else {
        panic!("`$rows` is [number, row], not {rows}")
    };
    (0..count(number)).map(|n| json_of(&numbered(row, &n.to_string()))).collect()
}

/// The text that a `$text` stands for; a text as it stands.
pub(crate) fn text(parts: &Value) -> String {
    if let Some(parts) = parts.get("$text") {
        return text(parts);
    }
    match parts {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(repeated).collect(),
        _ => panic!("`$text` is a list, not {parts}"),
    }
}

/// One part of a `$text`: a text, or a text and how often.
fn repeated(part: &Value) -> String {
    match part.as_array().map(Vec::as_slice) {
        None => part.as_str().unwrap().to_owned(),
        Some([text, times]) => text.as_str().unwrap().repeat(count(times)),
        Some(_) => panic!("a part of `$text` is a text or [text, times], not {part}"),
    }
}

/// The value with `#` in its texts and names replaced by the number.
fn numbered(value: &Value, number: &str) -> Value {
    match value {
        Value::String(text) => text.replace('#', number).into(),
        Value::Array(entries) => entries.iter().map(|entry| numbered(entry, number)).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(name, value)| (name.replace('#', number), numbered(value, number)))
            .collect(),
        _ => value.clone(),
    }
}

fn count(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

#[test]
fn short_forms_are_written_out() {
    let value: Value = serde_json::from_str(
        r##"[{"a": {"$text": ["a", ["b", 3], "c"]}, "b": {"$nest": 3}},
            {"$days": ["2026-12-31", 2, {"$text": [["x", 2]]}]},
            {"$rows": [2, {"k": "r#", "t": {"$text": [["#;", 2]]}}]}, "#"]"##,
    )
    .unwrap();
    assert_eq!(
        json_of(&value),
        r##"[{"a":"abbbc","b":[[[]]]},{"2026-12-31":"xx","2027-01-01":"xx"},"##.to_owned()
            + r##"{"k":"r0","t":"0;0;"},{"k":"r1","t":"1;1;"},"#"]"##
    );
}
