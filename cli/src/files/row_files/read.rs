//! One file's text as rows: plain JSON, or DynamoDB's.

use std::path::Path;

use anyhow::{Context, Result, bail};
use desk_router::store::row_from_dynamodb_json;
use routing::rows::{Row, Table, json};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::dynamodb::{KINDS, wrong_value};
use super::mistakes::{offset_of, told};
use super::places::{Lines, RowPlace, place_of};

/// A row of a file, and where it stands.
pub(super) type Placed = (Row, RowPlace);

/// Reads the rows of a file's text.
///
/// # Errors
/// The text is no list of rows, or an attribute stands twice in a row; the line is named.
pub(super) fn rows(table: Table, text: &str, path: &Path) -> Result<Vec<Placed>> {
    let file = path.display();
    let text = text.trim_start_matches('\u{feff}');
    let all: Vec<&RawValue> = list(text, table).with_context(|| format!("`{file}`"))?;
    let mut lines = Lines::new(text);
    let mut placed = Vec::with_capacity(all.len());
    for raw in all {
        let line = lines.of(raw.get());
        let place = match place_of(raw.get(), line) {
            Ok(place) => place,
            Err(twice) => bail!(
                "`{file}`, line {}: `{}` is in this row twice, and only one can count; keep one of \
                them",
                twice.line,
                twice.name
            ),
        };
        let row =
            row(table, raw).map_err(|error| match error.downcast_ref::<serde_json::Error>() {
                Some(wrong) => {
                    let offset = offset_of(text, raw.get(), wrong);
                    anyhow::anyhow!("`{file}`, {}", told(text, offset, wrong))
                }
                None => error.context(format!("`{file}`, line {line}")),
            })?;
        placed.push((row, place));
    }
    Ok(placed)
}

/// The rows of the text: a list of them, or what `aws dynamodb scan` prints.
fn list(text: &str, table: Table) -> Result<Vec<&RawValue>> {
    #[derive(serde::Deserialize)]
    struct Scan<'a> {
        #[serde(borrow, rename = "Items")]
        items: Vec<&'a RawValue>,
        #[serde(borrow, rename = "LastEvaluatedKey")]
        last: Option<&'a RawValue>,
        #[serde(borrow, rename = "NextToken")]
        next: Option<&'a RawValue>,
    }
    let beginning = text.trim_start();
    if beginning.is_empty() {
        bail!("the file is empty; a file without rows is `[]`");
    }
    if beginning.starts_with('{') {
        if let Ok(scan) = serde_json::from_str::<Scan<'_>>(text) {
            // The rows that are missing would be rows that nobody wants.
            if scan.last.is_some() || scan.next.is_some() {
                bail!(
                    "holds only the first of the rows, as its end says (`LastEvaluatedKey` or \
                    `NextToken`); scan again without `--max-items` and `--no-paginate`"
                );
            }
            return Ok(scan.items);
        }
        if let Some(rows) = batch(text)? {
            return Ok(rows);
        }
        if let Err(wrong) = serde_json::from_str::<&RawValue>(text)
            && !wrong.to_string().contains("trailing characters")
        {
            bail!("{}", told(text, offset_of(text, text, &wrong), &wrong));
        }
        let objects = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        if objects.take(2).filter(Result::is_ok).count() == 2 {
            bail!(
                "is one object after another; a list of rows is expected: write `[` before the \
                first, a comma between two, and `]` after the last"
            );
        }
        let key = table.key_attribute();
        bail!(
            "is one object; a list of rows is expected: write `[` before it and `]` after it, as \
            in `[{{\"{key}\": \"…\", …}}]`"
        );
    }
    serde_json::from_str(text).map_err(|wrong| {
        let said = told(text, offset_of(text, text, &wrong), &wrong);
        anyhow::anyhow!("is not a JSON list of rows: {said}")
    })
}

/// The rows of what `aws dynamodb batch-write-item` takes: `{"Table": [{"PutRequest": …}]}`.
fn batch(text: &str) -> Result<Option<Vec<&RawValue>>> {
    type Requests<'a> = std::collections::BTreeMap<String, Vec<&'a RawValue>>;
    #[derive(serde::Deserialize)]
    struct Request<'a> {
        #[serde(borrow, rename = "PutRequest")]
        put: Option<Put<'a>>,
        #[serde(borrow, rename = "DeleteRequest")]
        delete: Option<&'a RawValue>,
    }
    #[derive(serde::Deserialize)]
    struct Put<'a> {
        #[serde(borrow, rename = "Item")]
        item: &'a RawValue,
    }
    let Ok(tables) = serde_json::from_str::<Requests<'_>>(text) else { return Ok(None) };
    let mut rows = Vec::new();
    for request in tables.values().flatten() {
        match serde_json::from_str::<Request<'_>>(request.get()) {
            Ok(Request { put: Some(put), delete: None }) => rows.push(put.item),
            Ok(Request { delete: Some(_), .. }) => {
                bail!(
                    "asks to delete rows, but a file lists the rows that you want to have; remove \
                    the `DeleteRequest`"
                )
            }
            _ => return Ok(None),
        }
    }
    if tables.len() > 1 {
        bail!(
            "holds rows of {} tables; write those of each table into a file of its own",
            tables.len()
        );
    }
    Ok((!rows.is_empty()).then_some(rows))
}

fn row(table: Table, raw: &RawValue) -> Result<Row> {
    let text = raw.get();
    if !text.starts_with('{') {
        bail!("expected a row, which is an object; found `{}`", routing::text::cut(text));
    }
    let wrapped = serde_json::from_str::<std::collections::BTreeMap<String, &RawValue>>(text)?;
    let inner = match wrapped.get("Item") {
        // As exports to S3 have it.
        Some(item) if wrapped.len() == 1 => item,
        _ => raw,
    };
    let attributes =
        serde_json::from_str::<std::collections::BTreeMap<String, &RawValue>>(inner.get())?;
    let is_typed = |raw: &&RawValue| {
        raw.get().starts_with('{')
            && serde_json::from_str::<std::collections::BTreeMap<String, &RawValue>>(raw.get())
                .is_ok_and(|map| map.len() == 1 && map.keys().all(|k| KINDS.contains(&k.as_str())))
    };
    let is_dynamodb = match attributes.get(table.key_attribute()) {
        Some(key) => is_typed(key),
        None => !attributes.is_empty() && attributes.values().all(is_typed),
    };
    if !is_dynamodb {
        return Ok(json::parse_row(inner.get())?);
    }
    if let Some((name, _)) = attributes.iter().find(|(_, value)| !is_typed(value)) {
        bail!(
            "the row is in DynamoDB JSON, but `{name}` is not; write each value with its kind, as \
            in `{{\"S\": \"text\"}}`, or none"
        );
    }
    let item: Json = serde_json::from_str(inner.get())?;
    if let Some(wrong) = wrong_value(&item) {
        bail!("{wrong}");
    }
    Ok(row_from_dynamodb_json(&item))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use routing::rows::Value;

    use super::*;

    fn read(text: &str) -> Result<Vec<Placed>> {
        rows(Table::Rules, text, Path::new("rows/rules.json"))
    }

    #[test]
    fn every_form_says_the_same() {
        let plain = r#"{"RuleId":"r","Priority":1.50,"Enabled":true}"#;
        let typed = r#"{"RuleId":{"S":"r"},"Priority":{"N":"1.50"},"Enabled":{"BOOL":true}}"#;
        let expected = json::parse_row(plain).unwrap();
        for text in [
            format!("[{plain}]"),
            format!("\u{feff}[{plain}]"),
            format!("[{typed}]"),
            format!(r#"[{{"Item":{typed}}}]"#),
            format!(r#"[{{"Item":{plain}}}]"#),
            format!(r#"{{"Items":[{typed}],"Count":1}}"#),
            format!(r#"{{"Rules":[{{"PutRequest":{{"Item":{typed}}}}}]}}"#),
        ] {
            assert_eq!(read(&text).unwrap().remove(0).0, expected, "{text}");
        }
        let map = read(r#"[{"RuleId":"r","Customer":{"S":"x"}}]"#).unwrap().remove(0).0;
        assert!(matches!(map.get("Customer"), Some(Value::Map(_))), "a plain map stays one");
    }

    #[test]
    fn what_is_no_list_of_rows_is_told() {
        for (text, said) in [
            ("", "the file is empty"),
            (r#"{"RuleId":"r"}"#, "write `[` before it and `]` after it"),
            ("[{\"RuleId\":\"r\",\n\"A\":1,\n\"A\":2}]", "line 3: `A` is in this row twice"),
            ("{\"RuleId\":\"a\"}\n{\"RuleId\":\"b\"}\n", "a comma between two"),
            ("[\n1]", "line 2: expected a row, which is an object; found `1`"),
            (r#"[{"RuleId":{"S":"r"},"Priority":1}]"#, "but `Priority` is not"),
            ("[{\n", "line 2"),
            ("null", "is `null`; a file without rows is `[]`"),
            ("[{'RuleId': 'r'}]", "line 1, column 3: texts and names stand in double quotes"),
            ("[\n// all\n{\"RuleId\": \"r\"}]", "line 2, column 1: JSON has no comments"),
            ("[{\"RuleId\": \"r\", # all\n}]", "column 18: JSON has no comments"),
            ("[{\"RuleId\": \"r\", \"Enabled\": True}]", "column 29: write `true`"),
            ("[{\"RuleId\": \"r\",\n}]", "line 2, column 1: a comma stands before `}`; delete it"),
            ("[{\"RuleId\": \"r\"},]", "column 18: a comma stands before `]`; delete it"),
            ("[{\"RuleId\"： \"r\"}]", "column 11: `：` must be a colon; write `:`"),
            (
                "[{\"RuleId\": \"r\"，\"A\": 1}]",
                "column 16: `，` is not a comma in JSON; write `,`",
            ),
            ("[{“RuleId”: \"r\"}]", "column 3: `“` is not a quote in JSON"),
            ("```json\n[]\n```", "is in a code fence"),
            ("[{\"RuleId\": \"r\"}];", "column 18: the list of rows has ended before this"),
            ("[{\"RuleId\": \"r]\"}]]", "column 19: the list of rows has ended before this"),
            ("[{\"RuleId\": \"r\"}] end", "the list of rows has ended before this; delete it"),
            ("[{\"RuleId\": \"a\"}]\n[{\"RuleId\": \"b\"}]", "line 2, column 1: a second list"),
            ("rules = [{\"RuleId\": \"r\"}]", "delete what stands before it"),
            ("[{\"RuleId\": \"r\", \"Priority\": 1,5}]", "write `1.5`"),
            ("[\u{a0}{\"RuleId\": \"r\"}]", "an unusual space stands here (U+00A0)"),
            (
                r#"[{"RuleId":{"S":"r"},"Enabled":{"BOOL":"false"}}]"#,
                "line 1: `Enabled` holds `{\"BOOL\":\"false\"}`",
            ),
            (
                r#"{"Items":[],"LastEvaluatedKey":{"RuleId":{"S":"r"}}}"#,
                "holds only the first of the rows",
            ),
            (r#"{"Items":[],"NextToken":"e30="}"#, "holds only the first of the rows"),
            ("[{\"RuleId\": \"r\",\n \"A\": \"\\ud83d\"}]", "line 2, column"),
            ("[{\"RuleId\": \"r\", \"A\": \"\\ud83d\"}]", "half of a character"),
            ("[{\"RuleId\": \"r\" \"A\": 1}]", "a comma is missing before `\"`"),
            ("[{RuleId: \"r\"}]", "write `\"RuleId\"`"),
            ("[{\"RuleId\": \"a\nb\"}]", "a line break or a tab stands in a text"),
            ("{\"RuleId\": 'r'}", "column 12: texts and names"),
            ("{\"T\":[{\"DeleteRequest\":{\"Key\":{}}}]}", "remove the `DeleteRequest`"),
        ] {
            let error = format!("{:#}", read(text).unwrap_err());
            assert!(error.starts_with("`rows/rules.json`") && error.contains(said), "{error}");
        }
    }
}
