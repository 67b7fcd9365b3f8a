//! Rows of every table as keyboards and spreadsheets change them, and hostile ones: nothing panics,
//! no row matches more than its good original, every finding says what to write, and no row takes
//! long. `TYPED_ROWS` sets how many.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod mutate;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use routing::decide::{Question, Tracing, run_ready};
use routing::inspect::{CustomerRows, RowFacts, Turns};
use routing::rows::{Defaults, Finding, Row, Rows, Table, customer, row_from_json};
use routing::session::Session;
use routing::snapshot::Snapshot;
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

/// Who is answered for each request: by rule, so that a rule that is refused leaves the others out
/// of it.
type Answers = Vec<Option<BTreeSet<String>>>;

struct Asking {
    defaults: Defaults,
    sessions: Vec<Session>,
    moments: Vec<DateTime<Utc>>,
}

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
            sessions: ["u1", "u2", "u3", "u4"]
                .into_iter()
                .flat_map(|user| [session(user, Some("iOS")), session(user, Some("Android"))])
                .collect(),
            moments: (0..26).map(|n| start + TimeDelta::minutes(n * 450)).collect(),
        }
    }

    /// The answers of each rule alone, and the findings, and the time that reading took.
    fn answers(&self, of: &Deployment) -> (Answers, Vec<Finding>, Duration) {
        let now = self.moments[0];
        let customers = &of.rows[&Table::Customers];
        let mut all = Vec::new();
        let started = Instant::now();
        let rows = Rows {
            rules: of.rows[&Table::Rules].clone(),
            agents: of.rows[&Table::Agents].clone(),
            calendars: of.rows[&Table::Calendars].clone(),
        };
        let whole = Snapshot::compile(&rows, &self.defaults, now);
        let mut findings = whole.findings().to_vec();
        for row in customers {
            match customer::read(row, &self.defaults, now) {
                Ok((_, _, found)) => findings.extend(found),
                Err(finding) => findings.push(finding),
            }
        }
        let took = started.elapsed();
        let customers = CustomerRows::new(customers, &self.defaults);
        for rule in &rows.rules {
            let rows = Rows { rules: vec![rule.clone()], ..rows.clone() };
            let snapshot = Snapshot::compile(&rows, &self.defaults, now);
            for session in &self.sessions {
                for now in &self.moments {
                    let (mut turns, mut notes) = (Turns::default(), BTreeSet::new());
                    let user = &session.client_user_id;
                    let mut facts = RowFacts::new(&customers, user, *now, &mut turns, &mut notes);
                    let (now, default_group) = (*now, None);
                    let question = Question { snapshot: &snapshot, session, now, default_group };
                    let decided = run_ready(&question, &mut facts, Tracing::WithoutRule).decision;
                    let ids = decided.agent_ids.iter().map(ToString::to_string).collect();
                    all.push(decided.rule_id.map(|_| ids));
                }
            }
        }
        (all, findings, took)
    }
}

#[test]
fn no_row_of_any_table_matches_more_than_its_good_original() {
    let rows = std::env::var("TYPED_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROWS);
    let (asking, good) = (Asking::new(), good());
    let (original, findings, _) = asking.answers(&good);
    for finding in &findings {
        println!("of the good rows: {finding}");
    }
    assert!(original.iter().flatten().count() > 50, "the good rows answer");
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
    let (mut same, mut less, mut times) = (0_u64, 0_u64, Vec::new());
    for _ in 0..rows {
        let mut changed = good.clone();
        let (table, place, name, kind) = dice.one(&attributes).clone();
        let row = &mut changed.rows.get_mut(&table).unwrap()[place];
        let value = typed(&row[&name], kind, &mut dice);
        // An empty setting is none: what it limited is free, as if it had never been written.
        if table != Table::Rules && value.is_empty() {
            continue;
        }
        let shown = value.shown();
        row.insert(name.clone(), value);
        let (answers, found, took) = asking.answers(&changed);
        times.push(took);
        let shown = || format!("{table:?} {place} {name}: {shown}");
        for finding in found.iter().filter(|finding| !findings.contains(finding)) {
            let said = &finding.message;
            let todo = [
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
            if !todo.iter().any(|word| said.contains(word)) {
                wrong.insert(said.clone(), format!("says not what to write: {finding}"));
            }
        }
        // Whether an id is somebody's is seen when all rows are there: then a warning tells.
        let is_told = name == "ExceptAgents"
            && found.iter().any(|finding| {
                finding.attribute.as_deref() == Some(&name) && !findings.contains(finding)
            });
        for (place, (answer, good)) in answers.iter().zip(&original).enumerate() {
            let more = match (answer, good) {
                (Some(answer), Some(good)) => !answer.is_subset(good),
                (Some(_), None) => true,
                (None, _) => false,
            };
            if more && !is_told {
                let told = format!("{} gives {answer:?}, not {good:?}: {found:#?}", shown());
                wrong.entry(format!("{} {place}", shown())).or_insert(told);
                break;
            }
        }
        if answers == original { same += 1 } else { less += 1 }
    }
    let told: Vec<&String> = wrong.values().take(20).collect();
    assert!(told.is_empty(), "{} wrong: {told:#?}", wrong.len());
    times.sort_unstable();
    let (median, max) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{same} as the original, {less} less; all rows read in {median:?}, at most {max:?}");
    assert!(same > rows / 10 && less > rows / 10, "{same} as the original, {less} less");
}
