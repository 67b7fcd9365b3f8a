//! Whatever the rows are, a decision comes to an end.

use proptest::prelude::*;
use routing::decide::{
    Decision, FactSource, Known, LastAgent, Reason, Rotation, Tracing, Wanted, run_ready,
};
use routing::rows::{Customer, Fact};

use super::rows::{AGENT_NAMES, CALENDAR_NAMES, RULE_NAMES, any_row};
use super::{at, compile, session};
use testing::question;

/// Facts of which each is asked for once at most, and what was asked for.
#[derive(Debug, PartialEq)]
struct Once {
    facts: Known,
    reads: Vec<Wanted>,
    rotation: Option<Rotation>,
}

impl FactSource for Once {
    async fn read(&mut self, wanted: Wanted, known: &mut Known) {
        assert!(!wanted.customer || known.customer.is_not_read());
        assert!(!wanted.earlier || known.earlier.is_not_read());
        assert!(!wanted.last_agent || known.last_agent.is_not_read());
        assert!(wanted.customer || wanted.earlier || wanted.last_agent);
        self.reads.push(wanted);
        self.facts.read(wanted, known).await;
    }

    async fn take_turn(&mut self, rotation: &Rotation) -> Fact<Vec<usize>> {
        let weights = rotation.weights();
        assert!(weights.len() > 1 && weights.iter().all(|weight| *weight > 0));
        assert_eq!(self.rotation.replace(rotation.clone()), None);
        self.facts.take_turn(rotation).await
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn decide_never_panics_on_arbitrary_rows(
        rules in prop::collection::vec(any_row("RuleId", "[a-d]", &RULE_NAMES), 0..6),
        agents in prop::collection::vec(
            any_row("AgentId", "ann|bob|[a-z]{1,3}", &AGENT_NAMES),
            0..6,
        ),
        calendars in prop::collection::vec(any_row("CalendarId", "c|d", &CALENDAR_NAMES), 0..3),
        user in ".{1,10}", minute in -4_000_000_i64..4_000_000, ip in ".{0,12}",
    ) {
        let snapshot = compile(&rules, &agents, &calendars);
        let session = session("s", &user).from_ip(Some(&ip)).on_platform(Some(&ip));
        let customer = Customer { owner: Some("ann".into()), ..Customer::default() };
        let all =
            |customer, earlier, last_agent, turn| Known { customer, earlier, last_agent, turn };
        let last = LastAgent { agent_id: "bob".into(), served_at: at(minute - 1) };
        let earlier = Decision::fallback(Reason::Fault, Some(1));
        for facts in [
            all(Fact::Unknown, Fact::Unknown, Fact::Unknown, Fact::Unknown),
            all(Fact::Is(None), Fact::Is(None), Fact::Is(None), Fact::Is(vec![])),
            all(
                Fact::Is(Some(customer.clone())),
                Fact::Is(None),
                Fact::Unknown,
                Fact::Unknown,
            ),
            all(
                Fact::Is(Some(customer)),
                Fact::Is(None),
                Fact::Is(Some(last)),
                Fact::Is(vec![1, 0, usize::MAX]),
            ),
            all(Fact::Is(None), Fact::Is(Some(earlier)), Fact::Unknown, Fact::Unknown),
        ] {
            let question = question(&snapshot, &session, at(minute));
            let decided = |tracing| {
                let mut source = Once { facts: facts.clone(), reads: vec![], rotation: None };
                (run_ready(&question, &mut source, tracing), source)
            };
            let (by_index, asked) = decided(Tracing::WithoutRule);
            // Nothing is asked for twice, so the steps come to an end.
            prop_assert!(by_index.decision.reason != Reason::Fault);
            for tracing in [Tracing::RuleByRule, Tracing::Full] {
                let (other, asked_then) = decided(tracing);
                prop_assert_eq!(&by_index.decision, &other.decision, "the trace changes nothing");
                prop_assert_eq!(&by_index.known, &other.known);
                prop_assert_eq!(&asked, &asked_then, "the same is asked for");
            }
        }
        for finding in snapshot.findings() {
            prop_assert!(finding.found.as_ref().is_none_or(|found| found.chars().count() <= 101));
        }
    }
}
