//! Tokens → parts: the subset of opening_hours that we read, and forms that are translated.

use super::super::pattern::{DAY, DateRange, Days, Joint, Part};
use super::draft::Draft;
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
        loop {
            let mut separated = parts.is_empty();
            while let Some(separator @ (Kind::Comma | Kind::Semicolon | Kind::Fallback)) =
                self.kind(0)
            {
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
            let draft = self.part(parts.is_empty())?;
            if !separated {
                // What follows an `off` at once may belong to the part before it; days of its own,
                // behind days that are closed, do not.
                let of_days = |part: &Part| part.spans.is_empty() && !part.days.is_every_day();
                let begins = draft.has_days() && !draft.hours_first && !draft.off_first;
                if parts.last().is_some_and(|part| part.off && !(of_days(part) && begins)) {
                    return Err(Problem::At(self.tokens.get(begin).map_or(0, |token| token.at)));
                }
                self.translated = true;
                joint = if draft.off { Joint::Replace } else { Joint::Add };
            }
            // `…, except 12:00-13:00`: `off` after a comma would close the hours before it too.
            if draft.instead || draft.off_first && joint == Joint::Add && !draft.has_days() {
                joint = Joint::Replace;
            }
            if hours_first && joint == Joint::Add && !draft.has_days() {
                return self.stuck();
            }
            hours_first = draft.hours_first && draft.has_days();
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

    /// Reads one part; `first` = there is none before it.
    fn part(&mut self, first: bool) -> Result<Draft, Problem> {
        let mut draft = Draft::default();
        // Where days begin that stand behind hours.
        let mut days_at = None;
        while let Some(kind) = self.kind(0) {
            match kind {
                Kind::Semicolon | Kind::Fallback => break,
                Kind::Comma if draft.is_empty() => self.skip(1),
                // `closed 2026, Dec 24`
                Kind::Comma if draft.has_hours() && draft.days.is_only_years() => {
                    let place = self.at;
                    self.skip(1);
                    if !((draft.off_first || draft.hours_first) && self.is_date()) {
                        self.at = place;
                        break;
                    }
                    self.translated = true;
                    self.selectors(&mut draft.days)?;
                }
                Kind::Comma if draft.has_hours() => break,
                Kind::Comma => self.comma_after_days(&mut draft)?,
                // `9-17 (土日祝休み)`: what the text begins with is not closed, but these days are.
                Kind::Off if first && draft.hours_first && self.days_off(&mut draft, days_at) => {
                    break;
                }
                Kind::Off => {
                    if draft.off {
                        return self.stuck();
                    }
                    draft.off_first = draft.is_empty();
                    draft.off = true;
                    self.skip(1);
                }
                // `9-18, 12-13 break`: the last of the hours are closed.
                Kind::Break if draft.has_hours() && !draft.off && self.ends_after(1) => {
                    self.skip(1);
                    draft.close_last_hours();
                }
                Kind::Except | Kind::Break if draft.has_hours() => break,
                Kind::Break => {
                    draft.off_first = true;
                    draft.off = true;
                    draft.is_break = true;
                    self.skip(1);
                }
                Kind::Except => {
                    self.skip(1);
                    self.excepted(&mut draft, first)?;
                }
                Kind::Open => {
                    draft.open = true;
                    self.skip(1);
                }
                Kind::Quote => {
                    return say(
                        "a quoted comment does not say whether it is open; remove it, and write it \
                        into `Notes`",
                    );
                }
                Kind::Unknown => {
                    return say(
                        "`unknown` is neither open nor closed; write `off`, or leave it out",
                    );
                }
                _ if self.is_time() => {
                    if !draft.spans.is_empty() || (draft.off && !draft.off_first) {
                        break;
                    }
                    draft.hours_first = !draft.has_days();
                    self.times(&draft.days, &mut draft.spans)?;
                }
                _ => {
                    let may_follow = !draft.has_hours()
                        || draft.off_first && draft.spans.is_empty()
                        || draft.hours_first && !draft.has_days() && !draft.off;
                    if !may_follow {
                        if !draft.off && self.later_days(&mut draft.days)? {
                            continue;
                        }
                        break;
                    }
                    let before = self.at;
                    if draft.hours_first {
                        days_at.get_or_insert(before);
                    }
                    self.selectors(&mut draft.days)?;
                    if self.at == before {
                        return self.stuck();
                    }
                }
            }
        }
        if !draft.has_hours() && draft.open {
            self.translated = true;
            draft.spans.push(0..DAY);
        }
        if !draft.has_hours() {
            if !first && draft.days.is_only_years() {
                return self.year_alone();
            }
            match self.reading.fill {
                None => return Err(Problem::NoHours(draft.days_in_words())),
                Some(Fill::AllDay) => draft.spans.push(0..DAY),
                Some(Fill::Off) => draft.off = true,
            }
        }
        if draft.open && draft.off {
            return self.stuck();
        }
        if draft.excepted && draft.has_days() && !draft.spans.is_empty() {
            // `Mo-Fr 9-18, except We 9-12`: these hours instead, or without them?
            self.ambiguous = true;
            draft.off = self.reading.second;
            draft.instead = true;
        }
        if self.translated {
            self.weekday_of_a_date(&mut draft)?;
        }
        for days in draft.all_days() {
            days.tidy()?;
        }
        Ok(draft)
    }

    fn is_day(&self, ahead: usize) -> bool {
        matches!(
            self.kind(ahead),
            Some(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_) | Kind::Month(_))
        )
    }

    /// Whether a part ends so many tokens ahead.
    fn ends_after(&self, ahead: usize) -> bool {
        matches!(self.kind(ahead), None | Some(Kind::Comma | Kind::Semicolon | Kind::Fallback))
    }

    /// What is said to be closed, or other than the rest: `except Mo`. Where hours follow, they are
    /// of the other days (`except Mo 9-17`, `täglich außer Mo 9-17`).
    fn excepted(&mut self, draft: &mut Draft, first: bool) -> Result<(), Problem> {
        let has_days = draft.has_days();
        let mut days = Days::default();
        self.selectors(&mut days)?;
        let place = self.place();
        while self.kind(0) == Some(Kind::Comma) {
            self.skip(1);
        }
        let of_others = !days.is_every_day() && self.is_time() && (first || has_days);
        if of_others {
            draft.close_days(days);
            return Ok(());
        }
        self.go_back(place);
        if has_days {
            return self.stuck();
        }
        draft.days = days;
        (draft.off, draft.off_first, draft.excepted) = (true, true, true);
        Ok(())
    }

    /// At an `off` behind hours: whether it is of the days before it, or after it. Goes back to
    /// where these begin, so that they are the next part.
    fn days_off(&mut self, draft: &mut Draft, days_at: Option<usize>) -> bool {
        if let Some(place) = days_at.filter(|_| draft.has_days()) {
            self.at = place;
            (draft.days, draft.pending) = (Days::default(), Vec::new());
            return true;
        }
        let next = self.kind(1);
        matches!(next, Some(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_)))
    }

    /// Days of another kind after the hours, which nothing of their own follows, belong to the part
    /// (`Mo-Fr 09:00-18:00 Dec`).
    fn later_days(&mut self, days: &mut Days) -> Result<bool, Problem> {
        let place = self.at;
        let mut later = Days::default();
        self.selectors(&mut later)?;
        let ends =
            matches!(self.kind(0), None | Some(Kind::Comma | Kind::Semicolon | Kind::Fallback));
        if self.at == place || !ends || !days.take_other_kinds(later) {
            self.at = place;
            return Ok(false);
        }
        self.translated = true;
        Ok(true)
    }

    /// A comma where only days were read so far: they belong to what comes next.
    fn comma_after_days(&mut self, draft: &mut Draft) -> Result<(), Problem> {
        while self.kind(0) == Some(Kind::Comma) {
            self.skip(1);
        }
        if draft.open {
            return self.stuck();
        }
        match self.kind(0) {
            None | Some(Kind::Semicolon | Kind::Fallback | Kind::Off) => return Ok(()),
            _ if self.is_time() => return Ok(()),
            _ => {}
        }
        // `2026, Dec 24`, `PH, 2026`: a year alone is of what stands beside it.
        if draft.days.is_only_years() {
            self.translated = true;
            return Ok(());
        }
        if self.bare_year(&mut draft.days)? {
            return Ok(());
        }
        let or = if is_specific(&draft.days) || self.is_date_or_holiday() {
            true
        } else {
            // `Dec, Mo-Fr 09:00-18:00`: weekdays of December, or both?
            self.translated = true;
            self.ambiguous = true;
            self.reading.second
        };
        if or {
            draft.pending.push(std::mem::take(&mut draft.days));
        }
        Ok(())
    }
}

pub(super) fn say<T>(sentence: &str) -> Result<T, Problem> {
    Err(Problem::Say(sentence.to_owned()))
}

/// Whether days are single dates or holidays, which no weekday or month narrows.
fn is_specific(days: &Days) -> bool {
    days.dates.iter().any(|range| matches!(range, DateRange::Days { .. }))
        || days.holidays().next().is_some()
}
