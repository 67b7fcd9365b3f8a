//! Sets of conditions, compared by what stands in the rows, so that rules find each other without
//! comparing each with each.

use std::hash::{Hash, Hasher};

use siphasher::sip::SipHasher24;

use super::checked::Checked;
use crate::rows::Row;
use crate::rows::condition::Condition;
use crate::snapshot::LinkedRule;

/// With so many conditions or fewer, all sets of some of them are tried.
const MAX_CONDITIONS: usize = 6;

/// A set of conditions: a hash of each, in order.
pub(super) type ConditionSet = Vec<u64>;

/// Of a rule's conditions on the request (not on time): the whole set first, then every set of
/// some of them, the empty one last. With very many conditions, the single ones only.
pub(super) fn condition_sets(checked: &Checked<'_>, linked: &LinkedRule) -> Vec<ConditionSet> {
    sets(checked, linked, |condition| !condition.test.kind().is_of_time())
}

/// The same of all conditions, those on time too.
pub(super) fn all_condition_sets(checked: &Checked<'_>, linked: &LinkedRule) -> Vec<ConditionSet> {
    sets(checked, linked, |_| true)
}

fn sets(
    checked: &Checked<'_>,
    linked: &LinkedRule,
    wanted: impl Fn(&Condition) -> bool,
) -> Vec<ConditionSet> {
    let Some(row) = checked.in_force(&linked.rule.id) else { return Vec::new() };
    let wanted = linked.rule.conditions.iter().filter(|condition| wanted(condition));
    let mut whole: ConditionSet = wanted.map(|condition| hash(row, condition)).collect();
    whole.sort_unstable();
    subsets(&whole)
}

fn hash(row: &Row, condition: &Condition) -> u64 {
    let mut hasher = SipHasher24::new();
    (condition.attribute, row.get(condition.attribute)).hash(&mut hasher);
    // The same hours in another zone are others.
    (row.get("TimeZone"), row.get("HolidayCountry")).hash(&mut hasher);
    if condition.test.kind().splits_users() {
        // Without a key of its own a share of users is the rule's own.
        row.get("PercentKey").or_else(|| row.get("RuleId")).hash(&mut hasher);
    }
    hasher.finish()
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
