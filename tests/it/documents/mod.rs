//! The documents: their examples are rows that work, they name every attribute, setting, alarm and
//! code, and their links lead somewhere; the code has their shape.

mod names;
mod recipes;
mod rows;
mod shape;
mod sources;

use std::path::{Path, PathBuf};

use chrono::{TimeZone, Utc};
use routing::rows::{Defaults, Rows, row_from_json};
use routing::snapshot::Snapshot;
use serde_json::Value;

/// Most columns of a line.
const WIDTH: usize = 100;

/// A document's text, by its path from the repository's root.
fn read(path: impl AsRef<Path>) -> String {
    let path = testing::top().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All documents, by their path from the repository's root.
fn documents() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/scenarios/README.md"]
            .map(PathBuf::from)
            .into();
    for entry in std::fs::read_dir(testing::top().join("docs")).unwrap() {
        all.push(Path::new("docs").join(entry.unwrap().file_name()));
    }
    assert!(all.len() >= 14, "{all:?}");
    all
}

/// The text from a heading to the next of the same level.
fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let level = heading.split(' ').next().unwrap();
    let rest = text
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("no section {heading}"))
        .1;
    rest.split(&format!("\n{level} ")).next().unwrap()
}

/// The rows of all tables of a text whose first column has this heading: their cells.
fn table<'t>(text: &'t str, first: &str) -> Vec<Vec<&'t str>> {
    let mut rows = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let inner = line.trim_start_matches('|').trim_end_matches('|');
        let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
        if cells.first() == Some(&first) {
            inside = true;
        } else if !line.starts_with('|') {
            inside = false;
        } else if inside && !line.starts_with("| ---") {
            rows.push(cells);
        }
    }
    assert!(!rows.is_empty(), "no table with {first}");
    rows
}

/// What stands in back-ticks.
fn codes(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The fenced blocks of a language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let start = format!("```{language}\n");
    let rest = text.split(start.as_str()).skip(1);
    rest.map(|block| block.split("```").next().unwrap()).collect()
}

fn defaults() -> Defaults {
    testing::settings(&[("HOLIDAY_COUNTRY", "KR")]).defaults
}

/// What is wrong with these rows.
fn findings(rules: Vec<Value>, agents: Vec<Value>, calendars: Vec<Value>) -> Vec<String> {
    let typed = |rows: Vec<Value>| {
        rows.into_iter().map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    };
    let rows = Rows { rules: typed(rules), agents: typed(agents), calendars: typed(calendars) };
    let now = Utc.with_ymd_and_hms(2026, 11, 24, 0, 0, 0).unwrap();
    let snapshot = Snapshot::compile(&rows, &defaults(), now);
    snapshot.findings().iter().map(ToString::to_string).collect()
}
