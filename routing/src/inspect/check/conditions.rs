//! Sets of conditions, compared by what stands in the rows, so that rules find each other without
//! comparing each with each.

use std::hash::{Hash, Hasher};

use siphasher::sip::SipHasher24;

use super::checked::Checked;
use crate::rows::Row;
use crate::rows::condition::CONDITIONS;
use crate::snapshot::LinkedRule;

/// With so many conditions or fewer, all sets of some of them are tried.
const MAX_CONDITIONS: usize = 6;

/// A set of conditions: a hash of each, in order.
pub(super) type ConditionSet = Vec<u64>;

/// Of a rule's conditions on the request (not on time): the whole set first, then every set of
/// some of them, the empty one last. With very many conditions, the single ones only.
pub(super) fn condition_sets(checked: &Checked<'_>, linked: &LinkedRule) -> Vec<ConditionSet> {
    let of_time = |attribute: &str| {
        let conditions = &linked.rule.conditions;
        conditions
            .iter()
            .any(|condition| condition.attribute == attribute && condition.test.kind().is_of_time())
    };
    match checked.in_force(&linked.rule.id) {
        Some(row) => subsets(&hashes(row, |attribute| !of_time(attribute))),
        None => Vec::new(),
    }
}

/// All sets of some of a row's conditions, as [`condition_sets`], those on time too.
pub(super) fn sets_of_row(row: &Row) -> Vec<ConditionSet> {
    subsets(&hashes(row, |_| true))
}

fn hashes(row: &Row, wanted: impl Fn(&str) -> bool) -> ConditionSet {
    let names = CONDITIONS.iter().flat_map(|(plain, not)| [*plain, *not]);
    let hashed = names.filter(|name| wanted(name)).filter_map(|name| {
        let mut hasher = SipHasher24::new();
        (name, row.get(name)?).hash(&mut hasher);
        // The same hours in another zone are others, and without a key of its own a share of
        // users is the rule's own.
        (row.get("TimeZone"), row.get("HolidayCountry")).hash(&mut hasher);
        let shares = name.ends_with("Percent") || name.ends_with("AnyOf");
        if shares {
            row.get("PercentKey").or_else(|| row.get("RuleId")).hash(&mut hasher);
        }
        Some(hasher.finish())
    });
    let mut set: ConditionSet = hashed.collect();
    set.sort_unstable();
    set
}

fn subsets(whole: &ConditionSet) -> Vec<ConditionSet> {
    if whole.len() > MAX_CONDITIONS {
        let single = whole.iter().map(|condition| vec![*condition]);
        return std::iter::once(whole.clone()).chain(single).chain([Vec::new()]).collect();
    }
    let all = 1_usize << whole.len();
    let some = |mask: usize| {
        let is_in = |place: &usize| mask & (1 << place) != 0;
        let places = (0..whole.len()).filter(is_in);
        places.filter_map(|place| whole.get(place).copied()).collect()
    };
    (0..all).rev().map(some).collect()
}
