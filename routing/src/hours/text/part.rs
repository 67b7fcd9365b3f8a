//! One part of a text: days, hours and `off`, in any order.

use super::super::pattern::DAY;
use super::draft::Draft;
use super::kind::Kind;
use super::parser::{Fill, Parser, Problem, say};

impl Parser<'_> {
    /// Reads one part; `first` = there is none before it.
    pub(super) fn part(&mut self, first: bool) -> Result<Draft, Problem> {
        let mut draft = Draft::default();
        // Where days begin that stand behind hours.
        let mut days_at = None;
        while let Some(kind) = self.kind(0) {
            match kind {
                Kind::Semicolon | Kind::Fallback => break,
                Kind::Comma if draft.is_empty() => self.skip(1),
                // `closed 2026, Dec 24`
                Kind::Comma if draft.has_hours() && draft.days.is_only_years() => {
                    let place = self.place();
                    self.skip(1);
                    if !((draft.off_first || draft.hours_first) && self.is_date()) {
                        self.go_back(place);
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
                // `Mo-Fr 9-18 closed Sat`
                Kind::Off if draft.has_days() && draft.is_open() && self.closes_days(1) => break,
                // `Mo-Fr 9-18 closed 12-13`
                Kind::Off if draft.is_open() && self.closes_hours(1) => {
                    self.translated = true;
                    self.skip(1);
                    self.times(&draft.days, &mut draft.spans)?;
                    if !draft.last_hours_lie_within() {
                        return self.stuck();
                    }
                    draft.close_last_hours();
                }
                // `평일 9-18 12-13 휴무`: not all of it is closed.
                Kind::Off
                    if self.is_translated()
                        && draft.last_hours_lie_within()
                        && self.ends_after(1) =>
                {
                    self.skip(1);
                    draft.close_last_hours();
                }
                // `closed all day`
                Kind::Always if self.is_translated() && draft.off && draft.spans.is_empty() => {
                    self.skip(1);
                }
                // `점심시간 12-13 제외`
                Kind::Off if draft.is_break && !draft.spans.is_empty() => self.skip(1),
                Kind::Off => {
                    let is_alone = self.kind_before() == Some(Kind::Always) && self.ends_after(1);
                    if self.is_translated() && is_alone {
                        draft.spans.clear();
                    }
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
                    let before = self.place();
                    if draft.hours_first {
                        days_at.get_or_insert(before);
                    }
                    self.selectors(&mut draft.days)?;
                    if self.place() == before {
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
        if self.translated {
            self.weekday_of_a_date(&mut draft)?;
        }
        for days in draft.all_days() {
            days.tidy()?;
        }
        Ok(draft)
    }

    /// Whether something is not as opening_hours has it, here or elsewhere.
    pub(super) fn is_translated(&self) -> bool {
        self.translated || self.reading.translated
    }

    /// Whether a part ends so many tokens ahead.
    fn ends_after(&self, ahead: usize) -> bool {
        matches!(self.kind(ahead), None | Some(Kind::Comma | Kind::Semicolon | Kind::Fallback))
    }
}
