//! Several rows as one release: hold, write, publish. And when rows count that were written alone.

use anyhow::{Context, Result, bail};
use desk_router::settings::Settings;
use routing::release::{Hold, InWords};
use routing::rows::Table;

use crate::deployment::released::Releases;
use crate::deployment::tables::LiveTables;
use crate::edits::changes::Change;
use crate::edits::order::OperatorFunction;
use crate::edits::write::write;
use crate::terminal::{counted, say, sentence};

/// From so many rows on it takes longer until they are live.
const MANY: usize = 500;

/// Writes changes. Where there are releases, several rows go live together: the live release is
/// held while they are written, and then published. A hold that somebody else began stays. Gives
/// what there is to say of when the rows count, where that is not said yet.
///
/// # Errors
/// The function cannot be invoked, a row cannot be written, or the rows are written but not live.
pub(crate) async fn write_as_one(
    live: &LiveTables,
    settings: &Settings,
    changes: Vec<Change>,
    doing: &str,
) -> Result<Option<String>> {
    // Customers are no part of a release, and a single row is a release anyway.
    let rows = changes.iter().filter(|change| change.table != Table::Customers).count();
    let operator = OperatorFunction::of(live, settings).filter(|_| rows > 1);
    let Some(operator) = operator else {
        write(live, changes).await?;
        return Ok(Some(when_live(live, settings, rows).await));
    };
    let why = format!("{doing} of {}", counted(rows, "row"));
    let answer = operator.hold_briefly(&why).await.context("nothing was written")?;
    let own = match answer.hold {
        Some(own) if answer.outcome == "HoldBegan" => own.id,
        Some(others) => {
            say!("The live release is {}. The rows wait for it.", answer.text);
            return write_beside(live, settings, changes, &others).await.map(Some);
        }
        None => {
            write(live, changes).await?;
            return Ok(None);
        }
    };
    if let Err(error) = write(live, changes).await {
        bail!(
            "{error:#}; the live release stays held (`{why}`), and edits wait; when you are done, \
            run `cargo desk publish`"
        );
    }
    match operator.publish(false, Some(&own)).await {
        Ok(answer) if answer.done && answer.ended.is_some() => {
            say!("{}", sentence(&answer.text));
            Ok(None)
        }
        Ok(answer) if answer.done => bail!(
            "the rows are written, and {}; but they may have gone live in several releases, not at \
            once: somebody's `desk publish` ended the hold (`{why}`) while they were written; \
            `cargo desk releases` lists the releases since then",
            answer.text
        ),
        Ok(answer) => bail!("the rows are written, but not live: {}", answer.text),
        Err(error) => bail!(
            "the rows are written, but not live: {error:#}; the live release stays held; run \
            `cargo desk publish`"
        ),
    }
}

/// Writes changes under a hold that somebody else began and ends. Gives what becomes of them.
///
/// # Errors
/// A row cannot be written; the others are, and the error says when they count.
async fn write_beside(
    live: &LiveTables,
    settings: &Settings,
    changes: Vec<Change>,
    others: &Hold,
) -> Result<String> {
    let written = write(live, changes).await;
    // Whoever held may have published meanwhile.
    let hold = Releases::open(live, settings).await.map(|releases| releases.pointer.hold);
    let when = match hold {
        Err(why) => format!("it is not known when the written rows go live ({why:#})"),
        Ok(Some(hold)) if hold.brief => format!(
            "the written rows go live when the hold of {} ends ({}); if that command was stopped, \
            run `cargo desk publish` now",
            hold.by, hold.why
        ),
        Ok(Some(hold)) => format!(
            "the written rows go live when the hold of {} ends, by `cargo desk publish`",
            hold.by
        ),
        Ok(None) => format!(
            "the hold of {} has ended meanwhile, so the written rows are live, or go live within \
            seconds, perhaps not all at once: `cargo desk releases` shows it",
            others.by
        ),
    };
    match written {
        Ok(()) => Ok(sentence(&when)),
        Err(error) => bail!("{error:#}; {when}"),
    }
}

/// When rows count that no order published; `rows` are those that are not customers.
async fn when_live(live: &LiveTables, settings: &Settings, rows: usize) -> String {
    if rows == 0 {
        return "Customers are part of no release: the next callback goes by them.".to_owned();
    }
    let (it, goes) = if rows == 1 { ("It", "goes") } else { ("They", "go") };
    if settings.tables.releases.is_none() {
        let seconds = settings.rows_ttl.as_secs();
        return format!(
            "Without releases (RELEASES_TABLE is not set) {} {goes} live within {seconds} s.",
            it.to_lowercase()
        );
    }
    match standstill(live, settings).await {
        Err(why) => format!("When {} {goes} live is not known ({why:#}).", it.to_lowercase()),
        Ok(Some(why)) => format!("Not live yet: {why}"),
        Ok(None) => {
            let seconds = if rows < MANY { 10 } else { 60 };
            let apart = match rows {
                1 => "",
                _ => ", perhaps not all at once (OPERATOR_FUNCTION is not set)",
            };
            format!(
                "{it} {goes} live by a release within {seconds} s{apart}: `cargo desk releases` \
                shows it."
            )
        }
    }
}

/// Why edits do not go live now, as a sentence; `None` when nothing keeps them.
///
/// # Errors
/// The releases cannot be read.
pub(crate) async fn standstill(live: &LiveTables, settings: &Settings) -> Result<Option<String>> {
    if settings.tables.releases.is_none() {
        return Ok(None);
    }
    let pointer = Releases::open(live, settings).await?.pointer;
    let stands = pointer.hold.is_some() || pointer.waiting.is_some();
    let said = || InWords(&pointer, settings.defaults.time_zone).to_string();
    Ok(stands.then(|| sentence(&said())))
}
