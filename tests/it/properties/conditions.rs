//! A condition and its `Not`.

use proptest::prelude::*;
use serde_json::json;

use super::{at, each_alone, session};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn hours_and_not_hours_never_agree(text in hours_text(), minute in -500_000_i64..500_000) {
        let rules = [
            json!({ "RuleId": "open", "Priority": 1, "Hours": text, "AgentGroupId": 1 }),
            json!({ "RuleId": "closed", "Priority": 2, "NotHours": text, "AgentGroupId": 2 }),
        ];
        let open = each_alone(&rules, &[], &[], &session("s", "u"), at(minute));
        prop_assert_ne!(open[0].0, open[1].0, "{}", text);
    }

    #[test]
    fn percent_is_sticky_and_growing_it_keeps_who_was_in(
        user in ".{1,20}",
        key in "[a-z]{1,8}",
        small in 0.0..100.0_f64,
        more in 0.0..100.0_f64,
        minute in 0_i64..10_000,
    ) {
        let large = (small + more).min(100.0);
        let rules = [small, large].map(|percent| json!({
            "RuleId": format!("r{percent}"), "Priority": 1, "Percent": percent, "PercentKey": key,
            "AgentGroupId": 1,
        }));
        let one = each_alone(&rules, &[], &[], &session("s1", &user), at(minute));
        prop_assert!(!one[0].0 || one[1].0, "who was in stays in");
        let other_time = each_alone(&rules, &[], &[], &session("s2", &user), at(minute + 777));
        prop_assert_eq!(&one, &other_time);
        let negated = [json!({
            "RuleId": "n", "Priority": 1, "NotPercent": small, "PercentKey": key, "AgentGroupId": 1,
        })];
        let not = each_alone(&negated, &[], &[], &session("s1", &user), at(minute));
        prop_assert_ne!(not[0].0, one[0].0);
    }
}

fn part(
    days: &'static [&'static str],
    times: &'static [&'static str],
) -> impl Strategy<Value = String> {
    (prop::sample::select(days), prop::sample::select(times))
        .prop_map(|(days, times)| format!("{days} {times}").trim().to_owned())
}

const DAYS: [&str; 9] =
    ["Mo-Fr", "Sa", "Su", "Fr-Mo", "Dec 24-26", "2026 Nov 20", "Mo[1]", "week 47-49 We", ""];
const TIMES: [&str; 7] = [
    "09:00-18:00",
    "22:00-06:00",
    "20:00-26:00",
    "00:00-24:00",
    "12:00-13:00 off",
    "22:00-02:00 off",
    "18:00-23:59",
];

fn hours_text() -> impl Strategy<Value = String> {
    (
        part(&DAYS, &TIMES),
        prop::collection::vec(
            (prop::sample::select(vec!["; ", ", ", " || "]), part(&DAYS, &TIMES)),
            0..3,
        ),
    )
        .prop_map(|(first, rest)| {
            rest.into_iter().fold(first, |text, (separator, part)| text + separator + &part)
        })
}
