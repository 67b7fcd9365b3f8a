//! Each condition by itself: `NotX` is its exact opposite, and when nobody knows, neither holds.

use std::collections::BTreeMap;

use chrono::DateTime;
use routing::rows::condition::{Asked, CONDITIONS, Holds};
use routing::rows::{Fact, Rows};
use routing::session::Session;
use routing::snapshot::Snapshot;
use serde_json::Value;

use super::clock::local;
use super::maker::rules::pairs;
use super::world::World;
use super::worlds::world;
use super::{defaults, known, row, rows};

/// Worlds tried: each with twenty conditions, six requests, and four states of the customer's row.
const WORLDS: u64 = 150;

/// How often a condition held, did not, and could not be told.
#[derive(Debug, Default)]
struct Seen {
    yes: u32,
    no: u32,
    unknown: u32,
}

fn snapshot(world: &World, rules: &[Value], now: i64) -> Snapshot {
    let calendars = rows(&world.calendars);
    let rows = Rows { rules: rules.iter().map(row).collect(), calendars, ..Rows::default() };
    let now = DateTime::from_timestamp(now * 60, 0).unwrap();
    Snapshot::compile(&rows, &defaults(world), now)
}

#[test]
fn each_condition_and_its_negation_are_exact_opposites() {
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    for seed in 0..WORLDS {
        let world = world(seed);
        // Each condition as a rule, and its negation as the next one.
        let rules = pairs(seed, local("UTC", world.requests[0].now).date());
        let snapshot = snapshot(&world, &rules, world.requests[0].now);
        assert_eq!(snapshot.rules().len(), rules.len(), "{:?}", snapshot.findings());
        for request in &world.requests {
            let session = Session::new("s", &*request.user, 1, request.app)
                .on_platform(request.platform)
                .from_ip(request.address)
                .with_customer_service(request.account.map(str::to_owned));
            let now = DateTime::from_timestamp(request.now * 60 + 59, 0).unwrap();
            let customers = [known(&world, request), Fact::Is(None), Fact::Unknown, Fact::NotRead];
            for customer in &customers {
                let asked = Asked { session: &session, now, customer };
                for pair in snapshot.rules().chunks_exact(2) {
                    let [plain, not] = [&pair[0].rule.conditions, &pair[1].rule.conditions];
                    assert_eq!((plain.len(), not.len()), (1, 1));
                    let (plain, not) = (&plain[0], &not[0]);
                    let (holds, opposite) = (plain.holds(&asked), not.holds(&asked));
                    let name = plain.attribute;
                    let expected = match holds {
                        Holds::Yes => Holds::No,
                        Holds::No => Holds::Yes,
                        unknown => unknown,
                    };
                    assert_eq!(opposite, expected, "seed {seed} {} {asked:?}", pair[0].rule.id);
                    let of_customer = matches!(name, "Segments" | "Languages" | "Customer");
                    let is_known = matches!(customer, Fact::Is(_));
                    if of_customer && !is_known {
                        assert!(!matches!(holds, Holds::Yes | Holds::No), "{name} {customer:?}");
                    }
                    if is_known || !of_customer && name != "AnyOf" {
                        assert!(matches!(holds, Holds::Yes | Holds::No), "{name} {customer:?}");
                    }
                    let seen = seen.entry(name).or_default();
                    match holds {
                        Holds::Yes => seen.yes += 1,
                        Holds::No => seen.no += 1,
                        Holds::Unknown | Holds::NeedsCustomer => seen.unknown += 1,
                    }
                }
            }
        }
    }
    for (name, _) in CONDITIONS {
        let Some(seen) = seen.get(name) else { panic!("`{name}` is not tried") };
        assert!(seen.yes > 0 && seen.no > 0, "`{name}` {seen:?}");
        let asks = matches!(*name, "Segments" | "Languages" | "Customer" | "AnyOf");
        assert_eq!(seen.unknown > 0, asks, "`{name}` {seen:?}");
    }
}
