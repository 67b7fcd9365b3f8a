//! `desk check`: what is wrong with the rows, and what is surely not meant.

use std::io::IsTerminal;
use std::process::ExitCode;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anyhow::Result;
use clap::Args;
use routing::inspect::check::{Input, check};
use routing::rows::json::print_row;
use routing::rows::{Finding, Row, Severity, Table};

use crate::row_files::RowFiles;
use crate::source::{Deployment, Source, moment};

/// What to check, and how to print it.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// The moment from which the coming week counts, such as `2026-12-24 09:00`; now without it
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Print the findings as a JSON array
    #[arg(long)]
    json: bool,
}

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
        anyhow::Ok((findings(&deployment, now), deployment))
    };
    let (findings, deployment) = match read.await {
        Ok(read) => read,
        Err(error) => {
            eprintln!("desk: {error:#}");
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    if options.json {
        println!("{}", serde_json::to_string_pretty(&findings)?);
    } else {
        let renderer =
            if std::io::stdout().is_terminal() { Renderer::styled() } else { Renderer::plain() };
        print!("{}", render(&findings, &deployment.rows, &renderer));
    }
    let errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if errors { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The findings of a deployment.
pub fn findings(deployment: &Deployment, now: chrono::DateTime<chrono::Utc>) -> Vec<Finding> {
    let rows = deployment.rows.for_snapshot();
    let customers = deployment.has_customers().then(|| deployment.rows.rows(Table::Customers));
    let settings = &deployment.settings;
    check(Input {
        rows: &rows,
        customers,
        defaults: &settings.defaults,
        default_group: settings.default_group,
        now,
    })
}

/// The findings as a person reads them: each with its row, the attribute marked.
pub fn render(findings: &[Finding], rows: &RowFiles, renderer: &Renderer) -> String {
    let mut text = String::new();
    for finding in findings {
        let is_its = |row: &&Row| {
            finding.table.key_of(row).is_some_and(|key| finding.is_about(finding.table, key))
        };
        text.push_str(&render_one(finding, rows.rows(finding.table).iter().find(is_its), renderer));
        text.push_str("\n\n");
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let plural =
        |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    text.push_str(&match (errors, warnings) {
        (0, 0) => "all rows are good\n".to_owned(),
        _ => format!("{}, {}\n", plural(errors, "error"), plural(warnings, "warning")),
    });
    text
}

fn render_one(finding: &Finding, row: Option<&Row>, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = match (&finding.attribute, &finding.found) {
        (Some(attribute), Some(found)) => {
            format!("{} `{}`: `{attribute}` is `{found}`", finding.table.name(), finding.key)
        }
        (Some(attribute), None) => {
            format!("{} `{}`: `{attribute}`", finding.table.name(), finding.key)
        }
        (None, _) => format!("{} `{}`", finding.table.name(), finding.key),
    };
    let Some(row) = row else {
        return renderer.render(&[level
            .primary_title(title)
            .element(Level::NOTE.message(finding.message.clone()))]);
    };
    let (source, places) = print_row(row, finding.table.key_attribute());
    let place = finding
        .attribute
        .as_ref()
        .and_then(|attribute| places.get(attribute))
        .or_else(|| places.get(finding.table.key_attribute()));
    let snippet = Snippet::source(source).line_numbering(false).path(finding.table.name());
    let snippet = match place {
        Some(place) => snippet
            .annotation(AnnotationKind::Primary.span(place.clone()).label(finding.message.clone())),
        None => snippet,
    };
    renderer.render(&[level.primary_title(title).element(snippet)])
}
