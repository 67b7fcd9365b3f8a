//! Rows and hours: read or refused, in words.

use chrono::TimeDelta;
use routing::hours::{Country, Interner, Zone};
use routing::rows::{Defaults, Row, Rows, Table, Value, customer, json};
use routing::snapshot::Snapshot;

use super::decisions::{OPEN, now, tried};

/// Any row in any table: read or refused, in words of bounded length, and the same again.
pub fn row(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Ok(row) = json::parse_row(text) else { return };
    let defaults: &Defaults = &OPEN.defaults;
    let with = |table: Table, id: &str| {
        let mut row: Row = row.clone();
        row.entry(table.key_attribute().to_owned()).or_insert_with(|| Value::Text(id.to_owned()));
        row
    };
    let rows = Rows {
        rules: vec![with(Table::Rules, "rule")],
        agents: vec![with(Table::Agents, "agent")],
        calendars: vec![with(Table::Calendars, "calendar")],
    };
    let snapshot = Snapshot::compile(&rows, defaults, now());
    assert!(
        snapshot.findings().iter().all(|finding| finding.to_string().len() < 4_000),
        "{:?}",
        snapshot.findings()
    );
    let again = Snapshot::compile(&rows, defaults, now());
    assert_eq!(snapshot.version(), again.version());
    let customer = with(Table::Customers, "customer");
    if let Ok((_, _, findings)) = customer::read(&customer, defaults, now()) {
        assert!(findings.iter().all(|finding| finding.to_string().len() < 4_000));
    }
    tried(&snapshot);
    // What is printed reads as the same row.
    let (printed, _) = json::print_row(&row, "");
    assert_eq!(json::parse_row(&printed).unwrap(), row);
}

/// Any hours: refused in words, or open or closed at any time, up to the next change.
pub fn hours(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let mut interner = Interner::new(now().date_naive());
    for (zone, country) in [
        (Zone::parse("Asia/Seoul").unwrap(), Country::parse("KR").ok()),
        (Zone::parse("America/New_York").unwrap(), None),
    ] {
        let Ok((hours, _)) = interner.resolve(&[text], zone, country) else { continue };
        for days in [0, 3, 117, 365, 2_000] {
            let at = now() + TimeDelta::days(days);
            let is_open = hours.is_open(at);
            if days > 3 {
                continue;
            }
            match hours.next_change(at) {
                Some(change) => {
                    assert!(
                        change > at && hours.is_open(change) != is_open,
                        "{text}: {at} to {change}"
                    );
                    let middle = at + (change - at) / 2;
                    assert_eq!(hours.is_open(middle), is_open, "{text}: {middle}");
                    assert_eq!(
                        hours.is_open(change - TimeDelta::seconds(1)),
                        is_open,
                        "{text}: just before {change}"
                    );
                }
                None => assert_eq!(hours.is_open(at + TimeDelta::days(30)), is_open, "{text}"),
            }
        }
    }
}
