//! The condition on a sticky share of users.

use std::any::Any;

use chrono::{DateTime, Utc};

use super::kind::{Asked, Compared, Holds, Kind};
use super::listed::{FromRow, RuleContext};
use crate::hash::SplitKey;
use crate::packed::packed_struct;
use crate::rows::reader::{Empty, RowReader};

/// Words behind the number.
const UNITS: [&str; 7] = ["percent", "per cent", "pct", "prozent", "퍼센트", "프로", "パーセント"];

/// `Percent`: the user's place on the line that `split` cuts is below this share.
#[derive(Debug, Clone, Copy)]
pub(super) struct Percent {
    /// 0 to 100.
    pub below: f64,
    /// Which shuffle of users.
    pub split: SplitKey,
}

packed_struct!(Percent { below, split });

impl FromRow for Percent {
    const NAMES_USERS: bool = false;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        let good = |n: f64| (0.0..=100.0).contains(&n);
        let expected = "a number from 0 to 100";
        let below = reader.number(attribute, Empty::IsError, expected, &UNITS, good)?;
        Some(Self { below, split: SplitKey::new(reading.split) })
    }
}

impl Kind for Percent {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        (self.split.place(&asked.session.client_user_id) < self.below).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let place = self.split.place(&asked.session.client_user_id);
        Compared { expected: format!("below {}", self.below), found: format!("{place:.4}") }
    }

    fn splits_users(&self) -> bool {
        true
    }

    fn never_holds(&self, negated: bool, _now: DateTime<Utc>) -> Option<&'static str> {
        if !negated && self.below <= 0.0 {
            Some(
                "means 0 % of users, so the rule never matches; write a higher number, or disable \
                the rule",
            )
        } else if negated && self.below >= 100.0 {
            Some(
                "excludes 100 % of users, so the rule never matches; write a lower number, or \
                disable the rule",
            )
        } else {
            None
        }
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other
            .downcast_ref::<Self>()
            .is_some_and(|other| self.split == other.split && self.below <= other.below)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rows::Fact;
    use crate::rows::condition::tests::conditions;
    use crate::session::Session;

    /// The place on the line is from 0 inclusive: a share ends before the user who stands at its
    /// very end.
    #[test]
    fn a_share_ends_before_its_end() {
        let (session, split) = (Session::new("s", "user-1", 1, 1), SplitKey::new("trial"));
        let now = DateTime::UNIX_EPOCH;
        let asked = Asked { session: &session, now, customer: &Fact::Unknown };
        let place = split.place("user-1");
        for (below, holds) in [(place, Holds::No), (place.next_up(), Holds::Yes)] {
            assert_eq!(Percent { below, split }.holds(&asked), holds, "{below}");
        }
    }

    #[test]
    fn words_behind_a_share() {
        for name in ["Percent", "NotPercent"] {
            for typed in ["10 percent", "10퍼센트"] {
                let findings = conditions(&json!({ name: typed })).unwrap_err();
                assert!(findings[0].contains("; write `10`"), "{name}: {findings:?}");
            }
        }
    }
}
