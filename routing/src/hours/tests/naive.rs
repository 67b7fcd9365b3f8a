//! Hours against a naive reading of the same rows: minute by minute, in the plainest way, without
//! sharing. Windows of each day are listed by hand from what was typed, not by the text's reader.

use chrono::{Datelike, TimeDelta, Timelike};
use proptest::prelude::*;

use super::*;

/// A text of hours as a person means it: on these weekdays (Monday is 0), from a minute of the day
/// for some minutes.
#[derive(Debug, Clone)]
struct Plain {
    weekdays: Vec<u32>,
    from: u32,
    long: u32,
}

impl Plain {
    fn text(&self) -> String {
        const NAMES: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
        let days: Vec<_> = self.weekdays.iter().map(|day| NAMES[*day as usize]).collect();
        let end = self.from + self.long;
        let end = if end > 1440 { end - 1440 } else { end };
        let time = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{} {}-{}", days.join(","), time(self.from), time(end))
    }

    /// Whether a window that starts on `date` is open at the minute, counted from its midnight.
    fn is_open(&self, date: NaiveDate, minute: u32) -> bool {
        self.weekdays.contains(&date.weekday().num_days_from_monday())
            && (self.from..self.from + self.long).contains(&minute)
    }
}

fn plain() -> impl Strategy<Value = Plain> {
    let days = prop::collection::btree_set(0u32..7, 1..=7);
    (days, 0u32..96, 1u32..=96).prop_map(|(days, from, long)| Plain {
        weekdays: days.into_iter().collect(),
        from: from * 15,
        long: long * 15,
    })
}

#[derive(Debug, Clone)]
enum Shut {
    Days(NaiveDate, u64),
    EveryYear(u32, u32),
    Hours(NaiveDateTime, u32),
}

/// A row with hours.
#[derive(Debug, Clone)]
struct World {
    zone: &'static str,
    own: Vec<Plain>,
    weeks: Option<(u32, NaiveDate)>,
    shut: Vec<Shut>,
    special: Vec<(NaiveDate, Option<(u32, u32)>)>,
    /// A calendar in the same zone, with a day that it closes.
    calendar: Option<(Plain, NaiveDate)>,
}

const ZONES: [&str; 6] = [
    "Asia/Seoul",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/St_Johns",
];

fn date() -> impl Strategy<Value = NaiveDate> {
    // From 2026-10-01 on, over New Year after a year of 53 weeks, and two changes of clocks.
    (0u64..210).prop_map(|days| day(2026, 10, 1) + chrono::Days::new(days))
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn world() -> impl Strategy<Value = World> {
    let shut = prop_oneof![
        (date(), 0u64..3).prop_map(|(first, more)| Shut::Days(first, more)),
        date().prop_map(|date| Shut::EveryYear(date.month(), date.day())),
        (date(), 0u32..96, 1u32..120).prop_map(|(date, from, long)| {
            Shut::Hours(date.and_hms_opt(from / 4, from % 4 * 15, 0).unwrap(), long * 15)
        }),
    ];
    let special = (date(), prop::option::of((0u32..96, 1u32..=96)));
    (
        prop::sample::select(ZONES.to_vec()),
        prop::collection::vec(plain(), 1..3),
        prop::option::of((2u32..5, date())),
        prop::collection::vec(shut, 0..4),
        prop::collection::vec(special, 0..4),
        prop::option::of((plain(), date())),
    )
        .prop_map(|(zone, own, weeks, shut, special, calendar)| {
            let special = special
                .into_iter()
                .map(|(date, hours)| (date, hours.map(|(from, long)| (from * 15, long * 15))))
                .collect::<BTreeMap<_, _>>()
                .into_iter()
                .collect();
            World { zone, own, weeks, shut, special, calendar }
        })
}

/// The same, minute by minute.
fn naive(world: &World, zone: Zone, now: DateTime<Utc>) -> bool {
    let local = zone.local(now);
    for shut in &world.shut {
        if let Shut::Hours(from, long) = shut {
            let until = *from + TimeDelta::minutes(i64::from(*long));
            if zone.to_utc(*from) <= now && now < zone.to_utc(until) {
                return false;
            }
        }
    }
    let minute = local.hour() * 60 + local.minute();
    [(local.date(), minute), (local.date().pred_opt().unwrap(), minute + 1440)]
        .into_iter()
        .any(|(date, minute)| starts(world, date, minute))
}

fn starts(world: &World, date: NaiveDate, minute: u32) -> bool {
    if let Some((_, hours)) = world.special.iter().find(|(special, _)| *special == date) {
        return hours.is_some_and(|(from, long)| (from..from + long).contains(&minute));
    }
    for shut in &world.shut {
        let closed = match shut {
            Shut::Days(first, more) => *first <= date && date <= *first + chrono::Days::new(*more),
            Shut::EveryYear(month, day) => (date.month(), date.day()) == (*month, *day),
            Shut::Hours(..) => false,
        };
        if closed {
            return false;
        }
    }
    if let Some((every, first)) = world.weeks {
        let mut monday = first;
        while monday.weekday() != chrono::Weekday::Mon {
            monday = monday.pred_opt().unwrap();
        }
        let mut own = date;
        while own.weekday() != chrono::Weekday::Mon {
            own = own.pred_opt().unwrap();
        }
        let weeks = (own - monday).num_days() / 7;
        if weeks.rem_euclid(i64::from(every)) != 0 {
            return false;
        }
    }
    world.own.iter().any(|plain| plain.is_open(date, minute))
        || world
            .calendar
            .as_ref()
            .is_some_and(|(plain, closed)| date != *closed && plain.is_open(date, minute))
}

fn built(world: &World, zone: Zone) -> Hours {
    let mut interner = Interner::default();
    let time = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let mut sources: Vec<HoursSource> = world
        .own
        .iter()
        .map(|plain| HoursSource::Text(interner.written(&plain.text(), None).unwrap()))
        .collect();
    if let Some((plain, closed)) = &world.calendar {
        let text = HoursSource::Text(interner.written(&plain.text(), None).unwrap());
        let closed = vec![Closed::parse(&closed.to_string(), zone).unwrap()];
        let exceptions = Exceptions { closed, ..Exceptions::default() };
        let calendar = Hours::new(zone, vec![text], exceptions);
        sources.push(HoursSource::Calendar("c".to_owned(), Arc::new(calendar)));
    }
    let closed = world.shut.iter().map(|shut| {
        let text = match shut {
            Shut::Days(first, 0) => first.to_string(),
            Shut::Days(first, more) => format!("{first}..{}", *first + chrono::Days::new(*more)),
            Shut::EveryYear(month, day) => format!("{month:02}-{day:02}"),
            Shut::Hours(from, long) => {
                let until = *from + TimeDelta::minutes(i64::from(*long));
                let minute = "%Y-%m-%d %H:%M";
                format!("{}..{}", from.format(minute), until.format(minute))
            }
        };
        Closed::parse(&text, zone).unwrap_or_else(|error| panic!("{text}: {error}"))
    });
    let special = world.special.iter().map(|(date, hours)| {
        let text = match hours {
            None => "off".to_owned(),
            Some((from, long)) => {
                let end = from + long;
                format!("{}-{}", time(*from), time(if end > 1440 { end - 1440 } else { end }))
            }
        };
        (*date, interner.written(&text, None).unwrap())
    });
    let exceptions = Exceptions {
        weeks: world.weeks.map(|(every, first)| EveryWeeks::new(every, first).unwrap()),
        special: special.collect(),
        closed: closed.collect(),
    };
    Hours::new(zone, sources, exceptions)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Open or closed as the naive reading says; the stretches and changes say the same.
    #[test]
    fn they_agree_with_a_naive_reading(world in world(), from in 0i64..190) {
        let zone: Zone = world.zone.parse().unwrap();
        let hours = built(&world, zone);
        let from = day(2026, 10, 3).and_time(chrono::NaiveTime::MIN).and_utc()
            + TimeDelta::days(from);
        let to = from + TimeDelta::days(12);
        let stretches = hours.intervals(from, to);
        for pair in stretches.windows(2) {
            prop_assert!(pair[0].end < pair[1].start, "disjoint and apart: {pair:?}");
        }
        let mut change = hours.next_change(from);
        let mut was_open = naive(&world, zone, from);
        for minute in (0..12 * 24 * 60).step_by(5) {
            let now = from + TimeDelta::minutes(minute);
            let open = naive(&world, zone, now);
            prop_assert_eq!(hours.is_open(now), open, "at {} ({})", now, zone.local(now));
            let inside = stretches.iter().any(|stretch| stretch.contains(&now));
            prop_assert_eq!(inside, open, "stretches at {} ({})", now, zone.local(now));
            prop_assert_eq!(hours.why_closed(now).is_none(), open);
            if open != was_open {
                prop_assert_eq!(change, Some(now), "change at {}", zone.local(now));
                change = hours.next_change(now);
                was_open = open;
            }
        }
    }
}
