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
        kind.is_of_time() && kind.inner().is_empty()
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
