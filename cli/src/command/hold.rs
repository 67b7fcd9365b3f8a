//! `desk hold`: the live release stays, whatever is edited.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::publish::told;
use crate::deployment::source::settings;
use crate::deployment::tables::LiveTables;
use crate::edits::order::OperatorFunction;

/// Why to hold.
#[derive(Args)]
pub struct Options {
    /// Why, for everybody who asks what is live
    #[arg(value_name = "WHY", value_parser = NonEmptyStringValueParser::new())]
    why: String,
}

/// Holds the live release. Exit code 1 when it is held already.
///
/// # Errors
/// The operator function cannot be invoked, or fails.
pub async fn run(options: &Options) -> Result<ExitCode> {
    let settings = settings(false, |name| std::env::var(name).ok())?;
    let live = LiveTables::connect(&settings).await?;
    let operator = OperatorFunction::wanted(&live, &settings)?;
    Ok(told(&operator.hold(&options.why).await?))
}
