//! Several hours in one row, weeks that count, calendars of other zones, closed hours.

use super::*;

/// An interner with the calendars `seoul` (days), `night`, `always` and `berlin`.
pub(super) fn interner() -> Interner {
    let mut interner = Interner::default();
    for (id, text, zone) in [
        ("seoul", "Mo-Fr 09:00-18:00", "Asia/Seoul"),
        ("night", "22:00-06:00", "Asia/Seoul"),
        ("always", "24/7", "Asia/Seoul"),
        ("berlin", "Mo-Fr 15:00-18:00", "Europe/Berlin"),
    ] {
        let zone: Zone = zone.parse().unwrap();
        let source = HoursSource::Text(interner.written(text, None).unwrap());
        let hours = Hours::new(zone, vec![source], Exceptions::default());
        interner.add_calendar(id.to_owned(), Some(Arc::new(hours)));
    }
    interner
}

pub(super) fn with(
    texts: &[&str],
    zone: &str,
    weeks: Option<(u32, &str)>,
    closed: &[&str],
    special: &[(&str, &str)],
) -> Hours {
    let zone: Zone = zone.parse().unwrap();
    let mut interner = interner();
    let sources = interner.sources(texts, None).unwrap();
    let exceptions = Exceptions {
        weeks: weeks
            .map(|(every, first)| EveryWeeks::new(every, parse_day(first).unwrap()).unwrap()),
        closed: closed.iter().map(|closed| Closed::parse(closed, zone).unwrap()).collect(),
        special: special
            .iter()
            .map(|(day, text)| (parse_day(day).unwrap(), interner.written(text, None).unwrap()))
            .collect(),
    };
    Hours::new(zone, sources, exceptions)
}

#[test]
fn any_of_several_in_each_its_own_zone() {
    let hours = with(&["@seoul", "@berlin", "Sa 10:00-12:00"], "Asia/Seoul", None, &[], &[]);
    for (zone, local, open) in [
        ("Asia/Seoul", "2026-11-25 09:00:00", true),
        ("Asia/Seoul", "2026-11-25 18:00:00", false),
        ("Europe/Berlin", "2026-11-25 14:59:00", false),
        ("Europe/Berlin", "2026-11-25 15:00:00", true),
        ("Europe/Berlin", "2026-11-25 18:00:00", false),
        ("Asia/Seoul", "2026-11-28 11:00:00", true),
        ("Asia/Seoul", "2026-11-28 12:00:00", false),
    ] {
        assert_eq!(hours.is_open(at(zone, local)), open, "{zone} {local}");
    }
    assert_eq!(
        hours.next_change(at("Asia/Seoul", "2026-11-25 10:00:00")),
        Some(at("Asia/Seoul", "2026-11-25 18:00:00"))
    );
    assert_eq!(
        hours.next_change(at("Asia/Seoul", "2026-11-25 18:30:00")),
        Some(at("Europe/Berlin", "2026-11-25 15:00:00"))
    );
}

#[test]
fn special_dates_beside_a_calendar_are_in_the_rows_zone() {
    let seoul = "Asia/Seoul";
    let night = with(&["@night"], seoul, None, &[], &[("2026-11-25", "off")]);
    for (local, open) in [
        ("2026-11-25 05:00:00", true),
        ("2026-11-25 23:00:00", false),
        ("2026-11-26 05:00:00", false),
        ("2026-11-26 23:00:00", true),
    ] {
        assert_eq!(night.is_open(at(seoul, local)), open, "{local}");
    }
    // The day off is Berlin's, from midnight to midnight, of a calendar that never closes.
    let berlin = "Europe/Berlin";
    let always = with(&["@always"], berlin, None, &[], &[("2026-11-25", "10:00-12:00")]);
    for (local, open) in [
        ("2026-11-24 23:59:00", true),
        ("2026-11-25 00:00:00", false),
        ("2026-11-25 11:00:00", true),
        ("2026-11-25 12:00:00", false),
        ("2026-11-25 23:59:00", false),
        ("2026-11-26 00:00:00", true),
    ] {
        assert_eq!(always.is_open(at(berlin, local)), open, "{local}");
    }
    // Seoul's morning is Berlin's night: it belongs to Berlin's date on which it begins.
    let early = with(&["@seoul"], berlin, None, &[], &[("2026-11-25", "off")]);
    assert!(!early.is_open(at(berlin, "2026-11-25 03:00:00")));
    assert!(early.is_open(at(berlin, "2026-11-26 03:00:00")));
}

#[test]
fn weeks_count_for_what_starts_in_them() {
    let seoul = "Asia/Seoul";
    let weeks = Some((2, "2026-12-24"));
    let hours = with(&["22:00-06:00"], seoul, weeks, &[], &[("2027-01-01", "10:00-12:00")]);
    for (local, open) in [
        ("2026-12-21 05:00:00", false),
        ("2026-12-21 23:00:00", true),
        ("2026-12-28 05:00:00", true),
        ("2026-12-28 23:00:00", false),
        ("2027-01-01 11:00:00", true),
        ("2027-01-04 23:00:00", true),
    ] {
        assert_eq!(hours.is_open(at(seoul, local)), open, "{local}");
    }
    let now = at(seoul, "2026-12-29 12:00:00");
    assert_eq!(
        hours.open_now(now),
        "closed, opens Fri 2027-01-01 10:00 Asia/Seoul; this week: off; next: from Mon 2027-01-04"
    );
    assert_eq!(hours.why_closed(now).unwrap(), "this week: off; next: from Mon 2027-01-04");
    // The week is told once.
    let until = hours.why_closed_until(now).unwrap();
    assert_eq!(until.matches("this week").count(), 1, "{until}");
    assert!(until.contains("; closed, opens "), "{until}");
}

#[test]
fn closed_hours_are_closed_whichever_day_a_window_began() {
    let seoul = "Asia/Seoul";
    let closed = ["2026-11-26 02:00..04:00", "12-24 13:00..24:00", "12-25"];
    let hours = with(&["22:00-06:00", "Mo-Fr 09:00-18:00"], seoul, None, &closed, &[]);
    let instant = |local: &str| at(seoul, local);
    let open = hours.intervals(instant("2026-11-25 12:00:00"), instant("2026-11-26 12:00:00"));
    let expected = [
        ("2026-11-25 12:00:00", "2026-11-25 18:00:00"),
        ("2026-11-25 22:00:00", "2026-11-26 02:00:00"),
        ("2026-11-26 04:00:00", "2026-11-26 06:00:00"),
        ("2026-11-26 09:00:00", "2026-11-26 12:00:00"),
    ];
    assert_eq!(open, expected.map(|(from, until)| instant(from)..instant(until)));
    let open = hours.intervals(instant("2029-12-24 10:00:00"), instant("2029-12-26 07:00:00"));
    // The night that began on the 24th goes on into the closed 25th.
    let expected = [
        ("2029-12-24 10:00:00", "2029-12-24 13:00:00"),
        ("2029-12-25 00:00:00", "2029-12-25 06:00:00"),
    ];
    assert_eq!(open, expected.map(|(from, until)| instant(from)..instant(until)));
    for (local, why) in [
        ("2026-11-26 03:00:00", "`ClosedDates` closes it until Thu 2026-11-26 04:00"),
        ("2026-12-25 12:00:00", "2026-12-25 is in `ClosedDates`"),
        ("2026-11-28 12:00:00", "outside `22:00-06:00`; outside `Mo-Fr 09:00-18:00`"),
        // The night that would have begun on the closed 25th.
        ("2026-12-26 03:00:00", "2026-12-25 is in `ClosedDates`"),
    ] {
        assert_eq!(hours.why_closed(instant(local)).unwrap(), why);
    }
    assert_eq!(hours.why_closed(instant("2026-11-25 12:00:00")), None);
}

#[test]
fn changes_are_found_far_away_and_across_daylight_saving() {
    let berlin = "Europe/Berlin";
    let yearly = with(&["Dec 24 10:00-14:00"], berlin, None, &[], &[]);
    assert_eq!(
        yearly.next_change(at(berlin, "2026-12-24 14:00:00")),
        Some(at(berlin, "2027-12-24 10:00:00"))
    );
    let always = with(&["24/7"], berlin, None, &[], &[]);
    assert_eq!(always.next_change(at("UTC", "2026-11-24 00:00:00")), None);
    // Across the autumn change, 02:00-02:30 comes twice, apart.
    let twice = with(&["02:00-02:30"], berlin, None, &[], &[]);
    let open = twice.intervals(at("UTC", "2026-10-24 23:00:00"), at("UTC", "2026-10-25 05:00:00"));
    let expected = [("00:00:00", "00:30:00"), ("01:00:00", "01:30:00")].map(|(from, until)| {
        at("UTC", &format!("2026-10-25 {from}"))..at("UTC", &format!("2026-10-25 {until}"))
    });
    assert_eq!(open, expected);
    // In spring, 02:00-03:00 does not come at all.
    let none = with(&["02:00-03:00"], berlin, None, &[], &[]);
    assert_eq!(
        none.intervals(at("UTC", "2026-03-28 12:00:00"), at("UTC", "2026-03-29 12:00:00")),
        []
    );
}

/// Of several, each is named; what an exception takes away is told as its doing.
#[test]
fn which_of_several_it_is() {
    let seoul = "Asia/Seoul";
    let several = with(&["@seoul", "@night", "Sa 10:00-12:00"], seoul, None, &[], &[]);
    let instant = |local: &str| at(seoul, local);
    assert_eq!(
        several.why_closed(instant("2026-11-28 13:00:00")).unwrap(),
        "calendar `seoul`: outside `Mo-Fr 09:00-18:00`; calendar `night`: outside `22:00-06:00`; \
        outside `Sa 10:00-12:00`"
    );
    for (local, by) in [
        ("2026-11-25 10:00:00", "calendar `seoul`"),
        ("2026-11-25 02:00:00", "calendar `night`"),
        ("2026-11-28 10:00:00", "`Sa 10:00-12:00`"),
        ("2026-11-28 10:30:00", "`Sa 10:00-12:00`"),
    ] {
        assert_eq!(several.why_open(instant(local)).unwrap(), by);
    }
    let texts = with(&["22:00-06:00"], seoul, None, &[], &[("2026-11-25", "off")]);
    let calendar = with(&["@night"], seoul, None, &[], &[("2026-11-25", "off")]);
    for hours in [texts, calendar] {
        let why = hours.why_closed(instant("2026-11-26 02:00:00")).unwrap();
        assert_eq!(why, "`SpecialDates` gives 2026-11-25 the hours `off`");
    }
    let many: Vec<String> = (0..12).map(|n| format!("Mo {n:02}:00-{:02}:00", n + 1)).collect();
    let many = with(&many.iter().map(String::as_str).collect::<Vec<_>>(), seoul, None, &[], &[]);
    let why = many.why_closed(instant("2026-11-24 02:00:00")).unwrap();
    assert!(why.ends_with("outside `Mo 09:00-10:00`; and 2 more"), "{why}");
    let special = with(&["Mo 09:00-10:00"], seoul, None, &[], &[("2026-11-28", "10:00-14:00")]);
    assert_eq!(
        special.why_open(instant("2026-11-28 11:00:00")).unwrap(),
        "`SpecialDates` gives 2026-11-28 the hours `10:00-14:00`"
    );
    assert_eq!(special.why_open(instant("2026-11-30 09:30:00")), None);
}

/// Of several entries, any one is open: one that only closes does nothing there.
#[test]
fn what_closes_stands_in_the_calendar_itself() {
    let mut interner = Interner::new(NaiveDate::from_ymd_opt(2026, 11, 25).unwrap());
    interner.add_calendar("office".to_owned(), None);
    let mut told = |text: &str| interner.sources(&[text], None).unwrap_err().remove(0).1;
    for text in ["@office; PH off", "@office, PH off", "PH off; @office", "@office PH off"] {
        let told = told(text);
        assert!(told.contains("put `PH off` at the end of the calendar's own `Hours`"), "{told}");
    }
    for text in ["@office 10:00-12:00", "@office Sa"] {
        assert!(!told(text).contains("`@office`"), "{}", told(text));
    }
    assert!(told("@office, Sa 10:00-14:00").contains("[\"@office\", \"Sa 10:00-14:00\"]"));
}

#[test]
fn what_is_said_of_calendars() {
    let of = |texts: &[&str]| with(texts, "Asia/Seoul", None, &[], &[]);
    let now = at("Asia/Seoul", "2026-11-25 10:00:00");
    let alone = of(&["Sa 10:00-12:00; Su off"]);
    let by = of(&["@seoul", "@night", "Sa 10:00-12:00"]);
    assert_eq!(alone.by_calendars(), None);
    assert_eq!(by.by_calendars().as_deref(), Some("as calendar `seoul`, `night` says"));
    let closed = "closed, opens Sat 2026-11-28 10:00 Asia/Seoul";
    assert_eq!(alone.open_by_itself(now).as_deref(), Some(closed));
    assert_eq!(by.open_by_itself(now), None);
    // One more than the parts of the texts and of each calendar, which count the same way.
    assert_eq!((alone.parts(), by.parts()), (3, 6));
}

#[test]
fn changes_lie_between_the_bounds() {
    let hours = with(&["Mo-Fr 09:00-18:00"], "Asia/Seoul", None, &[], &[]);
    let at = |time: &str| at("Asia/Seoul", &format!("2026-11-25 {time}"));
    for (from, until, changes) in [
        ("08:59:59", "18:00:01", &["09:00:00", "18:00:00"][..]),
        ("09:00:00", "18:00:00", &[]),
        ("09:00:00", "18:00:01", &["18:00:00"]),
        ("08:59:59", "18:00:00", &["09:00:00"]),
    ] {
        let changes: Vec<_> = changes.iter().map(|change| at(change)).collect();
        assert_eq!(hours.changes(at(from), at(until)), changes, "{from} {until}");
    }
}
