//! Hours that are right: nights, several windows a day, daylight saving, holidays, exceptions.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::*;
use crate::packed::{Packed, Packer, Unpacker};

mod lists;
mod naive;
mod searched;
mod stretches;
mod told;

const KR: Option<&str> = Some("KR");

fn hours(text: &str, zone: &str, country: Option<&str>) -> Hours {
    let country = country.map(|code| Country::parse(code).unwrap());
    let written = Interner::default().written(text, country).unwrap();
    Hours::new(zone.parse().unwrap(), vec![HoursSource::Text(written)], Exceptions::default())
}

/// A local time as an instant; of an ambiguous one the earlier.
fn at(zone: &str, local: &str) -> DateTime<Utc> {
    let zone: Zone = zone.parse().unwrap();
    zone.to_utc(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M:%S").unwrap())
}

#[test]
fn open_or_closed() {
    let day = "Mo-Fr 09:00-18:00";
    let lunch = "Mo-Fr 09:00-12:00,13:00-18:00";
    let night = "Mo-Fr 22:00-06:00";
    for (text, local, open) in [
        // 2026-11-24 is a Tuesday.
        (day, "2026-11-24 08:59:59", false),
        (day, "2026-11-24 09:00:00", true),
        (day, "2026-11-24 17:59:59", true),
        (day, "2026-11-24 18:00:00", false),
        (day, "2026-11-28 12:00:00", false),
        (lunch, "2026-11-24 12:00:00", false),
        (lunch, "2026-11-24 13:00:00", true),
        (night, "2026-11-24 21:59:59", false),
        (night, "2026-11-24 23:59:59", true),
        (night, "2026-11-25 00:00:00", true),
        (night, "2026-11-25 05:59:59", true),
        (night, "2026-11-25 06:00:00", false),
        // Friday's night reaches into Saturday; no night begins on Sunday.
        (night, "2026-11-28 03:00:00", true),
        (night, "2026-11-30 03:00:00", false),
        // The minute before midnight.
        ("Mo-Fr 09:00-24:00", "2026-11-24 23:59:59", true),
        ("Mo-Fr 09:00-24:00", "2026-11-25 00:00:00", false),
        ("Mo-Fr 09:00-23:59", "2026-11-24 23:59:00", false),
        ("00:00-24:00", "2026-11-24 23:59:59", true),
        ("24/7", "2026-11-24 23:59:59", true),
        ("Mo 20:00-26:00", "2026-11-24 01:59:59", true),
        ("Mo 20:00-26:00", "2026-11-24 02:00:00", false),
        // A comma adds, a semicolon replaces the day.
        ("Mo-Fr 09:00-18:00, Fr 18:00-22:00", "2026-11-27 10:00:00", true),
        ("Mo-Fr 09:00-18:00; Fr 18:00-22:00", "2026-11-27 10:00:00", false),
        ("Mo-Fr 09:00-18:00; Fr 18:00-22:00", "2026-11-27 20:00:00", true),
        // A day that replaces or closes leaves the night before alone.
        ("Fr 22:00-06:00; Sa 10:00-18:00", "2026-11-28 03:00:00", true),
        ("Fr 22:00-06:00; Sa 10:00-18:00", "2026-11-28 08:00:00", false),
        ("Fr 22:00-06:00; Sa 10:00-18:00", "2026-11-28 11:00:00", true),
        ("22:00-06:00; Sa off", "2026-11-28 03:00:00", true),
        ("22:00-06:00; Sa off", "2026-11-28 23:00:00", false),
        ("22:00-06:00; Sa off", "2026-11-29 03:00:00", false),
        // Hours that are off are off, whichever day's window they lie in.
        ("22:00-06:00; Sa 02:00-03:00 off", "2026-11-28 02:30:00", false),
        ("22:00-06:00; Sa 02:00-03:00 off", "2026-11-28 03:30:00", true),
        ("24/7; 22:00-02:00 off", "2026-11-24 01:00:00", false),
        ("24/7; 22:00-02:00 off", "2026-11-24 23:00:00", false),
        ("24/7; 22:00-02:00 off", "2026-11-24 02:00:00", true),
        // A fallback counts where nothing before it is open, as in opening_hours.js.
        ("Mo-Fr 09:00-18:00 || 20:00-22:00", "2026-11-24 21:00:00", true),
        ("Mo-Fr 09:00-18:00 || 20:00-22:00", "2026-11-28 21:00:00", true),
        // Dates, weeks, the nth weekday.
        ("2026 Dec 24 10:00-14:00", "2026-12-24 11:00:00", true),
        ("2026 Dec 24 10:00-14:00", "2027-12-24 11:00:00", false),
        ("Mo[1] 10:00-14:00", "2026-12-07 11:00:00", true),
        ("Mo[1] 10:00-14:00", "2026-12-14 11:00:00", false),
        ("Dec 24-Jan 02 off, 09:00-18:00", "2027-01-03 10:00:00", true),
        ("09:00-18:00; Dec 24-Jan 02 off", "2027-01-01 10:00:00", false),
    ] {
        assert_eq!(
            hours(text, "Asia/Seoul", None).is_open(at("Asia/Seoul", local)),
            open,
            "{text} at {local}"
        );
    }
}

#[test]
fn the_weekday_is_that_of_the_zone() {
    // 2026-11-27 is a Friday; at 20:00 UTC it is Saturday in Seoul.
    let now = at("UTC", "2026-11-27 20:00:00");
    assert!(hours("Sa 00:00-24:00", "Asia/Seoul", None).is_open(now));
    assert!(hours("Fr 00:00-24:00", "UTC", None).is_open(now));
}

#[test]
fn public_holidays_by_country() {
    let text = "Mo-Fr 09:00-18:00; PH off";
    // Christmas (a Friday in 2026) is a holiday in both countries, Hangul Day (Friday 2026-10-09)
    // in Korea only.
    for (country, local, open) in [
        ("KR", "2026-12-25 10:00:00", false),
        ("DE", "2026-12-25 10:00:00", false),
        ("KR", "2026-10-09 10:00:00", false),
        ("DE", "2026-10-09 10:00:00", true),
    ] {
        assert_eq!(
            hours(text, "Asia/Seoul", Some(country)).is_open(at("Asia/Seoul", local)),
            open,
            "{country} {local}"
        );
    }
    // The night before the holiday goes on into it.
    let night = hours("Mo-Fr 22:00-06:00; PH off", "Asia/Seoul", KR);
    assert!(night.is_open(at("Asia/Seoul", "2026-12-25 05:00:00")));
    assert!(!night.is_open(at("Asia/Seoul", "2026-12-25 23:00:00")));
    // `PH` first is the library's trap: the weekday part replaces it.
    assert!(
        hours("PH off; Mo-Fr 09:00-18:00", "Asia/Seoul", KR)
            .is_open(at("Asia/Seoul", "2026-12-25 10:00:00"))
    );
}

#[test]
fn daylight_saving() {
    let berlin = "Europe/Berlin";
    // 2026-03-29 02:00 → 03:00; 2026-10-25 03:00 → 02:00.
    let gap = hours("02:00-03:00", berlin, None);
    assert!(
        !gap.is_open(at("UTC", "2026-03-29 00:59:59"))
            && !gap.is_open(at("UTC", "2026-03-29 01:00:00")),
        "an hour that does not exist"
    );
    let twice = hours("02:00-03:00", berlin, None);
    assert!(
        twice.is_open(at("UTC", "2026-10-25 00:30:00"))
            && twice.is_open(at("UTC", "2026-10-25 01:30:00")),
        "an hour that comes twice"
    );
    assert!(!twice.is_open(at("UTC", "2026-10-25 02:00:00")));
    // Across the change, 09:00 stays 09:00 on the wall.
    let day = hours("09:00-18:00", berlin, None);
    assert!(
        day.is_open(at("UTC", "2026-03-27 08:00:00"))
            && !day.is_open(at("UTC", "2026-03-27 07:30:00"))
    );
    assert!(day.is_open(at("UTC", "2026-03-30 07:00:00")));
    // A night over the change is an hour shorter, and still ends at 06:00 on the wall.
    let night = hours("22:00-06:00", berlin, None);
    assert!(
        night.is_open(at("UTC", "2026-03-29 03:59:59"))
            && !night.is_open(at("UTC", "2026-03-29 04:00:00"))
    );
}

#[test]
fn a_calendars_exceptions_and_a_night_shift() {
    let mut interner = Interner::default();
    let zone: Zone = "Asia/Seoul".parse().unwrap();
    let mut text = |text: &str| interner.written(text, None).unwrap();
    let day = |text: &str| parse_day(text).unwrap();
    let exceptions = Exceptions {
        weeks: None,
        closed: ["2026-11-30", "2026-12-24..2026-12-26"]
            .map(|closed| Closed::parse(closed, zone).unwrap())
            .to_vec(),
        special: BTreeMap::from([
            (day("2026-11-27"), text("09:00-22:00")),
            (day("2026-12-25"), text("23:00-01:00")),
        ]),
    };
    let calendar = Hours::new(zone, vec![HoursSource::Text(text("22:00-06:00"))], exceptions);
    for (local, open) in [
        // Closing the 30th leaves the night that began on the 29th.
        ("2026-11-30 05:59:00", true),
        ("2026-11-30 22:30:00", false),
        ("2026-12-01 03:00:00", false),
        ("2026-12-01 22:30:00", true),
        // A special date has these hours instead: no night begins, the night before goes on.
        ("2026-11-27 03:00:00", true),
        ("2026-11-27 12:00:00", true),
        ("2026-11-27 22:30:00", false),
        ("2026-11-28 03:00:00", false),
        // Special hours on a closed date, into the next one.
        ("2026-12-25 22:30:00", false),
        ("2026-12-25 23:30:00", true),
        ("2026-12-26 00:30:00", true),
        ("2026-12-26 01:00:00", false),
    ] {
        assert_eq!(calendar.is_open(at("Asia/Seoul", local)), open, "{local}");
    }
}

#[test]
fn equal_texts_share_their_hours() {
    let zone: Zone = "Asia/Seoul".parse().unwrap();
    let text = ["Mo-Fr 09:00-18:00"];
    let mut first = Interner::default();
    let (one, _) = first.resolve(&text, zone, None).unwrap();
    let (two, _) = first.resolve(&text, zone, None).unwrap();
    assert!(Arc::ptr_eq(&one, &two));
    let special = first.written(text[0], None).unwrap();
    assert!(
        matches!(&one.sources()[0], HoursSource::Text(written) if Arc::ptr_eq(written, &special))
    );
    let (other, _) = first.resolve(&text, Zone::utc(), None).unwrap();
    assert!(!Arc::ptr_eq(&one, &other), "another zone, other hours");
}

#[test]
fn a_calendar_is_found_by_name_or_suggested() {
    let mut interner = Interner::default();
    let always = interner.written("24/7", None).unwrap();
    let always = Hours::new(Zone::utc(), vec![HoursSource::Text(always)], Exceptions::default());
    interner.add_calendar("support".into(), Some(Arc::new(always)));
    interner.add_calendar("broken".into(), None);
    for text in ["@support", "@Support", "@ support", "＠support"] {
        assert!(interner.resolve(&[text], Zone::utc(), None).is_ok(), "{text}");
    }
    for (text, says) in [
        ("@suport", "did you mean `@support`"),
        ("@broken", "has an error; correct that row first"),
        ("support", "write `@support`"),
    ] {
        let wrong = interner.resolve(&["24/7", text], Zone::utc(), None).unwrap_err();
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].0 == 1 && wrong[0].1.contains(says), "{text}: {wrong:?}");
    }
}

#[test]
fn hours_come_back_from_bytes_as_they_were() {
    let text = "Mo-Fr 09:00-18:00; PH off";
    let zone: Zone = "Asia/Seoul".parse().unwrap();
    let country = Some(Country::parse("KR").unwrap());
    let mut interner = Interner::default();
    let night = HoursSource::Text(interner.written("22:00-06:00", None).unwrap());
    let night = Hours::new("Europe/Berlin".parse().unwrap(), vec![night], Exceptions::default());
    interner.add_calendar("night".to_owned(), Some(Arc::new(night)));
    let exceptions = Exceptions {
        weeks: EveryWeeks::new(3, parse_day("2026-11-23").unwrap()),
        closed: vec![Closed::parse("12-24 13:00..24:00", zone).unwrap()],
        special: BTreeMap::from([(
            parse_day("2026-12-01").unwrap(),
            interner.written("10:00-12:00", None).unwrap(),
        )]),
    };
    let hours = Hours::new(zone, interner.sources(&[text, "@night"], country).unwrap(), exceptions);
    let mut to = Packer::default();
    hours.pack(&mut to);
    let bytes = to.finish();
    let mut from = Unpacker::new(&bytes);
    let back = Hours::unpack(&mut from).unwrap();
    assert_eq!(from.finish(), Ok(()));
    assert_eq!(back.zone(), zone);
    let HoursSource::Text(written) = &back.sources()[0] else { panic!() };
    assert_eq!((written.text.as_str(), written.country), (text, country));
    let (from, to) = (at("UTC", "2026-11-01 00:00:00"), at("UTC", "2027-03-01 00:00:00"));
    assert_eq!(back.intervals(from, to), hours.intervals(from, to));
}
