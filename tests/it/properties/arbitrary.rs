//! Whatever the rows are, a decision comes to an end.

use proptest::prelude::*;
use routing::decide::{Decision, Known, LastAgent, Reason, Step, Tracer, decide};
use routing::rows::{Customer, Fact};

use super::rows::{AGENT_NAMES, CALENDAR_NAMES, RULE_NAMES, any_row};
use super::{at, compile, session};
use testing::question;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn decide_never_panics_on_arbitrary_rows(
        rules in prop::collection::vec(any_row("RuleId", "[a-d]", &RULE_NAMES), 0..6),
        agents in prop::collection::vec(any_row("AgentId", "ann|bob|[a-z]{1,3}", &AGENT_NAMES), 0..6),
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
        for known in [
            Known::default(),
            Known { customer: Fact::Unknown, ..Known::default() },
            Known::customer(None),
            Known::customer(Some(customer.clone())),
            all(Fact::Unknown, Fact::Unknown, Fact::Unknown, Fact::Unknown),
            all(Fact::Is(None), Fact::Is(None), Fact::Is(None), Fact::Is(vec![])),
            all(
                Fact::Is(Some(customer)),
                Fact::Is(None),
                Fact::Is(Some(last)),
                Fact::Is(vec![1, 0, usize::MAX]),
            ),
            all(Fact::Is(None), Fact::Is(Some(earlier)), Fact::Unknown, Fact::Unknown),
        ] {
            let question = question(&snapshot, &session, at(minute));
            let step = decide(&question, &known, &mut Tracer::off());
            let traced = decide(&question, &known, &mut Tracer::on());
            prop_assert_eq!(&step, &traced, "the trace changes nothing");
            match step {
                Step::Decided(_) => {}
                // Nothing is asked for twice, so the steps come to an end.
                Step::Read(wanted) => {
                    prop_assert!(!wanted.customer || known.customer.is_not_read());
                    prop_assert!(!wanted.earlier || known.earlier.is_not_read());
                    prop_assert!(!wanted.last_agent || known.last_agent.is_not_read());
                    prop_assert!(wanted.customer || wanted.earlier || wanted.last_agent);
                }
                Step::TakeTurn(rotation) => {
                    prop_assert!(known.turn.is_not_read());
                    let weights = rotation.weights();
                    prop_assert!(weights.len() > 1 && weights.iter().all(|weight| *weight > 0));
                }
            }
        }
        for finding in snapshot.findings() {
            prop_assert!(finding.found.as_ref().is_none_or(|found| found.chars().count() <= 101));
        }
    }
}
