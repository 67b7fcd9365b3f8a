//! Hours that go on into the next day, where what is typed may not be meant.

use super::super::pattern::is_doubtful_night;
use super::clean;
use super::kind::Kind;
use super::times::over_night;
use super::token::{self, Token};

/// What is said of the first such hours of a text. An end above `24:00` says that they are meant.
pub(super) fn doubtful(text: &str) -> Vec<String> {
    let tokens = token::tokens(&clean::clean(text)).tokens;
    let mut hours = tokens.windows(3).filter_map(|tokens| match tokens {
        [
            Token { kind: Kind::Clock { hour: from, minute, .. }, .. },
            Token { kind: Kind::Dash, .. },
            Token { kind: Kind::Clock { hour: to, minute: end, .. }, .. },
        ] => Some(((*from, *minute), (*to, *end))),
        _ => None,
    });
    let (mut same, mut long) = (None, None);
    for (from, to) in hours.by_ref() {
        if same.is_none() && from == to && from != (0, 0) {
            same = Some(same_times(from));
        }
        long = long.or_else(|| until_morning(from, to));
    }
    same.into_iter().chain(long).collect()
}

/// `09:00-09:00` is 24 hours, as in opening_hours.js; `09:00-33:00` says so.
fn same_times((hour, minute): (u32, u32)) -> String {
    let time = format!("{hour:02}:{minute:02}");
    format!(
        "`{time}-{time}` is 24 hours, until the next day; write `00:00-24:00` for whole days, \
        `{time}-{:02}:{minute:02}` if it is meant, or another end",
        hour + 24
    )
}

/// `08:30-05:30` is 21 hours; `08:30-29:30` says so.
fn until_morning((hour, minute): (u32, u32), (last, end): (u32, u32)) -> Option<String> {
    let at = |hour: u32, minute: u32| u16::try_from(hour.checked_mul(60)? + minute).ok();
    let span = over_night(at(hour, minute)?, at(last, end)?);
    if last >= 24 || !is_doubtful_night(&span) {
        return None;
    }
    let from = format!("{hour:02}:{minute:02}");
    Some(format!(
        "`{from}-{last:02}:{end:02}` is open until the next morning; write \
        `{from}-{:02}:{end:02}` for the afternoon, or `{from}-{:02}:{end:02}` if the night is \
        meant",
        last + 12,
        last + 24
    ))
}
