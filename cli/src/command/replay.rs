//! `desk replay`: who would get what, of many requests; and what changes between two sets of rows.

use std::path::PathBuf;

use anyhow::Result;
use chrono::{DateTime, Utc};
use clap::Args;
use routing::decide::Decision;
use routing::inspect::CustomerRows;
use routing::inspect::replay::{Replay, Report, Request, same_answer};
use routing::rows::Table;
use routing::snapshot::Snapshot;
use serde_json::json;

use crate::deployment::in_error::InError;
use crate::deployment::source::{Deployment, Source};
use crate::files::requests::read;
use crate::files::row_files::RowFiles;
use crate::terminal::{self, print, print_json};

/// From so many requests on there is a progress bar.
const MANY: usize = 20_000;

/// What to replay.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// Requests: JSON lines or CSV with session_id, client_user_id, and if known time, platform,
    /// client_ip, customer_service_id; or an export of decision records
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Folder of rows to compare with: what would change
    #[arg(long, value_name = "DIR")]
    against: Option<PathBuf>,
    /// Print every request with its answer, as JSON lines
    #[arg(long)]
    json: bool,
}

/// Decides every request and prints who gets what.
///
/// # Errors
/// The file or the rows cannot be read.
pub async fn run(options: &Options) -> Result<()> {
    let deployment = options.source.read(true).await?;
    let settings = &deployment.settings;
    let app = settings.locks.sdk_app_ids.first().copied().unwrap_or_default();
    let read = read(&options.file, settings.defaults.time_zone, app)?;
    let (requests, now) = (read.requests.as_slice(), Utc::now());
    let (before, in_error) = decide(&deployment, requests, now);
    let (after, then_in_error) = match &options.against {
        Some(folder) => {
            let other = Deployment::of_files(RowFiles::read(folder)?, settings.clone());
            let (after, in_error) = decide(&other, requests, now);
            (Some(after), in_error)
        }
        None => (None, InError::default()),
    };
    if options.json {
        print_lines(requests, &before, after.as_ref());
    } else {
        let report =
            Report { requests, left_out: read.skipped, before: &before, after: after.as_ref() };
        print(&report.to_string());
        deployment.notes.iter().for_each(|note| print(&format!("Note: {note}.\n")));
        in_error.sentences().for_each(|sentence| print(&format!("Note: {sentence}.\n")));
        then_in_error
            .sentences()
            .for_each(|sentence| print(&format!("Note: of `--against`, {sentence}.\n")));
    }
    Ok(())
}

/// The decisions, and the rows in error that they leave out.
fn decide(deployment: &Deployment, requests: &[Request], now: DateTime<Utc>) -> (Replay, InError) {
    let defaults = &deployment.settings.defaults;
    let (settled, findings) = deployment.settled(now);
    let snapshot = Snapshot::of(&settled, now);
    let customers = CustomerRows::new(deployment.rows.rows(Table::Customers), defaults);
    let group = deployment.settings.default_group;
    let bar = terminal::progress(requests.len(), MANY, "requests");
    let replay = Replay::run(&snapshot, &customers, group, requests, now, || bar.inc(1));
    bar.finish_and_clear();
    (replay, InError::of(&settled, &findings))
}

fn print_lines(requests: &[Request], before: &Replay, after: Option<&Replay>) {
    let of = |decision: &Decision| {
        json!({
            "outcome": decision.outcome.code(), "reason": decision.reason.code(),
            "rule_id": decision.rule_id.as_deref(),
            "agent_group_id": decision.agent_group_id,
            "agent_ids": decision.agent_ids.iter().map(AsRef::as_ref).collect::<Vec<&str>>(),
        })
    };
    for (index, (request, decision)) in requests.iter().zip(before.decisions()).enumerate() {
        let then = after.and_then(|after| after.decisions().get(index));
        let line = json!({
            "session_id": request.session.session_id,
            "client_user_id": request.session.client_user_id, "decision": of(decision),
            "after": then.map(of), "changed": then.map(|then| !same_answer(decision, then)),
        });
        print_json(&line.to_string());
    }
}
