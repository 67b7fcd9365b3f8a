//! A record of a table's stream: what a row was and is.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value as Json;

use crate::settings::TableNames;
use crate::store::row_from_dynamodb_json as row;
use routing::rows::{Row, Table, Value, without_underscores};

/// One change of one row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edit {
    pub(super) table: Table,
    pub(super) key: String,
    pub(super) before: Option<Row>,
    pub(super) after: Option<Row>,
    /// The stream's own number, by which a record is reported back.
    pub(super) sequence: String,
    /// When it was, to the second.
    pub(super) time: DateTime<Utc>,
    /// The same, so written that later changes of a row sort later.
    pub(super) at: String,
    /// DynamoDB removed it at its time, nobody else.
    pub(super) is_by_ttl: bool,
}

impl Edit {
    /// Reads a record; `None` when it is of no human table or has no usable key.
    pub(super) fn read(record: &Json, names: &TableNames) -> Option<Self> {
        // arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/stream/LABEL
        let name =
            record.get("eventSourceARN")?.as_str()?.split(":table/").nth(1)?.split('/').next()?;
        let table = Table::ALL.into_iter().find(|table| names.of(*table) == Some(name))?;
        let dynamodb = record.get("dynamodb")?;
        let image = |which: &str| dynamodb.get(which).map(row);
        let Value::Text(key) = row(dynamodb.get("Keys")?).remove(table.key_attribute())? else {
            return None;
        };
        let sequence = dynamodb.get("SequenceNumber")?.as_str()?.to_owned();
        let seconds =
            dynamodb.get("ApproximateCreationDateTime").and_then(Json::as_f64).unwrap_or_default();
        let time =
            DateTime::<Utc>::from_timestamp_millis((seconds * 1_000.0) as i64).unwrap_or_default();
        let at = format!("{}#{sequence:0>40}", time.to_rfc3339_opts(SecondsFormat::Millis, true));
        // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
        let identity = |field: &str| record.pointer(&format!("/userIdentity/{field}"));
        let is_by_ttl = ["principalId", "PrincipalId"]
            .iter()
            .any(|field| identity(field).and_then(Json::as_str) == Some("dynamodb.amazonaws.com"));
        let (before, after) = (image("OldImage"), image("NewImage"));
        Some(Self { table, key, before, after, sequence, time, at, is_by_ttl })
    }

    /// Whether nothing is kept of it: a customer whose time was over.
    pub(super) fn is_forgotten(&self) -> bool {
        self.is_by_ttl && self.table == Table::Customers
    }

    /// Whether anything changed but attributes whose names begin with `_`: those are written by
    /// functions, this one among them.
    pub(super) fn is_by_a_person(&self) -> bool {
        let own = |row: &Option<Row>| row.as_ref().map(without_underscores);
        own(&self.before) != own(&self.after)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use routing::rows::row_from_json;

    fn names() -> TableNames {
        TableNames {
            rules: "stack-Rules-1".into(),
            agents: "stack-Agents-1".into(),
            calendars: None,
            customers: None,
            assignments: None,
            releases: None,
        }
    }

    fn record(before: Option<Json>, after: Option<Json>) -> Json {
        let mut record = json!({
            "eventSourceARN": concat!(
                "arn:aws:dynamodb:eu-west-1:1:table/stack-Rules-1",
                "/stream/2026-11-24T00:00:00.000",
            ),
            "dynamodb": {
                "Keys": { "RuleId": { "S": "r" } }, "SequenceNumber": "123",
                "ApproximateCreationDateTime": 1_795_482_000.0,
            },
        });
        for (name, image) in [("OldImage", before), ("NewImage", after)] {
            if let Some(image) = image {
                record["dynamodb"][name] = image;
            }
        }
        record
    }

    #[test]
    fn every_kind_of_value() {
        let image = json!({
            "RuleId": { "S": "r" }, "Priority": { "N": "1.50" }, "Enabled": { "BOOL": false },
            "Hours": { "NULL": true },
            "Rosters": { "L": [{ "S": "a" }] }, "NeedSkills": { "M": { "x": { "N": "3" } } },
            "Platforms": { "SS": ["a"] }, "SdkAppIds": { "NS": ["1"] }, "Notes": { "B": "AA==" },
        });
        let change = Edit::read(&record(None, Some(image)), &names()).unwrap();
        assert_eq!(
            (change.table, change.key.as_str(), change.sequence.as_str()),
            (Table::Rules, "r", "123")
        );
        assert_eq!(change.at, format!("2026-11-24T01:00:00.000Z#{:0>40}", "123"));
        let row = change.after.unwrap();
        assert_eq!(row["Priority"], Value::Number("1.50".into()));
        assert_eq!(
            (&row["Platforms"], &row["SdkAppIds"]),
            (
                &Value::Set(vec![Value::Text("a".into())]),
                &Value::Set(vec![Value::Number("1".into())])
            )
        );
        assert_eq!(
            (&row["Hours"], &row["Notes"], &row["Enabled"]),
            (&Value::Null, &Value::Binary, &Value::Bool(false))
        );
        let plain = row_from_json(
            json!({ "Rosters": ["a"], "NeedSkills": { "x": 3 } }).as_object().unwrap().clone(),
        );
        assert_eq!(
            (&row["Rosters"], &row["NeedSkills"]),
            (&plain["Rosters"], &plain["NeedSkills"])
        );
    }

    #[test]
    fn only_what_people_change_counts() {
        let row = |priority: &str, check: &str| {
            Some(json!({
                "RuleId": { "S": "r" }, "Priority": { "N": priority }, "_Check": { "S": check },
            }))
        };
        for (before, after, by_a_person) in [
            (None, row("1", ""), true),
            (row("1", "a"), row("2", "a"), true),
            (row("1", "a"), None, true),
            (row("1", "a"), row("1", "b"), false),
        ] {
            let change = Edit::read(&record(before.clone(), after.clone()), &names()).unwrap();
            assert_eq!(change.is_by_a_person(), by_a_person, "{before:?} → {after:?}");
        }
        let mut foreign = record(None, row("1", ""));
        foreign["eventSourceARN"] = json!("arn:aws:dynamodb:eu-west-1:1:table/other/stream/x");
        for record in [foreign, json!({}), json!({ "eventSourceARN": 7 })] {
            assert_eq!(Edit::read(&record, &names()), None);
        }
    }
}
