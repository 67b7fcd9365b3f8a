//! The list of releases, for a person.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use routing::hours::Zone;
use routing::release::{BELIEVED_AFTER, Cause, InWords, OrderOutcome, Pointer, Release};

use crate::terminal::clock::{ago, for_people, local, to_the_second};
use crate::terminal::{on_one_line, sentence};

/// Releases shown, unless all are wanted.
const SHOWN: usize = 20;

/// What is live or waits, and the releases, the latest first; times in `zone`.
pub(super) fn text(
    pointer: &Pointer,
    all: &[Release],
    zone: Zone,
    is_whole: bool,
    now: DateTime<Utc>,
) -> String {
    let mut text = String::new();
    let mut line = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    match &pointer.live {
        Some(live) => line(&format!("Release {} is live.", live.number)),
        None => line("No release is live yet."),
    }
    if let Some(hold) = &pointer.hold {
        let (by, why) = (on_one_line(&hold.by), on_one_line(&hold.why));
        let held = format!("HELD by {by} since {}: {why}", for_people(hold.since, zone));
        if hold.brief {
            let began = ago(now - hold.since);
            let state = match (hold.is_left_behind(now), hold.is_passing(now)) {
                (true, _) => "which did not end",
                (false, false) => "which takes long, or was stopped",
                (false, true) => "under way",
            };
            line(&format!("{held}; begun {began}, {state}"));
            line(
                "  All edits wait, also those of other people. The hold ends by itself when the \
                rows are written.",
            );
            line(
                "  If the command was stopped, run it again or give it up. Then run `cargo desk \
                publish`.",
            );
        } else {
            line(&held);
            line("  Edits wait. `cargo desk publish` publishes the rows and ends the hold.");
        }
    } else if let Some(waiting) = &pointer.waiting {
        let since = for_people(waiting.since, zone);
        line(&format!("The rows WAIT since {since}: {}.", InWords(waiting, zone)));
    } else if pointer.is_behind() {
        line("A look at the latest edits is under way.");
    }
    if pointer.hold.is_some() || pointer.waiting.is_some() {
        line("  `cargo desk releases --diff live rows` shows what would change.");
    }
    if let Some(checked) = pointer.checked_at {
        line(&format!("Last compared with the rows {}.", ago(now - checked)));
    }
    // To the second, as in the history and in records: several may go live within a minute. The
    // head of the column names the zone.
    let at = |time| local(zone, time).format("%Y-%m-%d %H:%M:%S");
    let shown = if is_whole { all.len() } else { SHOWN };
    if !all.is_empty() {
        let since = format!("live since ({zone})");
        let _ = writeln!(text, "\nrelease  {since:<24}  rules  agents  why");
    }
    for release in all.iter().take(shown) {
        let (rules, agents) = (release.counts.rules, release.counts.agents);
        let since = at(release.published_at).to_string();
        let why = why(release.cause);
        // Writing to memory does not fail.
        let _ =
            writeln!(text, "{:>7}  {since:<24}  {rules:>5}  {agents:>6}  {why}", release.number);
    }
    if all.len() > shown {
        let more = format!("{} older ones are kept; `--all` shows them", all.len() - shown);
        let _ = writeln!(text, "{}", sentence(&more));
    }
    text
}

/// What there is to say before a release is erased.
pub(super) enum Erasing {
    /// It cannot be erased: why.
    Refused(String),
    /// What goes with it, for a person who is asked.
    Asks(String),
}

/// The other releases that hold the same as one, such as a way back to it: erasing it leaves these.
pub(super) fn same_as(release: &Release, all: &[Release]) -> Option<String> {
    let same = all.iter().filter(|other| other.hash == release.hash);
    let others = same.filter(|other| other.number != release.number);
    let numbers: Vec<String> = others.map(|other| other.number.to_string()).collect();
    match &numbers[..] {
        [] => None,
        [one] => Some(format!("Release {one} holds the same, and is kept.")),
        many => Some(format!("Releases {} hold the same, and are kept.", many.join(", "))),
    }
}

/// What erasing a release means. `all` are those that are kept, the latest first.
pub(super) fn erasing(number: u64, all: &[Release], zone: Zone) -> Erasing {
    let refused =
        |outcome: &OrderOutcome| Erasing::Refused(sentence(&InWords(outcome, zone).to_string()));
    let Some(place) = all.iter().position(|release| release.number == number) else {
        return refused(&OrderOutcome::NoSuchRelease(number));
    };
    let next = place.checked_sub(1).and_then(|place| all.get(place));
    let (Some(release), Some(next)) = (all.get(place), next) else {
        return refused(&OrderOutcome::IsLive(number));
    };
    let (from, until) =
        (to_the_second(release.published_at, zone), to_the_second(next.published_at, zone));
    let (rules, agents) = (release.counts.rules, release.counts.agents);
    let same = same_as(release, all).map(|same| same + "\n").unwrap_or_default();
    Erasing::Asks(format!(
        "Release {number} was live from {from} to {until}: {rules} rules, {agents} agents ({}).\n\
         All that it holds is deleted. This cannot be undone: nobody can make it live again, look\n\
         into it, or explain a record by it.\n\
         The rows, their history, and all other releases stay as they are.\n{same}",
        why(release.cause)
    ))
}

fn why(cause: Cause) -> String {
    match cause {
        Cause::Edits => "rows were edited".to_owned(),
        Cause::Force => "forced".to_owned(),
        Cause::Waited => {
            format!("the rows did not change for {} minutes", BELIEVED_AFTER.num_minutes())
        }
        Cause::Back { number } => format!("release {number} again"),
    }
}
