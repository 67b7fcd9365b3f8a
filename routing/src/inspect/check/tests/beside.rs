//! Rows beside one another, and beside what is live.

use serde_json::json;

use super::*;
use crate::release::settle;

/// Whoever edits one of two calendars of one name looks at that one alone: each is told.
#[test]
fn calendars_of_one_name_are_all_told() {
    for (other, shown) in [
        ("OFFICE", "OFFICE"),
        ("ｏｆｆｉｃｅ", "ｏｆｆｉｃｅ"),
        ("Office", "Office"),
        ("off\u{200b}ice", r"off\u{200b}ice"),
    ] {
        let found = add("calendars", json!({ "CalendarId": other, "Hours": "24/7" }));
        for (one, the_other) in [("office", shown), (shown, "office")] {
            let said = format!(
                "warning: calendars `{one}`, `CalendarId`: has the same name as `{the_other}` \
                (case, width and spaces do not count)"
            );
            let count = found.iter().filter(|finding| finding.starts_with(&said)).count();
            assert_eq!(count, 1, "{said}: {found:#?}");
        }
    }
    let found = after(|rows| {
        let calendars = rows["calendars"].as_array_mut().unwrap();
        for name in ["A  b", "a b", "A b", "a B", "A B"] {
            calendars.push(json!({ "CalendarId": name, "Hours": "24/7" }));
        }
    });
    let of_many = found
        .iter()
        .filter(|said| said.contains("has the same name as `") && said.contains("` and 1 more ("));
    assert_eq!(of_many.count(), 5, "{found:#?}");
}

/// A row whose key looks like another's is in error, and the other is not.
#[test]
fn a_key_that_looks_like_another_is_another() {
    let found = add("rules", json!({ "RuleId": "vi\u{200b}p", "Priority": 9, "AgentGroupId": 7 }));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with(r"error: rules `vi\u{200b}p`, `RuleId` is `vip`: the key has"));
}

/// What nobody has by the rows, agents may have by the live release: an accident that waits.
#[test]
fn what_is_live_is_said_beside_the_rows() {
    let typed = |rows: &Json, name: &str| -> Vec<Row> {
        let rows = rows[name].as_array().unwrap().iter();
        rows.map(|row| row_from_json(row.as_object().unwrap().clone())).collect()
    };
    let all = |rows: &Json| Rows {
        rules: typed(rows, "rules"),
        agents: typed(rows, "agents"),
        calendars: typed(rows, "calendars"),
    };
    let mut rows = good();
    let agents = rows["agents"].as_array_mut().unwrap();
    agents.push(json!({ "AgentId": "bob", "Rosters": { "Desk": 2 } }));
    agents.push(json!({ "AgentId": "cho", "Rosters": ["desk"], "Enabled": false }));
    let before = all(&rows);
    rows["agents"] = json!([]);
    let now = all(&rows);
    let defaults = &Defaults {
        time_zone: crate::hours::Zone::utc(),
        holiday_country: None,
        customers: true,
        assignments: true,
    };
    let at = Utc.with_ymd_and_hms(2026, 11, 24, 1, 30, 0).unwrap();
    let (live, _) = settle(&before, None, defaults, at);
    let found = |live| {
        let input = Input {
            rows: &now,
            customers: None,
            live,
            defaults,
            default_group: None,
            now: at,
            from: at,
        };
        check(input).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let beside = found(Some(&live));
    for said in [
        "the roster `desk`: no agent is on it (by the rows: in the live release 2 agents are on \
        it); correct",
        "nobody can answer (by the rows: in the live release 1 agent has it); correct",
    ] {
        assert!(beside.contains(said), "{beside}");
    }
    let alone = found(None);
    assert!(alone.contains("no agent is on it; correct") && !alone.contains("by the rows"));
}
