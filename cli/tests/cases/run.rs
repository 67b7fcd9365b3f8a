//! One case through the commands.

use std::path::Path;

use serde_json::Value;

use crate::case::{Ask, Case, text};
use crate::compare;
use crate::desk::{Done, SECONDS, desk, folder};
use crate::serve::Served;

/// When `check` looks, where the case does not say.
const NOW: &str = "2026-11-25T04:00:00Z";

/// Runs a case and gives its faults.
pub(crate) async fn run(case: &Case, served: Option<&Served>) -> Vec<String> {
    let folder = folder(&case.id);
    let mut faults = Vec::new();
    let files = case.row_files();
    let kinds = [!files.is_empty(), case.csv.is_some(), case.body.is_some()];
    assert_eq!(kinds.into_iter().filter(|is| *is).count(), 1, "{}: rows, csv or body", case.id);
    assert_eq!(case.body.is_some(), case.answer.is_some(), "{}: a body and its answer", case.id);
    if let (Some(body), Some(answer)) = (&case.body, &case.answer) {
        let content_type = case.content_type.as_deref().unwrap_or("application/json");
        match served.unwrap().post(content_type, text(body)).await {
            Ok((status, body)) => faults.extend(compare::answered(answer, status, &body)),
            Err(fault) => faults.push(fault),
        }
    }
    if let Some(csv) = &case.csv {
        let file = folder.join("customers.csv");
        std::fs::write(&file, encoded(csv, case.encoding.as_deref())).unwrap();
        faults
            .extend(import(case, &file, served.unwrap()).await.unwrap_or_else(|fault| vec![fault]));
    }
    if !files.is_empty() {
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
        faults.extend(check(case, &folder).await);
        for ask in &case.ask {
            faults.extend(explain(case, ask, &folder).await);
        }
        // Whatever rows can do to a check they can do to a decision.
        if case.survives && case.ask.is_empty() {
            faults.extend(explained(case, &nobody(), &folder).await.err());
        }
    }
    faults
}

/// `check` and its findings, or that it refuses.
async fn check(case: &Case, folder: &Path) -> Vec<String> {
    let now = case.settings.get("now").map_or(NOW, String::as_str);
    let arguments = ["check", "--rows", folder.to_str().unwrap(), "--json", "--at", now];
    let done = match of_case(case, &arguments).await {
        Ok(done) => done,
        Err(fault) => return vec![fault],
    };
    if case.refused.is_some() {
        return refusal("check", case, &done);
    }
    let Ok(found) = serde_json::from_str::<Vec<Value>>(&done.out) else {
        // What only has to survive may be refused, with a word.
        let may = case.survives && case.findings.is_empty() && !done.err.trim().is_empty();
        return if may { Vec::new() } else { vec![format!("`check` says {}", in_short(&done))] };
    };
    let mut faults = compare::findings(&found, &case.findings, &case.absent);
    if case.no_findings {
        faults.extend(compare::no_findings(&found));
    }
    let has_error = found.iter().any(|finding| finding["severity"] == "error");
    if done.code != Some(i32::from(has_error)) {
        faults.push(format!("`check` ended with {:?}, errors: {has_error}", done.code));
    }
    faults
}

/// `explain` of one request and its answer.
async fn explain(case: &Case, ask: &Ask, folder: &Path) -> Vec<String> {
    let done = match explained(case, ask, folder).await {
        Ok(done) => done,
        Err(fault) => return vec![fault],
    };
    match serde_json::from_str::<Value>(&done.out) {
        Ok(record) if done.code == Some(0) => compare::explained(ask, &record),
        // Files that are refused answer nothing.
        _ if case.refused.is_some() => refusal("explain", case, &done),
        _ => vec![format!("{} `explain` says {}", compare::asked(ask), in_short(&done))],
    }
}

async fn explained(case: &Case, ask: &Ask, folder: &Path) -> Result<Done, String> {
    let app_id = ask.app_id.map(|id| id.to_string());
    let mut arguments = vec!["explain", "--json", "--rows", folder.to_str().unwrap()];
    for (name, value) in [
        ("--at", Some(ask.at.as_str())),
        ("--session", ask.session.as_deref().or(Some("s1"))),
        ("--user", ask.user.as_deref().or(Some("u1"))),
        ("--platform", ask.platform.as_deref()),
        ("--ip", ask.ip.as_deref()),
        ("--customer-service", ask.customer_service.as_deref()),
        ("--app-id", app_id.as_deref()),
    ] {
        if let Some(value) = value {
            arguments.extend([name, value]);
        }
    }
    of_case(case, &arguments).await
}

/// A request of which nothing is expected.
fn nobody() -> Ask {
    serde_json::from_value(serde_json::json!({ "at": NOW })).unwrap()
}

/// `import --csv`, and the customers after it.
async fn import(case: &Case, file: &Path, served: &Served) -> Result<Vec<String>, String> {
    let mut variables = served.tables.clone();
    variables.extend(case.settings.clone());
    let arguments = ["import", "--csv", file.to_str().unwrap(), "--yes"];
    let done = desk(&variables, SECONDS, &arguments).await?;
    let mut faults = Vec::new();
    if case.refused.is_some() {
        faults.extend(refusal("import", case, &done));
    } else if done.code != Some(0) {
        faults.push(format!("`import` says {}", in_short(&done)));
    }
    let folder = file.with_file_name("after");
    let done = desk(&variables, SECONDS, &["export", folder.to_str().unwrap()]).await?;
    let rows = std::fs::read_to_string(folder.join("customers.json"))
        .map_err(|_| format!("`export` says {}", in_short(&done)))?;
    let rows: Vec<Value> = serde_json::from_str(&rows).map_err(|error| error.to_string())?;
    let row_of = |id: &Value| rows.iter().find(|row| row["ClientUserId"] == *id);
    for expected in &case.customers_after {
        let found = row_of(&expected["ClientUserId"]).map(without_underscores);
        if found.as_ref() != Some(expected) {
            let found = found.unwrap_or_default();
            faults.push(format!("expected the customer {expected}, found {found}"));
        }
    }
    for id in &case.customers_absent {
        if let Some(row) = row_of(&id.as_str().into()) {
            faults.push(format!("expected no customer `{id}`, found {row}"));
        }
    }
    Ok(faults)
}

/// A row without what the product itself writes into it.
fn without_underscores(row: &Value) -> Value {
    let map = row.as_object().unwrap().clone();
    Value::Object(map.into_iter().filter(|(name, _)| !name.starts_with('_')).collect())
}

/// A command of a case, within the case's limit.
async fn of_case(case: &Case, arguments: &[&str]) -> Result<Done, String> {
    let mut settings = case.settings.clone();
    settings.remove("now");
    desk(&settings, case.seconds.unwrap_or(SECONDS), arguments).await
}

/// That a command refused, and said what it should.
fn refusal(name: &str, case: &Case, done: &Done) -> Vec<String> {
    let says = case.refused.as_deref().unwrap_or_default();
    let unsaid = compare::unsaid(&format!("{}\n{}", done.out, done.err), says);
    let mut faults = Vec::new();
    if done.code == Some(0) {
        faults.push(format!("expected `{name}` to refuse, it says {}", in_short(done)));
    }
    if !unsaid.is_empty() {
        let unsaid = unsaid.join(", ");
        faults.push(format!("expected `{name}` to say {unsaid}, it says {}", in_short(done)));
    }
    faults
}

/// What a command said, on one line.
fn in_short(done: &Done) -> String {
    let said = if done.err.trim().is_empty() { &done.out } else { &done.err };
    let words: Vec<&str> = said.split_whitespace().collect();
    let words: String = words.join(" ").chars().take(300).collect();
    format!("({}) {words}", done.code.unwrap_or_default())
}

/// A file's bytes.
fn encoded(text: &str, encoding: Option<&str>) -> Vec<u8> {
    match encoding {
        None => text.as_bytes().to_vec(),
        // As spreadsheets write it: a byte-order mark, the low byte first.
        Some("utf-16") => {
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
        }
        Some(other) => panic!("the encoding {other} is not known"),
    }
}
