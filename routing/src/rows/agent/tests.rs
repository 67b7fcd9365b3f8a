//! Leave, and until when it lasts.

use serde_json::json;

use super::*;
use crate::hours::{Interner, parse_start};
use crate::rows::{Defaults, Patterns, row_from_json};

#[test]
fn which_leave_and_until_when() {
    let entries = [
        "2026-11-24 13:00..18:00",
        "2026-12-24",
        "2026-12-24..2026-12-26",
        "2026-12-27..2027-01-01",
        "2027-03-01..",
    ];
    let row = json!({ "AgentId": "ann", "Away": entries });
    let row = row_from_json(row.as_object().unwrap().clone());
    let zone = Zone::parse("Asia/Seoul").unwrap();
    let defaults =
        Defaults { time_zone: zone, holiday_country: None, customers: true, assignments: true };
    let mut hours = Interner::default();
    let mut context =
        Context { defaults: &defaults, hours: &mut hours, patterns: &mut Patterns::default() };
    let (_, Read::Good(agent), _) = read(&row, &mut context).unwrap() else { panic!() };
    for (now, why) in [
        ("2026-11-24 12:59", None),
        (
            "2026-11-24 13:00",
            Some("`2026-11-24 13:00..18:00`, until Tue 2026-11-24 18:00 Asia/Seoul"),
        ),
        (
            "2026-12-24 09:00",
            Some("`2026-12-24..2026-12-26`, until Sat 2027-01-02 00:00 Asia/Seoul"),
        ),
        ("2027-02-28 23:59", None),
        ("2028-01-01", Some("`2027-03-01..`, without an end")),
    ] {
        let now = parse_start(now, zone).unwrap();
        assert_eq!(agent.why_away(now).as_deref(), why, "{now}");
        assert_eq!(agent.is_away(now), why.is_some(), "{now}");
    }
}
