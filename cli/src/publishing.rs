//! Several rows as one release: hold, write, publish.

use anyhow::{Context, Result, bail};
use desk_router::settings::Settings;
use routing::rows::Table;

use crate::changes::Change;
use crate::live::Live;
use crate::order::{Answer, OperatorFunction};
use crate::say;
use crate::terminal::{counted, sentence};
use crate::write::write;

/// Writes changes. Where there are releases, several rows go live together: the live release is
/// held while they are written, and then published. A hold that somebody else began stays.
///
/// # Errors
/// The function cannot be invoked, a row cannot be written, or the rows are written but not live.
pub async fn write_as_one(
    live: &Live,
    settings: &Settings,
    changes: Vec<Change>,
    doing: &str,
) -> Result<()> {
    // Customers are no part of a release, and a single row is a release anyway.
    let rows = changes.iter().filter(|change| change.table != Table::Customers).count();
    let operator = OperatorFunction::of(live, settings).filter(|_| rows > 1);
    let Some(operator) = operator else { return write(live, changes).await };
    let why = format!("{doing} of {}", counted(rows, "row"));
    let answer = operator.hold(&why).await.context("nothing was written")?;
    let Some(own) = own_hold(&answer) else {
        write(live, changes).await?;
        if answer.hold.is_some() {
            say!("The live release is {}. The rows wait for it.", answer.text);
        }
        return Ok(());
    };
    if let Err(error) = write(live, changes).await {
        bail!(
            "{error:#}; the live release stays held (`{why}`), and edits wait: at the end `cargo desk publish`"
        );
    }
    match operator.publish(false, Some(&own)).await {
        Ok(answer) if answer.done => {
            say!("{}", sentence(&answer.text));
            Ok(())
        }
        Ok(answer) => bail!("the rows are written, but not live: {}", answer.text),
        Err(error) => bail!(
            "the rows are written, but not live: {error:#}; the live release stays held: `cargo desk publish`"
        ),
    }
}

/// The id of the hold that an order began.
fn own_hold(answer: &Answer) -> Option<String> {
    let hold = answer.hold.as_ref().filter(|_| answer.outcome == "HoldBegan");
    hold.map(|hold| hold.id.clone())
}
