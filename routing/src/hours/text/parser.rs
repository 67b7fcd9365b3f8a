//! Tokens → parts: the subset of opening_hours that we read, and forms that are translated.

use super::super::pattern::{DateRange, Days, Joint, Part};
use super::token::{Kind, Token};

/// Most parts of a text.
pub(super) const MAX_PARTS: usize = 100;

/// Why tokens are no hours.
#[derive(Debug, PartialEq)]
pub(super) enum Problem {
    /// What stands at this place of the cleaned text cannot be read.
    At(usize),
    /// A sentence for the finding.
    Say(String),
    /// Days without hours or `off`.
    NoHours(String),
}

/// How to read what can be read in two ways.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Reading {
    /// The second of two meanings.
    pub(super) second: bool,
    /// Days without hours: all day, or closed.
    pub(super) fill: Option<Fill>,
    /// Words or forms of the text are not of opening_hours.
    pub(super) translated: bool,
}

/// What days without hours could mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fill {
    AllDay,
    Off,
}

/// What was read.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) parts: Vec<Part>,
    /// Something was read that is not of opening_hours.
    pub(super) translated: bool,
    /// Something has a second meaning.
    pub(super) ambiguous: bool,
    /// Hours have no end; they were read as if they went on until the end of the day.
    pub(super) open_end: bool,
    /// Hours have no beginning; they were read as if they began with the day.
    pub(super) open_start: bool,
}

/// Reads all parts.
pub(super) fn read(tokens: &[Token], reading: Reading) -> Result<Outcome, Problem> {
    let translated = reading.translated;
    let (ambiguous, open_end, open_start) = (false, false, false);
    let mut parser = Parser { tokens, at: 0, reading, translated, ambiguous, open_end, open_start };
    let parts = parser.all()?;
    let Parser { translated, ambiguous, open_end, open_start, .. } = parser;
    Ok(Outcome { parts, translated, ambiguous, open_end, open_start })
}

pub(super) struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    pub(super) reading: Reading,
    pub(super) translated: bool,
    pub(super) ambiguous: bool,
    pub(super) open_end: bool,
    pub(super) open_start: bool,
}

impl Parser<'_> {
    pub(super) fn kind(&self, ahead: usize) -> Option<Kind> {
        self.tokens.get(self.at + ahead).map(|token| token.kind)
    }

    pub(super) fn kind_before(&self) -> Option<Kind> {
        self.tokens.get(self.at.checked_sub(1)?).map(|token| token.kind)
    }

    pub(super) fn skip(&mut self, tokens: usize) {
        self.at += tokens;
    }

    pub(super) fn place(&self) -> usize {
        self.at
    }

    pub(super) fn go_back(&mut self, place: usize) {
        self.at = place;
    }

    /// What stands here cannot be read.
    pub(super) fn stuck<T>(&self) -> Result<T, Problem> {
        let token = self.tokens.get(self.at).or(self.tokens.last());
        Err(Problem::At(token.map_or(0, |token| token.at)))
    }

    fn all(&mut self) -> Result<Vec<Part>, Problem> {
        let mut parts: Vec<Part> = Vec::new();
        let mut joint = Joint::Replace;
        // Hours before days, in a row of parts, must go on like that.
        let mut hours_first = false;
        // Behind the hours of a break, days begin another part.
        let mut after_break = false;
        loop {
            let mut separated = parts.is_empty();
            // `12.25 휴무 / 1.1 휴무`
            let slash = parts.last().is_some_and(|part| part.off);
            let separates = |kind: &Kind| {
                matches!(kind, Kind::Comma | Kind::Semicolon | Kind::Fallback)
                    || slash && *kind == Kind::Slash
            };
            while let Some(separator) = self.kind(0).filter(separates) {
                self.translated |= separator == Kind::Slash;
                joint = match separator {
                    Kind::Semicolon => Joint::Replace,
                    Kind::Fallback => Joint::Fallback,
                    _ if separated || joint == Joint::Fallback => joint,
                    _ => Joint::Add,
                };
                separated = true;
                self.skip(1);
            }
            // `- Mo-Fr 09:00-18:00`: the sign of an entry in a list.
            if self.kind(0) == Some(Kind::Dash) && self.is_day(1) {
                self.translated = true;
                self.skip(1);
            }
            if self.kind(0).is_none() {
                break;
            }
            let begin = self.at;
            let mut draft = self.part(parts.is_empty())?;
            if draft.excepted && draft.has_days() && !draft.spans.is_empty() {
                // `Mo-Fr 9-18, except We 9-12`: these hours instead, or without them? Within
                // `24/7`, only without them.
                let all_day = parts.last().is_some_and(|part| part.is_open_all_day());
                self.ambiguous |= !all_day;
                draft.off = all_day || self.reading.second;
                draft.instead = true;
            }
            if !separated {
                // What follows an `off` at once may belong to the part before it; days of its own,
                // behind days that are closed, do not.
                let of_days = |part: &Part| part.spans.is_empty() && !part.days.is_every_day();
                let begins = draft.has_days() && !draft.hours_first && !draft.off_first;
                let ends = |part: &Part| of_days(part) || after_break;
                let days_of = |part: &Part| part.off && !(ends(part) && begins);
                // `Mo-Fr 9-18 (Aug: 9-14)`: on which days of August?
                let unsure = |part: &Part| !draft.off && is_in_months(&draft.days, &part.days);
                if parts.last().is_some_and(|part| days_of(part) || unsure(part)) {
                    return Err(Problem::At(self.tokens.get(begin).map_or(0, |token| token.at)));
                }
                self.translated = true;
                joint = match joint {
                    _ if draft.off => Joint::Replace,
                    // As behind a comma.
                    Joint::Fallback => joint,
                    _ => Joint::Add,
                };
            }
            // `…, except 12:00-13:00`: `off` after a comma would close the hours before it too.
            if draft.instead || draft.off_first && joint == Joint::Add && !draft.has_days() {
                joint = Joint::Replace;
            }
            if hours_first && joint == Joint::Add && !draft.has_days() {
                return self.stuck();
            }
            hours_first = draft.hours_first && draft.has_days();
            after_break = draft.is_break && !draft.spans.is_empty();
            if !draft.add_to(&mut parts, joint) {
                return Err(Problem::At(self.tokens.get(begin).map_or(0, |token| token.at)));
            }
            if parts.len() > MAX_PARTS {
                return Err(Problem::Say(format!(
                    "has more than {MAX_PARTS} parts; use several rows, or a calendar's \
                    `SpecialDates`"
                )));
            }
        }
        if parts.is_empty() { self.stuck() } else { Ok(parts) }
    }

    pub(super) fn is_day(&self, ahead: usize) -> bool {
        matches!(
            self.kind(ahead),
            Some(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_) | Kind::Month(_))
        )
    }
}

pub(super) fn say<T>(sentence: &str) -> Result<T, Problem> {
    Err(Problem::Say(sentence.to_owned()))
}

/// Whether days are all those of some months, and others are weekdays.
fn is_in_months(days: &Days, others: &Days) -> bool {
    let is_months = |range: &DateRange| matches!(range, DateRange::Months { .. });
    let months = !days.dates.is_empty() && days.dates.iter().all(is_months);
    months && !days.has_weekdays() && others.has_weekdays()
}
