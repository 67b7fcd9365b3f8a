//! Places of rules in their order, without those that the clock rules out; and several such lists
//! merged.

use std::sync::{Arc, RwLock};

use chrono::{DateTime, TimeDelta, Utc};

use crate::rows::Fact;
use crate::rows::condition::{Asked, Condition, Holds};
use crate::rows::rule::Rule;
use crate::session::Session;

/// From how many rules on it pays to leave out those that the clock rules out.
const MANY: usize = 16;

/// Rules by their places, ascending, each once.
#[derive(Debug, Default)]
pub(super) struct Places {
    all: Vec<usize>,
    open: RwLock<Open>,
}

/// The rules of a list that the clock leaves in a minute.
#[derive(Debug, Default)]
enum Open {
    /// Nobody asked yet.
    #[default]
    Never,
    /// One request asked in this minute (since 1970). It tries the rules one by one, and stops at
    /// the first that matches, which is quicker than to look at the hours of all.
    Once(i64),
    /// More came in this minute: these are left.
    Left(i64, Arc<[usize]>),
}

impl Places {
    /// Adds a rule that comes after all others.
    pub(super) fn push(&mut self, place: usize) {
        if self.all.last() != Some(&place) {
            self.all.push(place);
        }
    }

    /// All places, whatever the time.
    pub(super) fn all(&self) -> List<'_> {
        List::All(&self.all)
    }

    /// Those that may hold at `now`; `rule` gives the rule of a place.
    pub(super) fn at<'a>(
        &'a self,
        now: DateTime<Utc>,
        rule: impl Fn(usize) -> Option<&'a Rule>,
    ) -> List<'a> {
        if self.all.len() < MANY {
            return self.all();
        }
        let minute = now.timestamp().div_euclid(60);
        let is_second = match self.open.read().as_deref() {
            Ok(Open::Left(of, left)) if *of == minute => return List::Left(Arc::clone(left)),
            Ok(Open::Once(of)) => *of == minute,
            Ok(_) => false,
            // Not reached: nothing panics while it holds the lock.
            Err(_) => return self.all(),
        };
        let new = if is_second {
            let may_hold = |place: &&usize| rule(**place).is_some_and(|rule| may(rule, minute));
            Open::Left(minute, self.all.iter().filter(may_hold).copied().collect())
        } else {
            Open::Once(minute)
        };
        let list = match &new {
            Open::Left(_, left) => List::Left(Arc::clone(left)),
            Open::Never | Open::Once(_) => self.all(),
        };
        if let Ok(mut open) = self.open.write() {
            *open = new;
        }
        list
    }
}

/// Whether the clock leaves the rule in some part of this minute. Hours change by whole minutes,
/// and the other conditions on the clock change once: what fails at both ends fails between them.
fn may(rule: &Rule, minute: i64) -> bool {
    let Some(start) = DateTime::from_timestamp(minute.saturating_mul(60), 0) else { return true };
    let end = start + TimeDelta::seconds(60) - TimeDelta::nanoseconds(1);
    let nobody = Session::new(String::new(), String::new(), 0, 0);
    let fails = |condition: &Condition, now: DateTime<Utc>| {
        let asked = Asked { session: &nobody, now, customer: &Fact::NotRead };
        condition.holds(&asked) == Holds::No
    };
    let of_clock = |condition: &&Condition| {
        let kind = condition.test.kind();
        // Several conditions in one may change more than once in a minute.
        kind.is_of_time() && kind.maps().is_empty()
    };
    !rule
        .conditions
        .iter()
        .filter(of_clock)
        .any(|condition| fails(condition, start) && fails(condition, end))
}

/// Ascending places.
#[derive(Debug)]
pub(super) enum List<'a> {
    All(&'a [usize]),
    Left(Arc<[usize]>),
}

impl List<'_> {
    fn get(&self, position: usize) -> Option<usize> {
        match self {
            Self::All(places) => places.get(position),
            Self::Left(places) => places.get(position),
        }
        .copied()
    }
}

/// Ascending lists as one, each place once. Only as far as it is read: a match ends the search.
#[derive(Debug, Default)]
pub(super) struct Merged<'a> {
    /// Each with how many of it are done.
    lists: Vec<(List<'a>, usize)>,
}

impl<'a> Merged<'a> {
    /// Adds a list.
    pub(super) fn add(&mut self, list: List<'a>) {
        if list.get(0).is_some() {
            self.lists.push((list, 0));
        }
    }

    /// Adds lists.
    pub(super) fn extend(&mut self, lists: impl IntoIterator<Item = List<'a>>) {
        lists.into_iter().for_each(|list| self.add(list));
    }
}

impl Iterator for Merged<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let next = self.lists.iter().filter_map(|(list, done)| list.get(*done)).min()?;
        for (list, done) in &mut self.lists {
            if list.get(*done) == Some(next) {
                *done += 1;
            }
        }
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rows::{Defaults, Rows, row_from_json};
    use crate::snapshot::Snapshot;

    fn list(places: &[usize]) -> List<'_> {
        List::All(places)
    }

    #[test]
    fn lists_are_merged_in_order_each_place_once() {
        let mut merged = Merged::default();
        merged.extend([list(&[2, 5, 9]), list(&[]), list(&[0, 5]), list(&[5, 7])]);
        assert_eq!(merged.collect::<Vec<_>>(), [0, 2, 5, 7, 9]);
        assert_eq!(Merged::default().next(), None);
    }

    #[test]
    fn from_the_second_request_of_a_minute_on_closed_rules_are_left_out() {
        let conditions = [
            json!({ "Hours": "09:00-18:00" }),
            json!({ "NotHours": "09:00-18:00" }),
            json!({ "ValidFrom": "2026-11-24T18:00:30Z" }),
            json!({ "ValidUntil": "2026-11-24T17:59:30Z" }),
            json!({ "AnyOf": [{ "Hours": "09:00-18:00" }] }),
        ];
        let row = |mut row: serde_json::Value, place: usize| {
            (row["RuleId"], row["Priority"], row["AgentGroupId"]) =
                (place.to_string().into(), place.into(), 1.into());
            row_from_json(row.as_object().unwrap().clone())
        };
        let rules = conditions.into_iter().cycle().take(20).enumerate();
        let rows = Rows {
            rules: rules.map(|(place, json)| row(json, place)).collect(),
            ..Rows::default()
        };
        let defaults = Defaults {
            time_zone: crate::hours::Zone::utc(),
            holiday_country: None,
            customers: false,
            assignments: false,
        };
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = at("2026-11-24T17:59:00Z");
        let snapshot = Snapshot::compile(&rows, &defaults, now);
        let rule = |place: usize| Some(&snapshot.rules().get(place)?.rule);
        let mut places = Places::default();
        (0..20).for_each(|place| places.push(place));
        let left = |now: &str| {
            let mut merged = Merged::default();
            merged.add(places.at(at(now), rule));
            merged.collect::<Vec<_>>()
        };
        let of = |kinds: &[usize]| -> Vec<usize> {
            (0..20).filter(|place| kinds.contains(&(place % 5))).collect()
        };
        let all = of(&[0, 1, 2, 3, 4]);
        // The end at 17:59:30 may still be ahead, whenever in this minute it was asked first.
        assert_eq!(left("2026-11-24T17:59:40Z"), all, "the first request tries all");
        assert_eq!(left("2026-11-24T17:59:50Z"), of(&[0, 3, 4]));
        assert_eq!(left("2026-11-24T17:59:10Z"), of(&[0, 3, 4]));
        assert_eq!(left("2026-11-24T18:00:10Z"), all);
        assert_eq!(left("2026-11-24T18:00:10Z"), of(&[1, 2, 4]));
        assert_eq!(left("2026-11-24T18:00:40Z"), of(&[1, 2, 4]));
    }
}
