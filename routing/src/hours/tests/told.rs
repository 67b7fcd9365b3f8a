//! In which zone hours are told, and why they are closed.

use super::lists::with;
use super::*;

const SEOUL: &str = "Asia/Seoul";
const BERLIN: &str = "Europe/Berlin";

#[test]
fn the_zone_of_its_calendars_when_nothing_else_is_said() {
    for (texts, zone, special, shown) in [
        (&["@berlin"][..], SEOUL, &[][..], BERLIN),
        (&["@seoul", "@night"], "UTC", &[], SEOUL),
        (&["@seoul", "@berlin"], "UTC", &[], "UTC"),
        (&["@berlin", "Sa 10:00-12:00"], SEOUL, &[], SEOUL),
        (&["Sa 10:00-12:00"], SEOUL, &[], SEOUL),
        (&["@berlin"], SEOUL, &[("2026-11-25", "off")], SEOUL),
    ] {
        let hours = with(texts, zone, None, &[], special);
        assert_eq!(hours.shown_zone().name(), shown, "{texts:?} in {zone} {special:?}");
    }
    let berlin = with(&["@berlin"], SEOUL, None, &[], &[]);
    assert_eq!(
        berlin.open_now(at(BERLIN, "2026-11-25 16:00:00")),
        "open, closes Wed 2026-11-25 18:00 Europe/Berlin"
    );
}

#[test]
fn a_holiday_is_named_where_it_closes() {
    for (text, local, why) in [
        (
            "Mo-Fr 09:00-18:00; PH off",
            "2026-12-25 10:00:00",
            "2026-12-25 is a public holiday of KR",
        ),
        // A Sunday is closed anyway, and the text does not speak of holidays.
        ("Mo-Fr 09:00-18:00", "2026-03-01 10:00:00", "outside `Mo-Fr 09:00-18:00`"),
        (
            "Mo-Fr 09:00-18:00; PH 10:00-12:00",
            "2026-12-25 13:00:00",
            "outside `Mo-Fr 09:00-18:00; PH 10:00-12:00`",
        ),
        ("Mo-Fr 09:00-18:00; PH off", "2026-11-25 20:00:00", "outside `Mo-Fr 09:00-18:00; PH off`"),
    ] {
        let hours = hours(text, SEOUL, KR);
        assert_eq!(hours.why_closed(at(SEOUL, local)).as_deref(), Some(why), "{text} {local}");
    }
}

/// A closed date before this one matters only where it takes a night away.
#[test]
fn yesterday_is_told_where_its_night_would_go_on() {
    for (text, local, why) in [
        ("Mo-Fr 09:00-18:00", "2026-11-25 20:00:00", "outside `Mo-Fr 09:00-18:00`"),
        ("22:00-06:30", "2026-11-25 06:15:00", "2026-11-24 is in `ClosedDates`"),
        ("22:00-06:30", "2026-11-25 06:30:00", "outside `22:00-06:30`"),
    ] {
        let hours = with(&[text], SEOUL, None, &["2026-11-24"], &[]);
        assert_eq!(hours.why_closed(at(SEOUL, local)).as_deref(), Some(why), "{text} {local}");
    }
}
