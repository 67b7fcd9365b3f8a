//! The rows of the benches.

use serde_json::json;

use crate::rows;

const RULES: usize = 50;
const AGENTS: usize = 200;

/// The customer whom the last segment of [`large`] and a rule of [`sample`] match.
pub fn customer() -> serde_json::Value {
    json!([{ "ClientUserId": "customer", "Segments": ["segment-9999"] }])
}

/// 10,000 rules that name users by id, beginning or segment, of which only the last ones match the
/// bench's users; 10,000 agents.
pub fn large() -> desk_cli::files::row_files::RowFiles {
    large_of(10_000, 0)
}

/// The same with so many rules and agents, each with notes of so many bytes.
pub fn large_of(count: usize, notes: usize) -> desk_cli::files::row_files::RowFiles {
    let with_notes = |mut row: serde_json::Value| {
        if notes > 0 {
            row["Notes"] = json!("n".repeat(notes));
        }
        row
    };
    let by_id = count / 10 * 4;
    let rules: Vec<_> = (0..count)
        .map(|n| {
            let mut rule = json!({ "RuleId": format!("rule-{n}"), "Priority": n, "Rosters": [format!("roster-{}", n % 500)], "NeedSkills": ["billing"], "Strategy": "hash" });
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
    let agents: Vec<_> = (0..count)
        .map(|n| with_notes(json!({ "AgentId": format!("agent-{n}@example.com"), "Rosters": [format!("roster-{}", n % 500)], "Skills": { "billing": n % 5 + 1 }, "Shifts": "Mo-Su 00:00-24:00" })))
        .collect();
    rows(json!({ "rules": rules, "agents": agents, "customers": customer() }))
}

/// Rules of every kind that needs no table, of which the last matches; agents with skills and
/// shared shifts.
pub fn sample() -> desk_cli::files::row_files::RowFiles {
    let rules: Vec<_> = (0..RULES)
        .map(|n| {
            let mut rule = json!({ "RuleId": format!("rule-{n}"), "Priority": n, "Rosters": [format!("roster-{}", n % 10)], "NeedSkills": ["billing"] });
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
    let agents: Vec<_> = (0..AGENTS)
        .map(|n| json!({ "AgentId": format!("agent-{n}@example.com"), "Rosters": [format!("roster-{}", n % 10)], "Skills": { "billing": n % 5 + 1 }, "Shifts": "Mo-Su 00:00-24:00" }))
        .collect();
    let mut rules: Vec<_> = rules;
    // By prefix too, so that only this user's decisions read the customers table.
    let segment = json!({ "RuleId": "segment", "Priority": RULES - 2, "ClientUserIdPrefixes": ["customer"], "Segments": ["segment-9999"], "Rosters": ["roster-1"], "Strategy": "hash" });
    rules.push(segment);
    for (id, strategy, prefer) in [
        ("rotating", "round_robin", None),
        ("affine", "hash", Some(["last_agent"])),
        ("both", "round_robin", Some(["last_agent"])),
    ] {
        let mut rule = json!({ "RuleId": id, "Priority": -1, "ClientUserIdPrefixes": [id], "Rosters": ["roster-1"], "Strategy": strategy });
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
pub fn mixed(count: usize) -> desk_cli::files::row_files::RowFiles {
    let rules: Vec<_> = (0..count)
        .map(|n| {
            let mut rule = json!({ "RuleId": format!("rule-{n}"), "Priority": n, "Rosters": [format!("roster-{}", n % 10)], "Strategy": "hash" });
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
    let agents: Vec<_> = (0..AGENTS)
        .map(|n| json!({ "AgentId": format!("agent-{n}@example.com"), "Rosters": [format!("roster-{}", n % 10)], "Shifts": "Mo-Su 00:00-24:00" }))
        .collect();
    rows(json!({ "rules": rules, "agents": agents }))
}

/// 10,000 rules, agents and customers, of every kind that `check` compares with one another: ids,
/// prefixes with calendars, segments, attributes of customers.
pub fn whole() -> desk_cli::files::row_files::RowFiles {
    whole_of(10_000)
}

/// The same with so many rules, agents and customers.
pub fn whole_of(count: usize) -> desk_cli::files::row_files::RowFiles {
    let rules: Vec<_> = (0..count)
        .map(|n| {
            let mut rule = json!({ "RuleId": format!("rule-{n}"), "Priority": n, "Rosters": [format!("roster-{}", n % 500)], "NeedSkills": ["billing"] });
            match n % 4 {
                0 => rule["ClientUserIds"] = json!((0..20).map(|id| format!("user-{n}-{id}")).collect::<Vec<_>>()),
                1 => {
                    rule["ClientUserIdPrefixes"] = json!([format!("prefix-{n}-")]);
                    rule["Hours"] = json!(format!("@calendar-{}", n % 20));
                }
                2 => rule["Segments"] = json!([format!("segment-{}", n % 500)]),
                _ => rule["Customer"] = json!({ "Plan": format!("plan-{}", n % 50), "Spend": ">= 1000" }),
            }
            rule
        })
        .collect();
    let calendars: Vec<_> = (0..20)
        .map(|n| json!({ "CalendarId": format!("calendar-{n}"), "Hours": format!("Mo-Fr {:02}:00-18:00; PH off", n % 12), "HolidayCountry": "KR" }))
        .collect();
    let customers: Vec<_> = (0..count)
        .map(|n| json!({ "ClientUserId": format!("customer-{n}"), "Segments": [format!("segment-{}", n % 500)], "Plan": format!("plan-{}", n % 50), "Spend": n, "Owner": format!("agent-{n}@example.com") }))
        .collect();
    rows(
        json!({ "rules": rules, "agents": agents(count), "calendars": calendars, "customers": customers }),
    )
}

/// 10,000 rules of which each names 200 of 10,000 agents.
pub fn many_named() -> desk_cli::files::row_files::RowFiles {
    let rules: Vec<_> = (0..10_000_usize)
        .map(|n| {
            let ids: Vec<_> = (0..200).map(|k| format!("agent-{}@example.com", (n + 37 * k) % 10_000)).collect();
            json!({ "RuleId": format!("rule-{n}"), "Priority": n, "ClientUserIds": [format!("user-{n}")], "AgentIds": ids })
        })
        .collect();
    let calendars: Vec<_> = (0..20)
        .map(|n| json!({ "CalendarId": format!("calendar-{n}"), "Hours": "Mo-Fr 09:00-18:00" }))
        .collect();
    rows(json!({ "rules": rules, "agents": agents(10_000), "calendars": calendars }))
}

fn agents(count: usize) -> Vec<serde_json::Value> {
    (0..count)
        .map(|n| json!({ "AgentId": format!("agent-{n}@example.com"), "Rosters": [format!("roster-{}", n % 500)], "Skills": { "billing": n % 5 + 1 }, "Shifts": format!("@calendar-{}", n % 20) }))
        .collect()
}
