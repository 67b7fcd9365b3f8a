use super::*;

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

fn utc(name: &str, local: &str) -> String {
    let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
    zone(name).to_utc(local).format("%Y-%m-%d %H:%M").to_string()
}

/// Hours from UTC at noon UTC of a date.
fn offset(name: &str, date: &str) -> f64 {
    let at: DateTime<Utc> = format!("{date}T12:00:00Z").parse().unwrap();
    (zone(name).local(at) - at.naive_utc()).num_minutes() as f64 / 60.0
}

#[test]
fn gap_and_overlap() {
    assert_eq!(utc("Europe/Berlin", "2026-03-29 01:30"), "2026-03-29 00:30");
    assert_eq!(utc("Europe/Berlin", "2026-03-29 02:30"), "2026-03-29 01:00", "after the gap");
    assert_eq!(utc("Europe/Berlin", "2026-03-29 03:00"), "2026-03-29 01:00");
    assert_eq!(utc("Europe/Berlin", "2026-10-25 02:30"), "2026-10-25 00:30", "the earlier");
    assert_eq!(utc("Pacific/Apia", "2011-12-30 12:00"), "2011-12-30 10:00", "a whole day left out");
    assert_eq!(utc("Australia/Lord_Howe", "2026-10-04 02:10"), "2026-10-03 15:30", "half an hour");
    assert_eq!(utc("UTC", "2026-10-04 02:10"), "2026-10-04 02:10");
}
