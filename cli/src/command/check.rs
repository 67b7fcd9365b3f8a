//! `desk check`: what is wrong with the rows, and what is surely not meant.

use std::collections::HashMap;
use std::process::ExitCode;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anyhow::{Error, Result};
use clap::Args;
use routing::inspect::check::{Input, check};
use routing::rows::json::print_row;
use routing::rows::{Finding, Row, Severity, Table};
use serde_json::{Value, json};

use crate::deployment::in_error::known_of;
use crate::deployment::source::{Deployment, Source, moment};
use crate::edits::key::Which;
use crate::edits::past;
use crate::files::row_files::RowFiles;
use crate::terminal::{self, counted, printable};

/// What to check, and how to print it.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// Only what is said of this row, as `vip` or `rules/vip`
    #[arg(long, value_name = "KEY")]
    row: Option<String>,
    /// Start of the week to check, such as `2026-12-24 09:00`; default: now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Print the findings as a JSON array
    #[arg(long)]
    json: bool,
}

/// How far an attribute is indented.
const INDENT: &str = "  ";
/// Exit code when the rows could not be read.
const UNREADABLE: u8 = 2;

/// Prints all findings. Exit code 1 when there are errors, 2 when the rows could not be read.
///
/// # Errors
/// Standard output is closed.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let read = async {
        let deployment = options.source.read(true).await?;
        let now = moment(options.at.as_deref(), &deployment.settings)?;
        let mut findings = findings(&deployment, now);
        // A row may be known by what is said of it alone: one that a release does not hold.
        let told = findings.iter().map(|finding| (finding.table, finding.key.as_str()));
        let known = deployment.rows.keys().chain(told);
        let which = match (Which::find(options.row.as_deref(), known, false), &options.row) {
            (Err(why), Some(typed)) => {
                return Err(was_deleted(&deployment, typed).await.unwrap_or(why));
            }
            (which, _) => which?,
        };
        findings.retain(|finding| which.has_finding(finding));
        anyhow::Ok((findings, deployment))
    };
    let (findings, deployment) = match read.await {
        Ok(read) => read,
        Err(error) => {
            terminal::note(&format!("desk: {error:#}"));
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    if options.json {
        let rows = Keyed::new(&deployment.rows);
        let shown: Vec<Value> = findings.iter().map(|finding| rows.to_json(finding)).collect();
        terminal::print_json(&serde_json::to_string_pretty(&shown)?);
    } else {
        let text = match options.row {
            // Other rows may have findings.
            Some(_) if findings.is_empty() => "nothing to say of this row\n".to_owned(),
            _ => render(&findings, &deployment.rows, &terminal::renderer()),
        };
        terminal::print_styled(&text);
        deployment.notes.iter().for_each(|note| terminal::note(&format!("Note: {note}.")));
    }
    let errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if errors { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What to say of a row that the tables had before.
async fn was_deleted(deployment: &Deployment, typed: &str) -> Option<Error> {
    let live = deployment.live.as_ref().filter(|_| deployment.released.is_none())?;
    past::deleted(live, typed, deployment.settings.defaults.time_zone).await.map(Error::msg)
}

/// The findings of a deployment.
pub fn findings(deployment: &Deployment, now: chrono::DateTime<chrono::Utc>) -> Vec<Finding> {
    let rows = deployment.rows.for_snapshot();
    let customers = deployment.has_customers().then(|| deployment.rows.rows(Table::Customers));
    let settings = &deployment.settings;
    let mut findings = check(Input {
        rows: &rows,
        customers,
        defaults: &settings.defaults,
        default_group: settings.default_group,
        now,
        from: now,
        live: deployment.beside.as_ref(),
    });
    // Of a release these rows are what is in force: those in error are not among them.
    findings.extend(deployment.released.iter().flat_map(|of| known_of(&of.settled)));
    findings.sort();
    findings
}

/// Rows by their keys, and where they stand.
struct Keyed<'a> {
    rows: &'a RowFiles,
    places: HashMap<(Table, String), usize>,
}

impl<'a> Keyed<'a> {
    fn new(rows: &'a RowFiles) -> Self {
        let mut places = HashMap::new();
        for table in Table::ALL {
            for (index, row) in rows.rows(table).iter().enumerate() {
                if let Some(key) = table.key_of(row) {
                    // A finding has the key as it is shown.
                    places.entry((table, routing::text::key_cut(key))).or_insert(index);
                }
            }
        }
        // A finding of a row without a usable key has what stands in its place.
        for table in Table::ALL {
            let keyless = rows.rows(table).iter().enumerate();
            for (index, row) in keyless.filter(|(_, row)| table.key_of(row).is_none()) {
                let shown = row.get(table.key_attribute()).map(routing::rows::Value::shown);
                let shown = routing::text::cut(&shown.unwrap_or_default());
                places.entry((table, shown)).or_insert(index);
            }
        }
        Self { rows, places }
    }

    fn row(&self, finding: &Finding) -> Option<(usize, &'a Row)> {
        let rows = self.rows.rows(finding.table);
        let known = self.places.get(&(finding.table, finding.key.clone())).copied();
        let index = known.or_else(|| {
            let is_its = |row: &Row| {
                let table = finding.table;
                table.key_of(row).is_some_and(|key| finding.is_about(table, key))
            };
            rows.iter().position(is_its)
        })?;
        Some((index, rows.get(index)?))
    }

    /// File and line of what a finding is about.
    fn place(&self, finding: &Finding, index: usize) -> Option<(String, usize)> {
        let (path, place) = self.rows.place(finding.table, index)?;
        let of_attribute =
            finding.attribute.as_ref().and_then(|name| place.attributes.get(name)).copied();
        Some((path.display().to_string(), of_attribute.unwrap_or(place.line)))
    }

    /// The finding, with `file` and `line` where it is about a row of a file.
    fn to_json(&self, finding: &Finding) -> Value {
        let mut json = serde_json::to_value(finding).unwrap_or_default();
        let place = self.row(finding).and_then(|(index, _)| self.place(finding, index));
        if let (Some(fields), Some((file, line))) = (json.as_object_mut(), place) {
            fields.insert("file".to_owned(), json!(file));
            fields.insert("line".to_owned(), json!(line));
        }
        json
    }
}

/// The findings as a person reads them: each with its row, the attribute marked.
pub(crate) fn render(findings: &[Finding], rows: &RowFiles, renderer: &Renderer) -> String {
    let rows = Keyed::new(rows);
    let mut text = String::new();
    for finding in findings {
        text.push_str(&render_one(finding, &rows, renderer));
        text.push_str("\n\n");
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    text.push_str(&match (errors, warnings) {
        (0, 0) => "all rows are good\n".to_owned(),
        _ => format!("{}, {}\n", counted(errors, "error"), counted(warnings, "warning")),
    });
    text
}

fn render_one(finding: &Finding, rows: &Keyed<'_>, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (table, key) = (finding.table.name(), &finding.key);
    let title = match (&finding.attribute, &finding.found) {
        (Some(attribute), Some(found)) => format!("{table} `{key}`: `{attribute}` is `{found}`"),
        (Some(attribute), None) => format!("{table} `{key}`: `{attribute}`"),
        (None, _) => format!("{table} `{key}`"),
    };
    let title = level.primary_title(printable(&title));
    let message = printable(&finding.message);
    let Some((index, row)) = rows.row(finding) else {
        return renderer.render(&[title.element(Level::NOTE.message(message))]);
    };
    let (source, places) = print_row(row, finding.table.key_attribute());
    let mark = finding
        .attribute
        .as_ref()
        .and_then(|attribute| places.get(attribute))
        .or_else(|| places.get(finding.table.key_attribute()));
    // From the marked attribute on: only its lines are shown.
    let (marked, after) = mark.map_or(("", source.as_str()), |mark| {
        let part = |range| source.get(range).unwrap_or_default();
        (part(mark.start..mark.end), part(mark.end..source.len()))
    });
    let marked = printable(marked);
    let mark = INDENT.len()..INDENT.len() + marked.len();
    let shown = format!("{INDENT}{marked}{}", printable(after.lines().next().unwrap_or_default()));
    let snippet = Snippet::source(shown).line_numbering(false);
    let snippet = if marked.is_empty() {
        snippet
    } else {
        snippet.annotation(AnnotationKind::Primary.span(mark).label(message.as_str()))
    };
    let Some((path, line)) = rows.place(finding, index) else {
        if marked.is_empty() {
            return renderer.render(&[title.element(Level::NOTE.message(message.clone()))]);
        }
        return renderer.render(&[title.element(snippet)]);
    };
    let path = printable(&path);
    let snippet = snippet.path(path.clone()).line_start(line);
    if marked.is_empty() {
        // The message would stand at what is not there.
        let said = format!("{path}:{line}: {message}");
        return renderer.render(&[title.element(Level::NOTE.message(said))]);
    }
    // The column would be that of the row as it is shown here, not of the file.
    let place = format!("{path}:{line}");
    let with_column = format!("{place}:{}", INDENT.len() + 1);
    renderer.render(&[title.element(snippet)]).replacen(&with_column, &place, 1)
}
