//! Which rules a user can match at all, found without trying each: by the whole id, by how it
//! begins, or by a segment.
//!
//! A rule is filed under one condition that names users. Those that name none may match anybody,
//! and are tried in their order as ever, so that the result is the plain first match's.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::rows::condition::{Condition, Reach};
use crate::rows::rule::Rule;
use crate::rows::{Customer, Fact};

/// Rules by the users whom they name; each by its place in the order.
#[derive(Debug, Default)]
pub(crate) struct Index {
    anybody: Vec<usize>,
    ids: HashMap<Box<str>, Vec<usize>>,
    prefixes: HashMap<Box<str>, Vec<usize>>,
    /// The lengths of all prefixes, in bytes, each once.
    prefix_lengths: Vec<usize>,
    segments: HashMap<Box<str>, Vec<usize>>,
    /// All rules under `segments`, for as long as the customer is not read.
    by_segment: Vec<usize>,
}

impl Index {
    /// An index of rules in their order.
    pub(crate) fn new<'a>(rules: impl Iterator<Item = &'a Rule>) -> Self {
        let mut index = Self::default();
        for (place, rule) in rules.enumerate() {
            index.file(place, rule);
        }
        index.prefix_lengths = index.prefixes.keys().map(|prefix| prefix.len()).collect();
        index.prefix_lengths.sort_unstable();
        index.prefix_lengths.dedup();
        index
    }

    fn file(&mut self, place: usize, rule: &Rule) {
        let reaches = || rule.conditions.iter().map(Condition::reach);
        let under = |map: &mut HashMap<Box<str>, Vec<usize>>, names: &[Box<str>]| {
            for name in names {
                let places = map.entry(name.clone()).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        };
        // Under the narrowest: whole ids, else beginnings, else segments.
        let narrowest = reaches().min_by_key(|reach| match reach {
            Reach::Users(_) => 0,
            Reach::Prefixes(_) => 1,
            Reach::Segments(_) => 2,
            Reach::Anyone => 3,
        });
        match narrowest.unwrap_or(Reach::Anyone) {
            Reach::Users(ids) => under(&mut self.ids, ids),
            Reach::Prefixes(prefixes) => under(&mut self.prefixes, prefixes),
            Reach::Segments(segments) => {
                under(&mut self.segments, segments);
                self.by_segment.push(place);
            }
            Reach::Anyone => self.anybody.push(place),
        }
    }

    /// The places of the rules that this user may match, in order.
    pub(crate) fn candidates(
        &self,
        user: &str,
        customer: &Fact<Option<Customer>>,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = usize> {
        let mut named: Vec<usize> = Vec::new();
        named.extend(self.ids.get(user).into_iter().flatten());
        let beginnings = self
            .prefix_lengths
            .iter()
            .map_while(|length| (*length <= user.len()).then(|| user.get(..*length)));
        named.extend(
            beginnings.flatten().filter_map(|beginning| self.prefixes.get(beginning)).flatten(),
        );
        match customer {
            Fact::NotRead => named.extend(&self.by_segment),
            Fact::Is(Some(customer)) => {
                let current = customer
                    .segments
                    .iter()
                    .filter(|(_, until)| until.is_none_or(|until| now < until));
                named.extend(
                    current.filter_map(|(name, _)| self.segments.get(name.as_str())).flatten(),
                );
            }
            // Nobody is in a segment as far as is known, so these rules cannot match.
            Fact::Is(None) | Fact::Unknown => {}
        }
        named.sort_unstable();
        named.dedup();
        merged(&self.anybody, named)
    }
}

/// Two ascending lists without a common entry as one.
fn merged(a: &[usize], b: Vec<usize>) -> impl Iterator<Item = usize> {
    let (mut a, mut b) = (a.iter().copied().peekable(), b.into_iter().peekable());
    std::iter::from_fn(move || match (a.peek(), b.peek()) {
        (Some(first), Some(second)) if second < first => b.next(),
        (Some(_), _) => a.next(),
        (None, _) => b.next(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rows::Defaults;
    use crate::rows::{Rows, row_from_json};
    use crate::snapshot::Snapshot;

    #[test]
    fn users_find_the_rules_that_name_them() {
        let rules = [
            json!({ "Platforms": ["iOS"] }),
            json!({ "ClientUserIds": ["ann", "bob"] }),
            json!({ "ClientUserIdPrefixes": ["a", "an", "ü"] }),
            json!({ "Segments": ["vip", "early"] }),
            json!({ "NotClientUserIds": ["ann"] }),
            json!({ "ClientUserIds": ["ann"], "Segments": ["vip"] }),
            json!({ "NotSegments": ["vip"] }),
        ];
        let rules = rules.into_iter().enumerate().map(|(place, mut rule)| {
            (rule["RuleId"], rule["Priority"], rule["AgentGroupId"]) =
                (place.to_string().into(), place.into(), 1.into());
            row_from_json(rule.as_object().unwrap().clone())
        });
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let defaults = Defaults {
            time_zone: chrono_tz::UTC,
            holiday_country: None,
            customers: true,
            assignments: false,
        };
        let snapshot = Snapshot::compile(
            &Rows { rules: rules.collect(), ..Rows::default() },
            &defaults,
            now,
            None,
        );
        let index = Index::new(snapshot.rules().iter().map(|linked| linked.rule.as_ref()));
        let with = |segments: &[(&str, i64)]| {
            let until = |seconds| DateTime::from_timestamp(1_795_000_000 + seconds, 0);
            let segments = segments
                .iter()
                .map(|(name, seconds)| ((*name).to_owned(), until(*seconds)))
                .collect();
            Fact::Is(Some(Customer { segments, ..Customer::default() }))
        };
        for (user, customer, expected) in [
            ("zoe", Fact::NotRead, vec![0, 3, 4, 6]),
            ("zoe", Fact::Unknown, vec![0, 4, 6]),
            ("zoe", Fact::Is(None), vec![0, 4, 6]),
            ("zoe", with(&[("vip", 1)]), vec![0, 3, 4, 6]),
            ("zoe", with(&[("vip", 0)]), vec![0, 4, 6]),
            ("ann", Fact::Is(None), vec![0, 1, 2, 4, 5, 6]),
            ("bob", with(&[("vip", 1), ("early", 1)]), vec![0, 1, 3, 4, 6]),
            ("ünal", Fact::Is(None), vec![0, 2, 4, 6]),
            ("日本", Fact::Is(None), vec![0, 4, 6]),
            ("", Fact::Is(None), vec![0, 4, 6]),
        ] {
            assert_eq!(
                index.candidates(user, &customer, now).collect::<Vec<_>>(),
                expected,
                "{user} {customer:?}"
            );
        }
    }
}
