//! The rows of the benches.

use desk_cli::files::row_files::RowFiles;
use serde_json::{Value, json};

use crate::rows;

const RULES: usize = 50;
const AGENTS: usize = 200;
/// Shifts without an end.
const ALL_DAY: &str = "Mo-Su 00:00-24:00";

/// The customer whom the last segment of [`large`] and a rule of [`sample`] match.
pub fn customer() -> Value {
    json!([{ "ClientUserId": "customer", "Segments": ["segment-9999"] }])
}

/// 10,000 rules that name users by id, beginning or segment, of which only the last ones match the
/// bench's users; 10,000 agents.
pub fn large() -> RowFiles {
    large_of(10_000, 0)
}

/// The same with so many rules and agents, each with notes of so many bytes.
pub fn large_of(count: usize, notes: usize) -> RowFiles {
    let with_notes = |mut row: Value| {
        if notes > 0 {
            row["Notes"] = json!("n".repeat(notes));
        }
        row
    };
    let by_id = count / 10 * 4;
    let rules: Vec<_> = (0..count)
        .map(|n| {
            let mut rule = skilled_rule(n, 500);
            rule["Strategy"] = json!("hash");
            // Segments last, because they are read from the customers table.
            if n < by_id {
                rule["ClientUserIds"] = json!([format!("exact-{n}"), format!("other-{n}")]);
            } else if n < 2 * by_id {
                rule["ClientUserIdPrefixes"] = json!([format!("prefix-{n}-")]);
            } else {
                rule["Segments"] = json!([format!("segment-{n}")]);
            }
            with_notes(rule)
        })
        .collect();
    let agents: Vec<_> =
        (0..count).map(|n| with_notes(skilled_agent(n, 500, json!(ALL_DAY)))).collect();
    rows(json!({ "rules": rules, "agents": agents, "customers": customer() }))
}

/// Rules of every kind that needs no table, of which the last matches; agents with skills and
/// shared shifts.
pub fn sample() -> RowFiles {
    let rules: Vec<_> = (0..RULES)
        .map(|n| {
            let mut rule = skilled_rule(n, 10);
            match n % 5 {
                _ if n + 1 == RULES => rule["Strategy"] = json!("hash"),
                0 => rule["ClientUserIdPrefixes"] = json!([format!("gold-{n}-")]),
                1 => rule["Platforms"] = json!(["RESTAPI"]),
                2 => rule["ClientUserIdPattern"] = json!(format!("[0-9]{{3}}-{n}")),
                3 => rule["ClientIps"] = json!([format!("192.0.2.{n}")]),
                _ => rule["Hours"] = json!("Mo-Su 03:00-03:01; PH off"),
            }
            if n % 5 == 4 {
                rule["HolidayCountry"] = json!("KR");
            }
            rule
        })
        .collect();
    let agents: Vec<_> = (0..AGENTS).map(|n| skilled_agent(n, 10, json!(ALL_DAY))).collect();
    let mut rules: Vec<_> = rules;
    // By prefix too, so that only this user's decisions read the customers table.
    let segment = json!({
        "RuleId": "segment", "Priority": RULES - 2, "ClientUserIdPrefixes": ["customer"],
        "Segments": ["segment-9999"], "Rosters": ["roster-1"], "Strategy": "hash",
    });
    rules.push(segment);
    for (id, strategy, prefer) in [
        ("rotating", "round_robin", None),
        ("affine", "hash", Some(["last_agent"])),
        ("both", "round_robin", Some(["last_agent"])),
    ] {
        let mut rule = json!({
            "RuleId": id, "Priority": -1, "ClientUserIdPrefixes": [id], "Rosters": ["roster-1"],
            "Strategy": strategy,
        });
        if let Some(prefer) = prefer {
            rule["Prefer"] = json!(prefer);
        }
        rules.push(rule);
    }
    rows(json!({ "rules": rules, "agents": agents, "customers": customer() }))
}

/// Rules of mixed conditions, a fifth each: by prefix, by 20 ids, by platform with hours, by
/// address range, by prefix with `NotHours`. Rule n of the second kind, n = 5 k + 1, answers
/// `exact-{n}-7`; on iOS it comes behind all rules of that platform before it, which are closed but
/// for a minute of the night.
pub fn mixed(count: usize) -> RowFiles {
    let rules: Vec<_> = (0..count)
        .map(|n| {
            let mut rule = rule(n, 10);
            rule["Strategy"] = json!("hash");
            let minute = format!("Mo-Su 03:{:02}-03:{:02}", n % 50, n % 50 + 1);
            match n % 5 {
                0 => rule["ClientUserIdPrefixes"] = json!([format!("prefix-{n}-")]),
                1 => {
                    let ids: Vec<_> = (0..20).map(|id| format!("exact-{n}-{id}")).collect();
                    rule["ClientUserIds"] = json!(ids);
                }
                2 => {
                    rule["Platforms"] = json!(["iOS"]);
                    rule["Hours"] = json!(minute);
                }
                3 => rule["ClientIps"] = json!([format!("10.{}.{}.0/24", n / 256, n % 256)]),
                _ => {
                    rule["ClientUserIdPrefixes"] = json!([format!("night-{n}-")]);
                    rule["NotHours"] = json!(minute);
                }
            }
            rule
        })
        .collect();
    let agents: Vec<_> = (0..AGENTS).map(|n| agent(n, 10, json!(ALL_DAY))).collect();
    rows(json!({ "rules": rules, "agents": agents }))
}

/// 10,000 rules, agents and customers, of every kind that `check` compares with one another: ids,
/// prefixes with calendars, segments, attributes of customers.
pub fn whole() -> RowFiles {
    whole_of(10_000)
}

/// The same with so many rules, agents and customers.
pub fn whole_of(count: usize) -> RowFiles {
    let rules: Vec<_> = (0..count)
        .map(|n| {
            let mut rule = skilled_rule(n, 500);
            match n % 4 {
                0 => {
                    let ids: Vec<_> = (0..20).map(|id| format!("user-{n}-{id}")).collect();
                    rule["ClientUserIds"] = json!(ids);
                }
                1 => {
                    rule["ClientUserIdPrefixes"] = json!([format!("prefix-{n}-")]);
                    rule["Hours"] = json!(format!("@calendar-{}", n % 20));
                }
                2 => rule["Segments"] = json!([format!("segment-{}", n % 500)]),
                _ => {
                    let plan = format!("plan-{}", n % 50);
                    rule["Customer"] = json!({ "Plan": plan, "Spend": ">= 1000" });
                }
            }
            rule
        })
        .collect();
    let calendars: Vec<_> = (0..20)
        .map(|n| {
            let hours = format!("Mo-Fr {:02}:00-18:00; PH off", n % 12);
            json!({ "CalendarId": format!("calendar-{n}"), "Hours": hours, "HolidayCountry": "KR" })
        })
        .collect();
    let customers: Vec<_> = (0..count)
        .map(|n| {
            json!({
                "ClientUserId": format!("customer-{n}"),
                "Segments": [format!("segment-{}", n % 500)],
                "Plan": format!("plan-{}", n % 50),
                "Spend": n,
                "Owner": format!("agent-{n}@example.com"),
            })
        })
        .collect();
    let agents = agents(count);
    rows(json!({
        "rules": rules, "agents": agents, "calendars": calendars, "customers": customers,
    }))
}

/// 10,000 rules of which each names 200 of 10,000 agents.
pub fn many_named() -> RowFiles {
    let rules: Vec<_> = (0..10_000_usize)
        .map(|n| {
            let id = |k: usize| format!("agent-{}@example.com", (n + 37 * k) % 10_000);
            let ids: Vec<_> = (0..200).map(id).collect();
            let (rule, user) = (format!("rule-{n}"), format!("user-{n}"));
            json!({ "RuleId": rule, "Priority": n, "ClientUserIds": [user], "AgentIds": ids })
        })
        .collect();
    let calendars: Vec<_> = (0..20)
        .map(|n| json!({ "CalendarId": format!("calendar-{n}"), "Hours": "Mo-Fr 09:00-18:00" }))
        .collect();
    rows(json!({ "rules": rules, "agents": agents(10_000), "calendars": calendars }))
}

/// Agents of 500 rosters, by 20 calendars.
fn agents(count: usize) -> Vec<Value> {
    let by_calendar = |n| skilled_agent(n, 500, json!(format!("@calendar-{}", n % 20)));
    (0..count).map(by_calendar).collect()
}

/// Agent n, on one of so many rosters.
fn agent(n: usize, rosters: usize, shifts: Value) -> Value {
    let roster = format!("roster-{}", n % rosters);
    json!({ "AgentId": format!("agent-{n}@example.com"), "Rosters": [roster], "Shifts": shifts })
}

/// The same with a skill.
fn skilled_agent(n: usize, rosters: usize, shifts: Value) -> Value {
    let mut agent = agent(n, rosters, shifts);
    agent["Skills"] = json!({ "billing": n % 5 + 1 });
    agent
}

/// Rule n, for one of so many rosters.
fn rule(n: usize, rosters: usize) -> Value {
    let roster = format!("roster-{}", n % rosters);
    json!({ "RuleId": format!("rule-{n}"), "Priority": n, "Rosters": [roster] })
}

/// The same that needs the skill.
fn skilled_rule(n: usize, rosters: usize) -> Value {
    let mut rule = rule(n, rosters);
    rule["NeedSkills"] = json!(["billing"]);
    rule
}
