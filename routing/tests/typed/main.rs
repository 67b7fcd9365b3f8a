//! Rows of every table as keyboards and spreadsheets change them, and hostile ones: nothing panics,
//! no row matches more than its good original, every finding says what to write, and no row takes
//! long. `TYPED_ROWS` sets how many.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod mutate;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use routing::decide::{Known, Question, Tracing, run_ready};
use routing::inspect::check::{Input, check};
use routing::rows::{
    Customer, Defaults, Fact, Finding, Row, Rows, Table, Value, customer, row_from_json,
};
use routing::session::Session;
use routing::snapshot::Snapshot;
use rustix::time::{ClockId, clock_gettime};
use serde_json::json;

use mutate::{Dice, Text, typed};

/// Rows tried, unless the variable says otherwise.
const ROWS: u64 = 4_000;

/// All rows of a small deployment, by table and place.
#[derive(Clone)]
struct Deployment {
    rows: BTreeMap<Table, Vec<Row>>,
}

fn good() -> Deployment {
    let rows = |rows: serde_json::Value| -> Vec<Row> {
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    };
    let calendars = rows(json!([{
        "CalendarId": "support", "Hours": "Mo-Fr 09:00-18:00; PH off", "TimeZone": "Asia/Seoul",
        "HolidayCountry": "KR", "ClosedDates": ["2026-11-25 13:00..15:00", "12-24..12-26"],
        "SpecialDates": { "2026-11-27": "09:00-22:00", "2026-11-26": "off" },
    }]));
    let agents = rows(json!([
        {
            "AgentId": "a1", "Rosters": ["Night Shift", "서울"], "Skills": { "billing": 3 },
            "Shifts": ["Mo-Fr 09:00-18:00", "Sa 10:00-14:00"], "TimeZone": "Asia/Seoul",
            "SpecialDates": { "2026-11-27": "off", "2026-11-28": "09:00-12:00" },
            "Away": ["2026-11-24..2026-11-25", "2026-11-30 13:00..18:00"],
            "OnlyWithGroups": [6521], "Weight": 10,
        },
        {
            "AgentId": "a2", "Rosters": { "Night Shift": 1 }, "Skills": ["billing"],
            "Shifts": "@support", "EveryWeeks": 2, "FirstWeek": "2026-11-23",
        },
    ]));
    let rules = rows(json!([
        {
            "RuleId": "r1", "Priority": 1, "AgentGroupId": 6521, "Rosters": ["Night Shift"],
            "AnyOf": [{ "Platforms": ["iOS", "Web"] }, { "NotSegments": ["vip", "서울"] }],
            "Customer": { "Plan": ["pro", "business"], "Spend": ">= 1000" }, "Hours": ["@support"],
            "NeedSkills": ["billing"], "ExceptAgents": ["a9", "a2"],
        },
        {
            "RuleId": "r2", "Priority": 2, "AgentIds": ["a2", "a1"], "AgentGroupId": 6521,
            "NotCustomer": { "Country": ["KR", "Japan"] }, "NotHours": "Sa,Su 00:00-24:00",
            "ValidFrom": "2026-11-24", "ValidUntil": "2026-12-02 12:00", "TimeZone": "Asia/Seoul",
        },
        {
            "RuleId": "r3", "Priority": 3, "AgentGroupId": 6521, "Segments": ["vip"],
            "NotAnyOf": [{ "Languages": ["ko", "zh-TW"] }, { "NotPlatforms": ["iOS"] }],
        },
    ]));
    let customers = rows(json!([
        {
            "ClientUserId": "u1", "Segments": { "vip": "2026-11-27", "서울": "2026-12-31" },
            "Language": "ko", "Plan": "pro", "Spend": 1200, "Country": "KR",
        },
        {
            "ClientUserId": "u2", "Segments": ["vip"], "Language": "de", "Plan": ["free", "business"],
            "Spend": "999", "Country": "Germany",
        },
        { "ClientUserId": "u3", "Segments": ["new"], "Plan": "business", "Spend": 5000 },
    ]));
    let rows = [
        (Table::Calendars, calendars),
        (Table::Agents, agents),
        (Table::Rules, rules),
        (Table::Customers, customers),
    ];
    Deployment { rows: rows.into() }
}

/// What an attribute's texts are; `None` = it is not changed.
fn kind(table: Table, attribute: &str) -> Option<Text> {
    Some(match (table, attribute) {
        (_, "AgentId" | "RuleId" | "CalendarId" | "ClientUserId" | "Priority" | "Enabled") => {
            return None;
        }
        // Other values of a customer's own are other values, not mistakes.
        (Table::Customers, "Segments" | "Language" | "Plan") => Text::Name,
        (Table::Customers, _) => return None,
        (_, "AgentIds" | "ExceptAgents") => Text::Id,
        (_, "AnyOf" | "NotAnyOf" | "Customer" | "NotCustomer" | "Rosters" | "Skills") => Text::Name,
        (_, "NeedSkills" | "Segments") => Text::Name,
        _ => Text::Time,
    })
}

/// Who is answered for each request; by rule, each alone, so that a rule that is refused leaves the
/// others out of it. `None` = nobody by this rule.
type Answers = Vec<Option<BTreeSet<String>>>;

/// Users who ask, each by two platforms.
const USERS: [&str; 4] = ["u1", "u2", "u3", "u4"];

struct Asking {
    defaults: Defaults,
    sessions: Vec<Session>,
    moments: Vec<DateTime<Utc>>,
}

/// What is known of each user's customer, at each moment.
type Customers = BTreeMap<&'static str, Vec<Fact<Option<Customer>>>>;

impl Asking {
    fn new() -> Self {
        let session = |user: &str, platform| Session::new("s", user, 1, 1).on_platform(platform);
        let start: DateTime<Utc> = "2026-11-23T21:30:00Z".parse().unwrap();
        Self {
            defaults: Defaults {
                time_zone: "Asia/Seoul".parse().unwrap(),
                holiday_country: None,
                customers: true,
                assignments: true,
            },
            sessions: USERS
                .into_iter()
                .flat_map(|user| [session(user, Some("iOS")), session(user, Some("Android"))])
                .collect(),
            moments: (0..26).map(|n| start + TimeDelta::minutes(n * 450)).collect(),
        }
    }

    /// All findings, as rows are read once.
    fn findings(&self, of: &Deployment) -> Vec<Finding> {
        let now = self.moments[0];
        let rows = of.without_customers();
        let whole = Snapshot::compile(&rows, &self.defaults, now);
        let mut findings = whole.findings().to_vec();
        for row in &of.rows[&Table::Customers] {
            match customer::read(row, &self.defaults, now) {
                Ok((_, _, found)) => findings.extend(found),
                Err(finding) => findings.push(finding),
            }
        }
        findings
    }

    /// The same with what all rows together show.
    fn check(&self, of: &Deployment) -> Vec<Finding> {
        let now = self.moments[0];
        check(Input {
            rows: &of.without_customers(),
            customers: Some(&of.rows[&Table::Customers]),
            live: None,
            defaults: &self.defaults,
            default_group: None,
            now,
            from: now,
        })
    }

    fn customers(&self, of: &Deployment, user: &'static str, into: &mut Customers) {
        let mut rows = of.rows[&Table::Customers].iter();
        let row = rows.find(|row| row["ClientUserId"].as_text() == Some(user));
        let known = |now: &DateTime<Utc>| customer::known(row, &self.defaults, *now).0;
        into.insert(user, self.moments.iter().map(known).collect());
    }

    /// The answers of the rule at this place alone, of users that `asks` names; the others' are
    /// left as they are.
    fn answer(
        &self,
        of: &Deployment,
        place: usize,
        customers: &Customers,
        asks: impl Fn(&str) -> bool,
        answers: &mut Answers,
    ) {
        let rows = of.without_customers();
        let rows = Rows { rules: vec![rows.rules[place].clone()], ..rows };
        let snapshot = Snapshot::compile(&rows, &self.defaults, self.moments[0]);
        for (number, session) in self.sessions.iter().enumerate() {
            let user = session.client_user_id.as_str();
            if !asks(user) {
                continue;
            }
            for (moment, now) in self.moments.iter().enumerate() {
                let customer = customers[user][moment].clone();
                let mut facts = Known { customer, ..Known::default() };
                let question =
                    Question { snapshot: &snapshot, session, now: *now, default_group: None };
                let decided = run_ready(&question, &mut facts, Tracing::WithoutRule);
                let customer = decided.known.customer.clone();
                let known = Known { customer, ..Known::default() };
                assert_eq!(decided.known, known, "nothing more is asked for");
                let decided = decided.decision;
                let ids = decided.agent_ids.iter().map(ToString::to_string).collect();
                let slot = (place * self.sessions.len() + number) * self.moments.len() + moment;
                answers[slot] = decided.rule_id.map(|_| ids);
            }
        }
    }
}

impl Deployment {
    fn without_customers(&self) -> Rows {
        Rows {
            rules: self.rows[&Table::Rules].clone(),
            agents: self.rows[&Table::Agents].clone(),
            calendars: self.rows[&Table::Calendars].clone(),
        }
    }
}

fn holds_bool(value: &Value) -> bool {
    match value {
        Value::Bool(_) => true,
        Value::List(entries) | Value::Set(entries) => entries.iter().any(holds_bool),
        Value::Map(map) => map.values().any(holds_bool),
        _ => false,
    }
}

/// What it gives, and the time that it takes of a processor: on a busy machine the clock on the
/// wall says little.
fn processor_time<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let now = || {
        let now = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(now.tv_sec.try_into().unwrap(), now.tv_nsec.try_into().unwrap())
    };
    let started = now();
    let given = run();
    (given, now() - started)
}

/// Words of which one tells what to do.
const TODO: [&str; 10] = [
    "write",
    "remove",
    "did you mean",
    "give",
    "correct",
    "add",
    "expected",
    "set `",
    "such as",
    "mend",
];
/// Most findings of all rows, and characters of one: a row has 51 findings at most.
const MAX_FINDINGS: usize = 120;
const MAX_CHARACTERS: usize = 4_000;

#[test]
#[expect(clippy::disallowed_methods, reason = "how long to try is set from outside")]
fn no_row_of_any_table_matches_more_than_its_good_original() {
    let rows = std::env::var("TYPED_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROWS);
    let (asking, good) = (Asking::new(), good());
    let good_findings = asking.findings(&good);
    let good_check = asking.check(&good);
    let mut good_customers = Customers::new();
    for user in USERS {
        asking.customers(&good, user, &mut good_customers);
    }
    let rules = good.rows[&Table::Rules].len();
    let mut original = vec![None; rules * asking.sessions.len() * asking.moments.len()];
    for place in 0..rules {
        asking.answer(&good, place, &good_customers, |_| true, &mut original);
    }
    assert!(original.iter().flatten().count() > 50, "the good rows answer");
    let of_good = (0..50).map(|_| processor_time(|| asking.findings(&good)).1).min().unwrap();
    // A build that is not optimised reads the good rows in more than 125 µs.
    let limit = Duration::from_millis(5).max(40 * of_good);
    let attributes: Vec<(Table, usize, String, Text)> = good
        .rows
        .iter()
        .flat_map(|(table, rows)| rows.iter().enumerate().map(move |row| (*table, row)))
        .flat_map(|(table, (place, row))| {
            row.keys()
                .filter_map(move |name| Some((table, place, name.clone(), kind(table, name)?)))
        })
        .collect();
    let mut dice = Dice(std::env::var("TYPED_SEED").map_or(1, |seed| seed.parse().unwrap()));
    // All of the first that are wrong, each kind once.
    let mut wrong: BTreeMap<String, String> = BTreeMap::new();
    let (mut same, mut less, mut told) = (0_u64, 0_u64, 0_u64);
    let mut longest = (Duration::ZERO, String::new());
    for _ in 0..rows {
        let mut changed = good.clone();
        let (table, place, name, kind) = dice.one(&attributes).clone();
        let row = &mut changed.rows.get_mut(&table).unwrap()[place];
        let value = typed(&row[&name], kind, &mut dice);
        // `true` is a value that customers may have, not a misspelling of another.
        if kind == Text::Name && name.ends_with("Customer") && holds_bool(&value) {
            continue;
        }
        // An empty setting is none: what it limited is free, as if it had never been written.
        if table != Table::Rules && value.is_empty() {
            continue;
        }
        let shown = value.shown();
        row.insert(name.clone(), value);
        let shown = || format!("{table:?} {place} {name}: {shown}");
        let (found, took) = processor_time(|| asking.findings(&changed));
        if took > longest.0 {
            longest = (took, shown());
        }
        let of_row = found.iter().filter(|finding| !good_findings.contains(finding));
        for finding in of_row.clone() {
            let said = &finding.message;
            told += 1;
            if !TODO.iter().any(|word| said.contains(word)) {
                wrong.insert(said.clone(), format!("says not what to write: {finding}"));
            }
            if said.chars().count() > MAX_CHARACTERS {
                wrong.insert(said.clone(), format!("says too much: {finding}"));
            }
        }
        if found.len() > MAX_FINDINGS {
            wrong.insert(shown(), format!("{} findings: {}", found.len(), shown()));
        }
        let mut answers = original.clone();
        let mut customers = None;
        if table == Table::Customers {
            let known = customers.insert(good_customers.clone());
            asking.customers(&changed, USERS[place], known);
        }
        for rule in 0..rules {
            if table == Table::Rules && rule != place {
                continue;
            }
            let asks = |user: &str| table != Table::Customers || user == USERS[place];
            let customers = customers.as_ref().unwrap_or(&good_customers);
            asking.answer(&changed, rule, customers, asks, &mut answers);
        }
        // Whether an id or a name is somebody's is seen when all rows are there: then a warning
        // tells.
        let is_told = || {
            let of_all = asking.check(&changed);
            of_all.iter().filter(|finding| !good_check.contains(finding)).any(|finding| {
                let said = &finding.message;
                said.contains("no customer") || said.contains("no agent row")
            })
        };
        for (place, (answer, good)) in answers.iter().zip(&original).enumerate() {
            let more = match (answer, good) {
                (Some(answer), Some(good)) => !answer.is_subset(good),
                (Some(_), None) => true,
                (None, _) => false,
            };
            if more && is_told() {
                break;
            }
            if more {
                let told = format!("{} gives {answer:?}, not {good:?}: {found:#?}", shown());
                wrong.entry(format!("{} {place}", shown())).or_insert(told);
                break;
            }
        }
        if answers == original { same += 1 } else { less += 1 }
    }
    let shown: Vec<&String> = wrong.values().take(20).collect();
    assert!(shown.is_empty(), "{} wrong: {shown:#?}", wrong.len());
    assert!(longest.0 < limit, "{longest:?} is longer than {limit:?}");
    println!("{same} as the original, {less} less; {told} findings, all with what to write");
    println!("all rows read in at most {longest:?}, the limit is {limit:?}");
    assert!(same > rows / 10 && less > rows / 10, "{same} as the original, {less} less");
}

/// Whatever stands in an attribute, at the length that an item allows nearly.
#[test]
fn long_texts_are_refused_at_once() {
    // A build that is not optimised reads such a text, character by character, in some 20 ms.
    const LIMIT: Duration = Duration::from_secs(1);
    let (asking, good) = (Asking::new(), good());
    for (table, rows) in &good.rows {
        for name in rows[0].keys().filter(|name| table.key_attribute() != name.as_str()) {
            for bit in ["KR ", "Asia/Seoul ", "[", "a,", "1", "Mo-", "\u{200b}", "2026-12-24 ", "é"]
            {
                let text = bit.repeat(100_000 / bit.len());
                let mut changed = good.clone();
                changed.rows.get_mut(table).unwrap()[0].insert(name.clone(), Value::Text(text));
                let took = processor_time(|| asking.findings(&changed)).1;
                assert!(took < LIMIT, "{table:?} {name} {bit:?}: {took:?}");
            }
        }
    }
}
