//! Which version of every row is in force, through any edits; the same as bytes, and back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::random_rows::rows;
use super::*;
use crate::decide::{Decided, FactSource, Known, Question, Rotation, Tracing, Wanted, run_ready};
use crate::hours::{Country, Zone};
use crate::rows::{Defaults, Fact, Finding, Row, Rows, Severity, Table, Value, row_from_json};
use crate::session::Session;
use crate::snapshot::Snapshot;

fn defaults() -> Defaults {
    Defaults {
        time_zone: Zone::parse("Asia/Seoul").unwrap(),
        holiday_country: Some(Country::parse("KR").unwrap()),
        customers: true,
        assignments: true,
    }
}

pub(super) fn at(hour: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::hours(hour)
}

fn row(json: &Json) -> Row {
    row_from_json(json.as_object().unwrap().clone())
}

fn all(rules: &[Json], agents: &[Json], calendars: &[Json]) -> Rows {
    let rows = |json: &[Json]| json.iter().map(row).collect();
    Rows { rules: rows(rules), agents: rows(agents), calendars: rows(calendars) }
}

pub(super) fn settled(rows: &Rows, live: Option<&Settled>) -> (Settled, Vec<Finding>) {
    settle(rows, live, &defaults(), at(0))
}

/// What was asked for: nobody is a customer or remembered, and the second of a rotation is next.
#[derive(Debug, Default, PartialEq)]
pub(super) struct AskedFor {
    reads: Vec<Wanted>,
    rotations: Vec<Rotation>,
}

impl FactSource for AskedFor {
    async fn read(&mut self, wanted: Wanted, known: &mut Known) {
        self.reads.push(wanted);
        let (earlier, last_agent) = (Fact::Is(None), Fact::Is(None));
        let mut facts = Known { earlier, last_agent, ..Known::customer(None) };
        facts.read(wanted, known).await;
    }

    async fn take_turn(&mut self, rotation: &Rotation) -> Fact<Vec<usize>> {
        self.rotations.push(rotation.clone());
        Fact::Is(vec![1])
    }
}

/// What a snapshot decides for several users at several times, with the traces of that and what is
/// asked for.
pub(super) fn decisions(snapshot: &Snapshot) -> Vec<(Decided, AskedFor)> {
    let mut all = Vec::new();
    for hour in [0, 5, 60, 24 * 31] {
        for user in ["u1", "u2", "u3"] {
            let session = Session::new("s", user, 1, 1_400_000_000).on_platform(Some("iOS"));
            let question =
                Question { snapshot, session: &session, now: at(hour), default_group: Some(9) };
            let mut asked = AskedFor::default();
            all.push((run_ready(&question, &mut asked, Tracing::Full), asked));
        }
    }
    all
}

/// All that decisions go by. (As bytes, equal hours may stand once or twice: calendars are named in
/// any letters where rows are typed.)
fn shown(in_force: &InForce) -> String {
    format!("{in_force:#?}")
}

fn assert_same(a: &Snapshot, b: &Snapshot) -> Result<(), TestCaseError> {
    prop_assert_eq!(format!("{:?}", decisions(a)), format!("{:?}", decisions(b)));
    prop_assert_eq!(a.asides(), b.asides());
    let members = |snapshot: &Snapshot| {
        let of = snapshot.members().iter();
        of.map(|member| (member.agent.id.clone(), member.standing)).collect::<Vec<_>>()
    };
    prop_assert_eq!(members(a), members(b));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// Any sequence of edits, each settled with the one before.
    #[test]
    fn through_any_edits(worlds in prop::collection::vec(rows(), 1..5)) {
        let mut live: Option<Settled> = None;
        let mut last_good: BTreeMap<(Table, String), Row> = BTreeMap::new();
        for rows in &worlds {
            let (now, findings) = settled(rows, live.as_ref());
            let snapshot = Snapshot::of(&now, at(0));
            prop_assert_eq!(snapshot.errors(), 0, "{:?}", snapshot.findings());

            // As bytes, and back.
            let bytes = encode(&now).unwrap();
            let back = decode(&bytes).unwrap();
            prop_assert_eq!(&back, &now);
            prop_assert_eq!(&encode(&back).unwrap(), &bytes);
            assert_same(&Snapshot::of(&back, at(0)), &snapshot)?;

            // As what was read: the same at any time.
            let typed = encode_typed(&now, at(0)).unwrap();
            prop_assert_eq!(&encode_typed(&back, at(24 * 400)).unwrap(), &typed);
            let read = Snapshot::of_release(&typed).unwrap();
            assert_same(&read, &snapshot)?;
            prop_assert_eq!(read.version(), snapshot.version());

            // Without a release before it, read in one go: the same as what is settled says.
            let (alone, found) = settled(rows, None);
            let (in_force, said) = InForce::of_rows(rows, &defaults(), at(0));
            prop_assert_eq!(shown(&in_force), shown(&InForce::of(&alone, at(0))));
            prop_assert_eq!(said, found);
            let compiled = Snapshot::compile(rows, &defaults(), at(0));
            assert_same(&compiled, &Snapshot::of(&alone, at(0)))?;

            // Once more changes nothing.
            prop_assert_eq!(&settled(rows, Some(&now)), &(now.clone(), findings.clone()));

            // A row in error is its last good version or nothing, and nothing if it was disabled
            // or deleted since.
            let wrong: BTreeSet<(Table, &str)> = findings
                .iter()
                .filter(|finding| finding.severity == Severity::Error)
                .map(|finding| (finding.table, finding.key.as_str()))
                .collect();
            let tables =
                [(Table::Rules, &rows.rules), (Table::Agents, &rows.agents)];
            let mut seen = BTreeSet::new();
            for (table, rows) in tables {
                for row in rows {
                    let key = table.key_of(row).unwrap();
                    seen.insert((table, key.to_owned()));
                    let place = (table, key.to_owned());
                    let version = now.version(table, key);
                    if wrong.contains(&(table, key)) {
                        prop_assert_eq!(version, last_good.get(&place));
                    } else if let Some(version) = version {
                        last_good.insert(place, version.clone());
                    } else {
                        last_good.remove(&place);
                    }
                }
            }
            last_good.retain(|place, _| seen.contains(place));
            live = Some(now);
        }
    }
}

/// A rule in error goes by the calendar as it is; a deleted one it remembers, and nobody else.
#[test]
fn kept_rows_and_their_calendars() {
    let rule = |id: &str, priority: Json| {
        json!({
            "RuleId": id, "Priority": priority, "Hours": "@Support", "AgentGroupId": 5,
        })
    };
    let calendar = |hours: &str| json!({ "CalendarId": "support", "Hours": hours });
    let wins = |settled: &Settled| {
        let snapshot = Snapshot::of(settled, at(0));
        let (decided, asked) = decisions(&snapshot).remove(0);
        assert_eq!(asked, AskedFor::default(), "nothing is asked for");
        decided.decision.agent_group_id == Some(5)
    };
    let (good, _) = settled(&all(&[rule("r", json!(1))], &[], &[calendar("24/7")]), None);
    assert!(wins(&good));
    // In error: by today's calendar.
    let (kept, findings) =
        settled(&all(&[rule("r", json!("x"))], &[], &[calendar("off")]), Some(&good));
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    assert_eq!((wins(&kept), errors), (false, 1), "{findings:?}");
    // A calendar in error stays as it was, also for new rows.
    let (kept, _) = settled(&all(&[rule("n", json!(1))], &[], &[calendar("no")]), Some(&good));
    assert!(wins(&kept));
    // Deleted: the rule is in error, and remembers it; a new rule does not.
    let rows = all(&[rule("r", json!(1)), rule("n", json!(2))], &[], &[]);
    let (kept, findings) = settled(&rows, Some(&good));
    assert!(wins(&kept) && findings.iter().all(|finding| finding.severity == Severity::Error));
    assert_eq!(
        kept.version(Table::Calendars, "support"),
        good.version(Table::Calendars, "support")
    );
    assert_eq!((kept.counts().rules, kept.version(Table::Rules, "n")), (1, None));
    // Nobody goes by it any more.
    let (gone, _) = settled(&all(&[], &[], &[]), Some(&kept));
    assert_eq!(gone, Settled::default());
}

/// DynamoDB gives a set's members in any order; what is read out of them has one.
#[test]
fn a_set_in_any_order_is_read_as_one() {
    let set = |members: &[&str]| {
        Value::Set(members.iter().map(|text| Value::Text((*text).to_owned())).collect())
    };
    let of = |members: [&str; 3]| {
        let mut rows = all(
            &[
                json!({ "RuleId": "r", "Priority": 1, "Strategy": "all" }),
                json!({ "RuleId": "s", "Priority": 2, "Hours": "@c", "AgentGroupId": 5 }),
            ],
            &members.map(|id| json!({ "AgentId": id })),
            &[json!({ "CalendarId": "c", "Hours": "24/7" })],
        );
        rows.rules[0].insert("AgentIds".to_owned(), set(&members));
        rows.agents.sort();
        rows
    };
    let one = of(["ann", "bob", "cho"]);
    let (settled, _) = settled(&one, None);
    for rows in [one, of(["cho", "ann", "bob"])] {
        let (in_force, _) = InForce::of_rows(&rows, &defaults(), at(0));
        assert_eq!(shown(&in_force), shown(&InForce::of(&settled, at(0))));
        assert_eq!(in_force.rules.len(), 2);
    }
}

/// Of two rows with one key the later counts, also where it is in error.
#[test]
fn of_two_rows_with_one_key_the_later_is_read() {
    let rule = |priority: Json, group: u64| {
        json!({
            "RuleId": "r", "Priority": priority, "AgentGroupId": group,
        })
    };
    for (second, expected) in [(rule(json!(1), 6), Some(6)), (rule(json!("x"), 6), None)] {
        let rows = all(&[rule(json!(1), 5), second], &[], &[]);
        let (in_force, _) = InForce::of_rows(&rows, &defaults(), at(0));
        assert_eq!(in_force.rules.first().and_then(|rule| rule.group), expected);
    }
}

/// A release that was written in format 1 can be read for as long as the format has a number.
#[test]
fn files_of_format_1() {
    let rows = all(
        &[
            json!({
                "RuleId": "late", "Priority": "2.50", "Hours": ["@support", "Sa 10:00-12:00"],
                "AnyOf": [{ "Platforms": "iOS" }, { "NotHours": "@Support" }], "Rosters": ["desk"],
                "Strategy": "hash", "Notes": "none",
            }),
            json!({ "RuleId": "off", "Priority": 3, "Enabled": false, "AgentGroupId": 7 }),
            json!({ "RuleId": "wrong", "Priority": "soon", "AgentGroupId": 7 }),
        ],
        &[
            json!({
                "AgentId": "ann", "Rosters": { "desk": 2 }, "Shifts": "@support",
                "Away": ["2026-12-24"],
            }),
            json!({ "AgentId": "bob", "Rosters": ["desk"], "Enabled": false }),
            json!({ "AgentId": "cid", "Weight": 101 }),
        ],
        &[json!({
            "CalendarId": "support", "Hours": "Mo-Fr 09:00-18:00", "ClosedDates": ["12-25"],
        })],
    );
    let (settled, _) = settled(&rows, None);
    assert_eq!(decode(include_bytes!("format-1-rows.bin")).unwrap(), settled);
    let read = Snapshot::of_release(include_bytes!("format-1-typed.bin")).unwrap();
    assert_same(&read, &Snapshot::of(&settled, at(0))).unwrap();
}
