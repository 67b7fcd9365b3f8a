//! `desk publish`: what the rows say goes live, or an earlier release again.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use routing::release::Hold;

use crate::deployment::source::settings;
use crate::deployment::tables::LiveTables;
use crate::edits::order::{OperatorFunction, OrderAnswer};
use crate::terminal::{say, sentence};

/// What to publish.
#[derive(Args)]
pub struct Options {
    /// Make this earlier release live again, and hold it; `desk releases` lists them
    #[arg(long, value_name = "N")]
    release: Option<u64>,
    /// Also what looks like an accident: far fewer rules or agents than before
    #[arg(long, conflicts_with = "release")]
    force: bool,
}

/// Publishes, and says what came of it. Exit code 1 when it is not live.
///
/// # Errors
/// The operator function cannot be invoked, or fails.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    let live = LiveTables::connect(&settings).await?;
    let operator = OperatorFunction::wanted(&live, &settings)?;
    if let Some(number) = options.release {
        let answer = operator.back(number).await?;
        let code = told(&answer);
        if let Some(Hold { by, why, .. }) = &answer.ended {
            say!("This ended the hold of {by}: {why}. The new hold stands in its place.");
        }
        return Ok(code);
    }
    let answer = operator.publish(options.force, None).await?;
    let code = told(&answer);
    if let Some(hold) = &answer.ended {
        say!("{}", ended(hold));
    }
    Ok(code)
}

/// That a hold is over, whose it was, and what its owner may still be doing.
fn ended(hold: &Hold) -> String {
    let Hold { by, why, .. } = hold;
    if hold.brief {
        format!(
            "This ended the hold of {by}: {why}. If that is still under way, its other rows go \
            live as they are written, and {by} is told so at its end."
        )
    } else {
        format!(
            "This ended the hold of {by}: {why}. `cargo desk hold` keeps the live release again."
        )
    }
}

/// Says what came of an order; the exit code says whether it was done.
pub(super) fn told(answer: &OrderAnswer) -> ExitCode {
    say!("{}", sentence(&answer.text));
    if answer.done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
