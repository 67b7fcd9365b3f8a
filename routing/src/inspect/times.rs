//! Sets of moments: disjoint stretches in order, each from its beginning to before its end.

use chrono::{DateTime, Utc};

/// A stretch of time: from (inclusive) until (exclusive).
pub(crate) type Period = (DateTime<Utc>, DateTime<Utc>);

/// Disjoint stretches in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Times(Vec<Period>);

impl Times {
    /// One stretch; none when it is empty.
    pub(crate) fn one(from: DateTime<Utc>, until: DateTime<Utc>) -> Self {
        Self::of(vec![(from, until)])
    }

    /// Stretches in any order, which may overlap.
    pub(crate) fn of(mut stretches: Vec<Period>) -> Self {
        stretches.retain(|(from, until)| from < until);
        stretches.sort_unstable();
        stretches.dedup_by(|next, kept| {
            let touches = next.0 <= kept.1;
            if touches {
                kept.1 = kept.1.max(next.1);
            }
            touches
        });
        Self(stretches)
    }

    /// When something holds between `from` and `until` that changes at the `changes` only.
    pub(crate) fn when(
        (from, until): Period,
        mut changes: Vec<DateTime<Utc>>,
        holds: impl Fn(DateTime<Utc>) -> bool,
    ) -> Self {
        changes.retain(|at| from < *at && *at < until);
        changes.push(from);
        changes.sort_unstable();
        changes.dedup();
        let ends = changes.iter().copied().skip(1).chain([until]);
        Self::of(changes.iter().copied().zip(ends).filter(|(from, _)| holds(*from)).collect())
    }

    /// In order; no two touch.
    pub(crate) fn stretches(&self) -> &[Period] {
        &self.0
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is in both.
    #[must_use]
    pub(crate) fn intersection(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Vec::new();
        while let (Some(first), Some(second)) = (a.peek(), b.peek()) {
            let (from, until) = (first.0.max(second.0), first.1.min(second.1));
            if from < until {
                both.push((from, until));
            }
            if first.1 < second.1 {
                a.next()
            } else {
                b.next()
            };
        }
        Self(both)
    }

    /// What is in this and not in the other.
    #[must_use]
    pub(crate) fn without(&self, other: &Self) -> Self {
        let mut rest = Vec::new();
        let mut cuts = other.0.iter().peekable();
        for (from, until) in &self.0 {
            let mut from = *from;
            while cuts.next_if(|cut| cut.1 <= from).is_some() {}
            let mut ahead = cuts.clone();
            while let Some(cut) = ahead.next_if(|cut| cut.0 < *until) {
                if from < cut.0 {
                    rest.push((from, cut.0));
                }
                from = from.max(cut.1);
            }
            if from < *until {
                rest.push((from, *until));
            }
        }
        Self(rest)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(minute * 60, 0).unwrap()
    }

    fn times(pairs: &[(i64, i64)]) -> Times {
        Times::of(pairs.iter().map(|(from, until)| (at(*from), at(*until))).collect())
    }

    fn has(times: &Times, minute: i64) -> bool {
        times.0.iter().any(|(from, until)| *from <= at(minute) && at(minute) < *until)
    }

    proptest! {
        #[test]
        fn each_minute_is_where_it_belongs(
            a in prop::collection::vec((0_i64..40, 0_i64..40), 0..6),
            b in prop::collection::vec((0_i64..40, 0_i64..40), 0..6),
        ) {
            let (a, b) = (times(&a), times(&b));
            for minute in -1..41 {
                let (in_a, in_b) = (has(&a, minute), has(&b, minute));
                prop_assert_eq!(has(&a.intersection(&b), minute), in_a && in_b);
                prop_assert_eq!(has(&a.without(&b), minute), in_a && !in_b);
            }
            for set in [a.intersection(&b), a.without(&b)] {
                prop_assert!(set.0.iter().all(|(from, until)| from < until));
                prop_assert!(set.0.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            }
        }
    }
}
