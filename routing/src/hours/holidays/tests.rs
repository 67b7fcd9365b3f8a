//! Facts that anybody can look up in the calendars that governments publish: not written by the
//! script that wrote the data.

use super::*;
use crate::hours::Country;

fn holiday(code: &str, date: &str) -> Option<Holiday> {
    Country::parse(code).unwrap().holiday(date.parse().unwrap())
}

#[test]
fn samples_of_39_countries_over_3_years() {
    for (code, dates) in [
        // The day itself, and the day off in its place.
        ("KR", "2025-01-28 2025-01-29 2025-01-30 2025-03-03 2025-05-05 2025-05-06 2025-06-03"),
        ("KR", "2025-10-05 2025-10-06 2025-10-07 2025-10-08 2026-02-16 2026-02-17 2026-02-18"),
        ("KR", "2026-03-01 2026-03-02 2026-05-24 2026-05-25 2026-08-15 2026-08-17 2026-09-24"),
        ("KR", "2026-09-25 2026-09-26 2026-10-03 2026-10-05 2027-02-06 2027-02-07 2027-02-08"),
        ("KR", "2027-02-09 2027-12-25 2027-12-27"),
        ("JP", "2025-02-24 2025-05-06 2025-11-24 2026-05-06 2026-09-21 2026-09-22 2026-09-23"),
        ("JP", "2026-11-03 2026-11-23 2027-03-21 2027-03-22"),
        ("CN", "2025-01-29 2025-10-01 2026-02-17 2026-10-02 2027-02-06 2027-05-01"),
        ("TW", "2025-10-10 2026-02-17 2026-12-25 2027-02-06 2027-02-28"),
        ("HK", "2025-07-01 2026-04-03 2026-04-04 2026-04-06 2026-04-07 2027-03-29 2027-12-27"),
        ("SG", "2025-05-12 2025-10-20 2026-05-31 2026-06-01 2026-11-08 2026-11-09 2027-05-20"),
        ("US", "2025-11-27 2026-07-03 2026-07-04 2026-11-26 2027-11-25 2027-12-24 2027-12-25"),
        ("US-CA", "2025-03-31 2026-03-31 2026-07-04 2027-03-31"),
        ("GB-ENG", "2025-08-25 2026-04-06 2026-12-28 2027-01-01 2027-12-27 2027-12-28"),
        ("GB-SCT", "2025-01-02 2026-01-02 2026-11-30 2027-01-04"),
        ("DE", "2025-10-03 2026-04-03 2026-05-14 2026-05-25 2026-12-26 2027-03-29"),
        ("DE-BY", "2025-06-19 2026-01-06 2026-06-04 2026-10-03 2027-05-27 2027-11-01"),
        ("FR", "2025-04-21 2026-07-14 2027-05-17"),
        ("ES", "2025-08-15 2026-10-12 2027-12-08"),
        ("IT", "2025-04-25 2026-06-02 2027-03-29"),
        ("NL", "2025-04-26 2026-04-27 2027-04-27"),
        ("PL", "2025-12-24 2026-11-11 2027-05-27"),
        ("SE", "2025-06-21 2026-06-06 2027-03-26"),
        ("AT", "2025-10-26 2026-12-08 2027-08-15"),
        ("CH", "2025-08-01 2026-08-01 2027-08-01"),
        ("CH-ZH", "2025-05-01 2026-12-26 2027-03-26"),
        ("BE", "2025-11-11 2026-07-21 2027-05-17"),
        ("PT", "2025-06-10 2026-04-25 2027-12-01"),
        ("IE", "2025-10-27 2026-02-02 2026-03-17 2027-05-03"),
        ("NO", "2025-05-17 2026-05-17 2027-05-17"),
        ("FI", "2025-12-06 2026-12-06 2027-12-06"),
        ("CA", "2025-07-01 2026-09-07 2027-12-25"),
        ("CA-QC", "2025-06-24 2026-06-24 2027-06-24"),
        ("AU", "2025-12-26 2026-04-25 2027-03-29"),
        ("AU-VIC", "2025-11-04 2026-11-03 2027-11-02"),
        ("NZ", "2025-06-20 2026-02-06 2026-07-10 2027-06-25"),
        ("BR", "2025-11-20 2026-09-07 2027-10-12"),
        ("MX", "2025-09-16 2026-02-02 2027-11-15"),
        ("AR", "2025-07-09 2026-05-25 2027-03-24"),
        ("IN", "2025-08-15 2026-01-26 2027-10-02"),
        ("TH", "2025-12-05 2026-04-13 2027-10-13"),
        ("VN", "2025-01-29 2026-02-17 2027-09-02"),
        ("MY", "2025-08-31 2026-09-16 2027-05-01"),
        ("ID", "2025-08-17 2026-03-19 2027-12-25"),
        ("PH", "2025-06-12 2026-12-30 2027-04-09"),
        ("AE", "2025-12-02 2026-01-01 2027-12-02"),
        ("SA", "2025-09-23 2026-02-22 2027-09-23"),
        ("IL", "2025-10-02 2026-09-12 2027-10-11"),
        ("TR", "2025-10-29 2026-04-23 2027-05-19"),
        ("ZA", "2025-09-24 2026-08-10 2027-03-22"),
    ] {
        for date in dates.split(' ') {
            assert!(holiday(code, date).is_some(), "{code} {date}");
        }
    }
}

#[test]
fn working_days_are_none() {
    for (code, dates) in [
        ("KR", "2026-11-25 2027-02-10 2027-12-28"),
        ("JP", "2026-11-25 2027-03-23 2026-09-24"),
        ("SG", "2027-05-31 2027-10-29"),
        ("TW", "2027-02-11"),
        ("AE", "2027-12-06"),
        ("US", "2027-12-23 2026-07-06 2026-07-02"),
        ("GB-ENG", "2027-12-29 2026-01-02"),
        ("GB-SCT", "2026-04-06"),
        ("DE", "2026-06-04 2026-11-01 2026-01-06"),
        ("NL", "2025-04-27"),
        ("FR", "2026-07-15"),
    ] {
        for date in dates.split(' ') {
            assert_eq!(holiday(code, date), None, "{code} {date}");
        }
    }
}

#[test]
fn all_countries_of_our_users_have_days_in_each_year() {
    for code in ["TW", "TH", "MY", "IL", "AE", "SA", "IN", "CN", "VN", "ID", "KR", "JP", "HK"] {
        let country = Country::parse(code).unwrap();
        assert!(country.has_holidays(), "{code}");
        for year in YEARS.take_while(|year| *year <= country.last_year().unwrap()) {
            let days = all(find(code).unwrap()).filter(|date| date.year() == year).count();
            assert!(days >= 5, "{code} {year}: {days}");
        }
    }
    assert!(!Country::parse("UA").unwrap().has_holidays());
    assert_eq!(Country::parse("UA").unwrap().last_year(), None);
}

#[test]
fn what_the_moon_decides_is_an_estimate() {
    let estimated = |code, date| holiday(code, date).map(|holiday| holiday.estimated);
    assert_eq!(estimated("AE", "2027-03-10"), Some(true));
    assert_eq!(estimated("AE", "2027-12-02"), Some(false));
    assert_eq!(estimated("SA", "2027-09-23"), Some(false));
    let country = Country::parse("AE").unwrap();
    let days = country.estimated_days("2027-03-01".parse().unwrap(), "2027-03-31".parse().unwrap());
    assert!((2..=4).contains(&days.len()), "{days:?}");
    let at = |date: &str| country.warnings(date.parse().unwrap());
    assert!(at("2026-11-25").iter().any(|warning| warning.contains("moon")));
    let korea = |date: &str| Country::parse("KR").unwrap().warnings(date.parse().unwrap());
    assert_eq!(korea("2026-11-25"), [""; 0]);
    // The year ahead ends within the data.
    assert_eq!(korea(&format!("{}-12-31", LAST_YEAR - 1)), [""; 0]);
    let ends = format!("{LAST_YEAR}-06-01");
    assert!(korea(&ends)[0].contains(&format!("after {LAST_YEAR}")));
}

#[test]
fn the_last_year_is_that_of_the_last_holiday() {
    for position in 0..u16::try_from(COUNTRIES.len()).unwrap() {
        let last = all(position).map(|day| day.year()).max();
        assert_eq!(last_year(position), last, "{}", code(position));
    }
}

#[test]
fn outside_the_data_there_is_none() {
    for year in [*YEARS.start() - 1, *YEARS.end() + 1] {
        assert_eq!(holiday("KR", &format!("{year}-12-25")), None);
    }
    assert!(holiday("KR", &format!("{LAST_YEAR}-12-25")).is_some());
    assert!(holiday("KR", &format!("{FIRST_YEAR}-01-01")).is_some());
}

#[test]
fn both_ways_of_reading_agree() {
    for position in (0..u16::try_from(COUNTRIES.len()).unwrap()).step_by(5) {
        let listed: std::collections::BTreeSet<NaiveDate> = all(position).collect();
        let mut count = 0;
        let mut date = first_day();
        while date.year() <= LAST_YEAR {
            let holiday = on(position, date).is_some();
            assert_eq!(listed.contains(&date), holiday, "{} {date}", code(position));
            count += usize::from(holiday);
            date = date.succ_opt().unwrap();
        }
        assert_eq!(listed.len(), count);
    }
}
