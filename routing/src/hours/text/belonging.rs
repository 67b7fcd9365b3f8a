//! To which part days belong that stand behind hours, before a comma, or after `except`.

use super::super::pattern::{DateRange, Days, WEEK};
use super::draft::Draft;
use super::parser::{Parser, Problem, say};
use super::token::Kind;

impl Parser<'_> {
    /// What is said to be closed, or other than the rest: `except Mo`. Where hours follow, they are
    /// of the other days (`except Mo 9-17`, `täglich außer Mo 9-17`).
    pub(super) fn excepted(&mut self, draft: &mut Draft, first: bool) -> Result<(), Problem> {
        let has_days = draft.has_days();
        let mut days = Days::default();
        self.selectors(&mut days)?;
        // `除周日每天9-17`: not all of the days are closed.
        if days.weekdays == WEEK {
            return self.stuck();
        }
        let place = self.place();
        while self.kind(0) == Some(Kind::Comma) {
            self.skip(1);
        }
        let of_others = !days.is_every_day() && self.is_time() && (first || has_days);
        if of_others && first && days.weekdays.count_ones() > 2 {
            // `not Mo-Fr 9-18`: the nights too, most likely.
            return say(
                "only says when it is closed; write the hours that are open, such as `Sa-Su \
                09:00-18:00`, or in a rule put the closed ones into `NotHours`, such as `Mo-Fr \
                09:00-18:00`",
            );
        }
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
    pub(super) fn days_off(&mut self, draft: &mut Draft, days_at: Option<usize>) -> bool {
        if let Some(place) = days_at.filter(|_| draft.has_days()) {
            self.go_back(place);
            (draft.days, draft.pending) = (Days::default(), Vec::new());
            return true;
        }
        let next = self.kind(1);
        matches!(next, Some(Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_)))
    }

    /// Whether only days stand from here to the end of the part: an `off` before them is theirs.
    pub(super) fn closes_days(&self, ahead: usize) -> bool {
        let is_day =
            |kind: &Kind| matches!(kind, Kind::Weekday(_) | Kind::Weekdays(_) | Kind::Holiday(_));
        let may_stand = |kind: &Kind| {
            is_day(kind) || matches!(kind, Kind::Dash | Kind::Comma | Kind::Slash | Kind::Nth(_))
        };
        let mut rest = (ahead..).map_while(|ahead| self.kind(ahead));
        self.kind(ahead).is_some_and(|kind| is_day(&kind))
            && rest
                .find(|kind| !may_stand(kind))
                .is_none_or(|kind| matches!(kind, Kind::Semicolon | Kind::Fallback))
    }

    /// Whether only one stretch of hours stands from here to the end of the part: an `off` before
    /// it is its own.
    pub(super) fn closes_hours(&self, ahead: usize) -> bool {
        let is_time = |kind: &Kind| {
            kind.is_half_of_day()
                || matches!(
                    kind,
                    Kind::Clock { .. } | Kind::Number { .. } | Kind::Noon | Kind::Dash
                )
        };
        let hours = (ahead..).map_while(|ahead| self.kind(ahead).filter(is_time));
        let (length, dashes) = hours.fold((0, 0), |(length, dashes), kind| {
            (length + 1, dashes + usize::from(kind == Kind::Dash))
        });
        let ends = match self.kind(ahead + length) {
            Some(Kind::Comma) => self.is_day(ahead + length + 1),
            kind => matches!(kind, None | Some(Kind::Semicolon | Kind::Fallback)),
        };
        length > 2 && dashes == 1 && ends
    }

    /// Days of another kind after the hours, which nothing of their own follows, belong to the part
    /// (`Mo-Fr 09:00-18:00 Dec`).
    pub(super) fn later_days(&mut self, days: &mut Days) -> Result<bool, Problem> {
        let place = self.place();
        let mut later = Days::default();
        self.selectors(&mut later)?;
        let ends =
            matches!(self.kind(0), None | Some(Kind::Comma | Kind::Semicolon | Kind::Fallback));
        if self.place() == place || !ends || !days.take_other_kinds(later) {
            self.go_back(place);
            return Ok(false);
        }
        self.translated = true;
        Ok(true)
    }

    /// A comma where only days were read so far: they belong to what comes next.
    pub(super) fn comma_after_days(&mut self, draft: &mut Draft) -> Result<(), Problem> {
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

/// Whether days are single dates or holidays, which no weekday or month narrows.
fn is_specific(days: &Days) -> bool {
    days.dates.iter().any(|range| matches!(range, DateRange::Days { .. }))
        || days.holidays().next().is_some()
}
