//! What is found among calendars, and hours that never open.

use super::lists::{interner, with};
use super::*;

/// 2026-11-25, a Wednesday.
fn today() -> Interner {
    Interner::new(NaiveDate::from_ymd_opt(2026, 11, 25).unwrap())
}

#[test]
fn calendars_by_their_names() {
    let mut interner = interner();
    assert!(interner.calendar("seoul").is_some());
    assert!(interner.calendar("Seoul").is_none(), "by its exact id alone");
    for (name, id) in [("seoul", Some("seoul")), (" SEOUL", Some("seoul")), ("tokyo", None)] {
        assert_eq!(interner.calendar_id(name), id, "{name}");
    }
    let wrong = interner.sources(&["SEOUL"], None).unwrap_err();
    assert_eq!(wrong, [(0, "a calendar is named with `@`; write `@seoul`".to_owned())]);
    interner.add_calendar("Seoul".to_owned(), None);
    assert_eq!(interner.calendar_id("Seoul"), Some("Seoul"));
    assert_eq!(interner.calendar_id("SEOUL"), None, "which of the two?");
}

#[test]
fn hours_that_never_open_in_the_coming_year() {
    for (text, never) in [
        ("24/7", false),
        ("Mo 10:00-12:00", false),
        ("Dec 20 10:00-12:00", false),
        ("Jul 01 10:00-12:00", false),
        ("2026 Nov 24 10:00-12:00", true),
        ("2028 Jan 01 10:00-12:00", true),
    ] {
        let hours = with(&[text], "UTC", None, &[], &[]);
        assert_eq!(today().never_opens(&hours), never, "{text}");
    }
}

/// The search has a bound for all rows together. What opens soon hardly counts.
#[test]
fn what_opens_soon_leaves_enough_to_search() {
    let mut interner = today();
    let soon = with(&["Mo 10:00-12:00"; 400], "UTC", None, &[], &[]);
    for _ in 0..30 {
        assert!(!interner.never_opens(&soon));
    }
    let never = with(&["2026 Nov 24 10:00-12:00"; 400], "UTC", None, &[], &[]);
    assert!(interner.never_opens(&never));
    // Thirty searches of a year are more than is allowed.
    let found = (0..30).filter(|_| interner.never_opens(&never)).count();
    assert!((20..30).contains(&found), "{found}");
}

/// A holiday that is a Monday is no Tuesday, so that nothing opens what `Mo PH off` closes.
#[test]
fn holidays_of_other_weekdays_do_not_meet() {
    let warnings = |text: &str| {
        let country = Some(Country::parse("KR").unwrap());
        today().written(text, country).unwrap().warnings.clone()
    };
    assert_eq!(warnings("Mo PH off; Tu-Su 09:00-18:00"), [""; 0]);
    assert_eq!(warnings("Mo PH off; Mo-Fr 09:00-18:00").len(), 1);
}
