//! Which rules a request can match at all, found without trying each.
//!
//! A rule is filed under its narrowest condition: whole user ids, an address range, how an id
//! begins, an account, a segment, or a platform. Those that have none of these may match anybody.
//! Of many rules in one place, those whose hours are closed (or whose dates are over) are left out
//! for the minute. All that are found are tried in their order as ever, so that the result is the
//! plain first match's.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;

use chrono::{DateTime, Utc};
use ipnet::IpNet;

use super::places::{Merged, Places};
use crate::rows::condition::{Condition, Reach};
use crate::rows::rule::Rule;
use crate::rows::{Customer, Fact};
use crate::session::Session;

/// Rules by whom they can match; each by its place in the order.
#[derive(Debug, Default)]
pub(crate) struct Index {
    anybody: Places,
    users: HashMap<Box<str>, Places>,
    addresses: HashMap<IpNet, Places>,
    /// The lengths of all ranges, in bits, each once; first IPv4's, then IPv6's.
    address_lengths: [Vec<u8>; 2],
    prefixes: HashMap<Box<str>, Places>,
    /// The lengths of all prefixes, in bytes, each once.
    prefix_lengths: Vec<usize>,
    accounts: HashMap<Box<str>, Places>,
    segments: HashMap<Box<str>, Places>,
    /// All rules under `segments`, for as long as the customer is not read.
    by_segment: Places,
    platforms: HashMap<Box<str>, Places>,
}

impl Index {
    /// An index of rules in their order.
    pub(crate) fn new<'a>(rules: impl Iterator<Item = &'a Rule>) -> Self {
        let mut index = Self::default();
        for (place, rule) in rules.enumerate() {
            let reaches = rule.conditions.iter().map(Condition::reach);
            let narrowest = reaches.min_by_key(Reach::width).unwrap_or(Reach::Anyone);
            index.file(place, &narrowest);
        }
        index.prefix_lengths = each_once(index.prefixes.keys().map(|prefix| prefix.len()));
        let lengths = |is_v4: bool| {
            let ranges = index.addresses.keys();
            let of_kind = ranges.filter(|range| matches!(range, IpNet::V4(_)) == is_v4);
            each_once(of_kind.map(IpNet::prefix_len))
        };
        index.address_lengths = [lengths(true), lengths(false)];
        index
    }

    fn file(&mut self, place: usize, reach: &Reach<'_>) {
        match reach {
            Reach::Users(ids) => under(&mut self.users, ids.iter().cloned(), place),
            Reach::Addresses(ranges) => {
                under(&mut self.addresses, ranges.iter().map(IpNet::trunc), place);
            }
            Reach::Prefixes(prefixes) => {
                under(&mut self.prefixes, prefixes.iter().cloned(), place);
            }
            Reach::Accounts(ids) => under(&mut self.accounts, ids.iter().cloned(), place),
            Reach::Segments(names) => {
                under(&mut self.segments, names.iter().cloned(), place);
                self.by_segment.push(place);
            }
            Reach::Platforms(names) => {
                let names = names.iter().map(|name| name.as_str().into());
                under(&mut self.platforms, names, place);
            }
            Reach::Anyone => self.anybody.push(place),
            // One part that anybody may match makes the whole so.
            Reach::Any(_) if reach.width() == Reach::Anyone.width() => self.anybody.push(place),
            Reach::Any(reaches) => reaches.iter().for_each(|reach| self.file(place, reach)),
        }
    }

    /// The places of the rules that this request may match, in order, each once; `rule` gives the
    /// rule of a place.
    pub(crate) fn candidates<'a, R: Fn(usize) -> Option<&'a Rule> + Copy>(
        &'a self,
        session: &Session,
        customer: &Fact<Option<Customer>>,
        now: DateTime<Utc>,
        rule: R,
    ) -> impl Iterator<Item = usize> + use<'a, R> {
        let user = session.client_user_id.as_str();
        let at = move |places: &'a Places| places.at(now, rule);
        let mut found = Merged::default();
        found.add(at(&self.anybody));
        found.extend(self.users.get(user).map(at));
        found.extend(self.of_address(session.client_ip).map(at));
        let beginnings = self
            .prefix_lengths
            .iter()
            .map_while(|length| (*length <= user.len()).then(|| user.get(..*length)));
        let prefixes = beginnings.flatten().filter_map(|beginning| self.prefixes.get(beginning));
        found.extend(prefixes.map(at));
        let account = session.customer_service_id.as_deref();
        found.extend(account.and_then(|id| self.accounts.get(id)).map(at));
        found.extend(self.platforms.get(session.platform_key()).map(at));
        match customer {
            Fact::NotRead => found.add(at(&self.by_segment)),
            Fact::Is(Some(customer)) => {
                let rules = customer.segments_at(now).filter_map(|name| self.segments.get(name));
                found.extend(rules.map(at));
            }
            // Nobody is in a segment as far as is known, so these rules cannot match.
            Fact::Is(None) | Fact::Unknown => {}
        }
        found
    }

    /// The rules with a range that the address is in.
    fn of_address(&self, address: Option<IpAddr>) -> impl Iterator<Item = &Places> {
        let [v4, v6] = &self.address_lengths;
        let lengths = match address {
            Some(IpAddr::V4(_)) => v4.as_slice(),
            Some(IpAddr::V6(_)) => v6.as_slice(),
            None => &[],
        };
        let ranges = lengths.iter().filter_map(move |length| {
            IpNet::new(address?, *length).ok().map(|range| range.trunc())
        });
        ranges.filter_map(|range| self.addresses.get(&range))
    }
}

/// Files a rule under each of the names.
fn under<K: Hash + Eq>(map: &mut HashMap<K, Places>, names: impl Iterator<Item = K>, place: usize) {
    for name in names {
        map.entry(name).or_default().push(place);
    }
}

/// The entries in order, each once.
fn each_once<T: Ord>(entries: impl Iterator<Item = T>) -> Vec<T> {
    let mut entries: Vec<T> = entries.collect();
    entries.sort_unstable();
    entries.dedup();
    entries
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rows::Defaults;
    use crate::rows::{Rows, row_from_json};
    use crate::session::Session;
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
            json!({ "ClientIps": ["203.0.113.0/24", "2001:db8::/32"], "Platforms": ["iOS"] }),
            json!({ "CustomerServiceIds": ["shop", "help"] }),
            json!({ "ClientIps": ["203.0.113.7"] }),
        ];
        let rules = rules.into_iter().enumerate().map(|(place, mut rule)| {
            (rule["RuleId"], rule["Priority"], rule["AgentGroupId"]) =
                (place.to_string().into(), place.into(), 1.into());
            row_from_json(rule.as_object().unwrap().clone())
        });
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let defaults = Defaults {
            time_zone: crate::hours::Zone::utc(),
            holiday_country: None,
            customers: true,
            assignments: false,
        };
        let snapshot =
            Snapshot::compile(&Rows { rules: rules.collect(), ..Rows::default() }, &defaults, now);
        let index = Index::new(snapshot.rules().iter().map(|linked| &linked.rule));
        let rule = |place: usize| Some(&snapshot.rules().get(place)?.rule);
        let with = |segments: &[(&str, i64)]| {
            let until = |seconds| DateTime::from_timestamp(1_795_000_000 + seconds, 0);
            let segments = segments
                .iter()
                .map(|(name, seconds)| ((*name).to_owned(), until(*seconds)))
                .collect();
            Fact::Is(Some(Customer { segments, ..Customer::default() }))
        };
        for (user, customer, expected) in [
            ("zoe", Fact::NotRead, vec![3, 4, 6]),
            ("zoe", Fact::Unknown, vec![4, 6]),
            ("zoe", Fact::Is(None), vec![4, 6]),
            ("zoe", with(&[("vip", 1)]), vec![3, 4, 6]),
            ("zoe", with(&[("vip", 0)]), vec![4, 6]),
            ("ann", Fact::Is(None), vec![1, 2, 4, 5, 6]),
            ("bob", with(&[("vip", 1), ("early", 1)]), vec![1, 3, 4, 6]),
            ("ünal", Fact::Is(None), vec![2, 4, 6]),
            ("日本", Fact::Is(None), vec![4, 6]),
            ("", Fact::Is(None), vec![4, 6]),
        ] {
            assert_eq!(
                index
                    .candidates(&Session::new("s", user, 1, 1), &customer, now, rule)
                    .collect::<Vec<_>>(),
                expected,
                "{user} {customer:?}"
            );
        }
        let session = Session::new("s", "zoe", 1, 1);
        let from = |address: &str| session.clone().from_ip(Some(address));
        for (session, expected) in [
            (session.clone().on_platform(Some("iOS")), vec![0, 4, 6]),
            (from("203.0.113.7").on_platform(Some("IOS")), vec![0, 4, 6, 7, 9]),
            (from("203.0.113.8"), vec![4, 6, 7]),
            (from("2001:db8::1"), vec![4, 6, 7]),
            (from("2001:db9::1"), vec![4, 6]),
            (session.clone().with_customer_service(Some("help".into())), vec![4, 6, 8]),
        ] {
            let found = index.candidates(&session, &Fact::Is(None), now, rule);
            assert_eq!(found.collect::<Vec<_>>(), expected, "{session:?}");
        }
    }
}
