//! `_Check` says what `desk check` finds, row by row: the same texts, in the same order.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use desk_cli::command::serve::sample_settings;
use desk_cli::files::row_files::RowFiles;
use desk_cli::local::embedded::Embedded;
use routing::inspect::check::{Input, check};
use routing::rows::{Finding, Row, Severity, Table};
use serde_json::json;

use testing::operating::Operating;
use testing::rows;
use testing::running::{BY_RELEASES, Running};

/// Longest part of `_Check` that stands, in characters.
const MAX_CHARACTERS: usize = 1_000;

/// A list in lists, as text: deeper than any row may be.
fn deep() -> String {
    format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000))
}

/// Rows with every kind of finding: by themselves, and beside each other.
fn bad() -> RowFiles {
    let deep = deep();
    rows(json!({
        "rules": [
            { "RuleId": "misspelt", "Priority": 1, "AgentGroupID": 7, "Platfroms": ["iOS"] },
            { "RuleId": "hours", "Priority": 2, "Hours": "Mo-Fr 9-18 o'clock", "AgentGroupId": 7 },
            { "RuleId": "lists", "Priority": "x", "Rosters": "[{]", "NeedSkills": "a; b" },
            { "RuleId": "loose", "Priority": 3, "Rosters": ["nobody's"], "Platforms": ["iphone"] },
            {
                "RuleId": "ids", "Priority": 4, "AgentIds": ["ghost", "ann"],
                "ExceptAgents": ["an"],
            },
            { "RuleId": "equal", "Priority": 4, "Segments": ["vip"], "AgentGroupId": 7 },
            { "RuleId": "own", "Priority": 5, "Customer": { "Plan": "pro" }, "AgentGroupId": 7 },
            { "RuleId": "off", "Priority": 6, "AgentIds": ["ghost"], "Enabled": false },
            { "RuleId": "deep", "Priority": 7, "AgentGroupId": 7, "_LastGood": deep, "_Any": deep },
            { "RuleId": "deeper", "Priority": 8, "AgentGroupId": 7, "Segments": deep },
            { "RuleId": "rest", "Priority": 9, "AgentGroupId": 7 },
            { "RuleId": "vain", "Priority": 10, "AgentGroupId": 8 },
            { "RuleId": "closed", "Priority": 0, "Hours": "@ofice", "AgentGroupId": 8 },
        ],
        "agents": [
            { "AgentId": "ann", "Rosters": ["desk"], "Skills": ["biling"], "Shifts": "@office" },
            { "AgentId": "ben", "Rosters": ["desk"], "Shifts": "24/7", "Tier": "first" },
            { "AgentId": "kim ", "Rosters": ["desk"] },
            { "AgentId": "lee", "Shifts": "Mo-Fr 18:00-09:00", "Away": ["2020-01-01..2020-01-02"] },
        ],
        "calendars": [
            {
                "CalendarId": "office", "Hours": "Mo-Fr 09:00-18:00; PH off",
                "HolidayCountry": "KR",
            },
            { "CalendarId": "unused", "Hours": "Sa 10:00-12:00", "ClosedDates": ["2020-01-01"] },
            { "CalendarId": "broken", "Hours": "sometimes" },
            { "CalendarId": "Unused", "Hours": "Su 10:00-12:00" },
        ],
        "customers": [
            { "ClientUserId": "u1", "Segments": ["gold"], "Plan": "free", "Owner": "gone" },
        ],
    }))
}

fn found(files: &RowFiles, customers: Option<&[Row]>, now: DateTime<Utc>) -> Vec<Finding> {
    let settings = sample_settings("http://127.0.0.1:9", |_| None).unwrap();
    check(Input {
        rows: &files.for_snapshot(),
        customers,
        live: None,
        defaults: &settings.defaults,
        default_group: settings.default_group,
        now,
        from: now,
    })
}

/// How `_Check` begins for a row of these findings.
fn expected(findings: &[&Finding], is_disabled: bool) -> String {
    let said = |finding: &Finding| match &finding.attribute {
        Some(attribute) => format!("`{attribute}`: {}", finding.message),
        None => finding.message.clone(),
    };
    let of = |severity| {
        findings.iter().filter(move |found| found.severity == severity).map(|found| said(found))
    };
    let errors: Vec<String> = of(Severity::Error).collect();
    let text = if !errors.is_empty() {
        format!("NOT USED: {}", errors.join("; "))
    } else if is_disabled {
        let warnings = of(Severity::Warning).map(|text| format!("; before enabling: {text}"));
        format!("disabled{}", warnings.collect::<String>())
    } else {
        let warnings = of(Severity::Warning).enumerate().map(|(place, text)| match place {
            0 => format!(", but {text}"),
            _ => format!("; but {text}"),
        });
        format!("ok{}", warnings.collect::<String>())
    };
    text.chars().take(MAX_CHARACTERS).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_told_what_the_check_finds() {
    for files in [RowFiles::samples().unwrap(), bad()] {
        let store = Embedded::start(0).await.unwrap();
        store.put(&files).await.unwrap();
        let mut desk = Operating::start(&store).await;
        desk.pump().await;
        let findings = found(&files, None, desk.now);
        let mut by_row: BTreeMap<(Table, &str), Vec<&Finding>> = BTreeMap::new();
        for finding in &findings {
            by_row.entry((finding.table, &finding.key)).or_default().push(finding);
        }
        for table in [Table::Rules, Table::Agents, Table::Calendars] {
            for row in files.rows(table) {
                let key = table.key_of(row).unwrap();
                let own = by_row.remove(&(table, key)).unwrap_or_default();
                let is_disabled = row.get("Enabled").is_some();
                let (told, expected) = (desk.check(table, key).await, expected(&own, is_disabled));
                let rest = told.strip_prefix(&expected);
                // Nothing else is found; what dates mean comes behind.
                let is_whole = rest.is_some_and(|rest| {
                    (rest.starts_with("; ") || rest.starts_with('…'))
                        && !rest.contains("; but ")
                        && !rest.contains("; before enabling: ")
                });
                assert!(is_whole, "{table:?} `{key}`\n is told {told}\nexpected {expected}");
            }
        }
        // What is left is said of no row, or of customers.
        let left: Vec<_> = by_row.keys().filter(|(_, key)| !key.is_empty()).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

/// What only a look at all customers shows stands in no `_Check` of a rule.
#[test]
fn only_what_customers_show_is_found_beside() {
    let (files, now) = (bad(), Utc::now());
    let without = found(&files, None, now);
    let with = found(&files, Some(files.rows(Table::Customers)), now);
    assert!(without.iter().all(|finding| with.contains(finding)));
    let more: Vec<_> = with.iter().filter(|finding| !without.contains(finding)).collect();
    assert!(!more.is_empty());
    for finding in more {
        let is_of_customers = finding.table == Table::Customers
            || finding.message.contains("customer")
            || matches!(finding.attribute.as_deref(), Some("Segments" | "Customer"));
        assert!(is_of_customers, "{finding}");
    }
}

/// Deep texts fell nobody: not the operator function, nor a webhook that reads the tables or a
/// release. Lists are as deep as DynamoDB takes them.
#[tokio::test(flavor = "multi_thread")]
async fn deep_rows_reach_the_webhook() {
    let nested = (0..29).fold(json!("x"), |inner, _| json!([inner]));
    let deep = deep();
    let files = rows(json!({
        "rules": [
            { "RuleId": "text", "Priority": 1, "AgentGroupId": 1, "Segments": deep },
            { "RuleId": "list", "Priority": 2, "AgentGroupId": 2, "ClientUserIds": nested },
            { "RuleId": "map", "Priority": 3, "AgentGroupId": 3, "AnyOf": [{ "Hours": nested }] },
            {
                "RuleId": "rest", "Priority": 4, "AgentIds": ["ann"], "_Any": nested,
                "_LastGood": deep,
            },
        ],
        "agents": [{ "AgentId": "ann", "_Any": deep }, { "AgentId": "ben", "Shifts": deep }],
        "calendars": [
            { "CalendarId": "c", "Hours": deep, "SpecialDates": { "2026-12-24": nested } },
        ],
        "customers": [{ "ClientUserId": "u1", "Tags": nested, "Segments": deep, "_Any": deep }],
    }));
    let store = Embedded::start(0).await.unwrap();
    store.put(&files).await.unwrap();
    let mut desk = Operating::start(&store).await;
    desk.pump().await;
    for rule in ["text", "list", "map"] {
        assert!(desk.check(Table::Rules, rule).await.starts_with("NOT USED: "), "{rule}");
    }
    for changes in [&[][..], &[BY_RELEASES]] {
        let running = Running::start(&store.endpoint(), changes).await;
        for user in ["u1", "u2"] {
            assert_eq!(running.agents(user).await, json!(["ann"]), "{user} {changes:?}");
        }
    }
}
