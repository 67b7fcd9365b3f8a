//! The last value that is read, and the first that is not.

use super::*;

#[test]
fn the_last_that_is_read() {
    for text in [
        "Apr 30 off",
        "Feb 29 off",
        "Dec 31 off",
        "Dec 24-24 off",
        "2026 Dec 24-2026 Dec 24 off",
        "2026 Dec 24-2027 Jan 02 off",
        "2026 Dec 24-2026 Dec 26 off",
        "2026 easter-2026 Dec 24 off",
        "2026 easter-2027 Jan 02 off",
        "Mo[1-1] 10:00-12:00",
        "Mo[1,3] 10:00-12:00",
        "Mo[1-3,5] 10:00-12:00",
        "Mo[1] +6 days 10:00-12:00",
        "2026-2026 Mo 10:00-12:00",
        "2026,2028 Mo 10:00-12:00",
        "2026,2028-2030 Mo 10:00-12:00",
        "week 01,03 Mo 10:00-12:00",
        "week 01-53 Mo 10:00-12:00",
    ] {
        let text = format!("Mo-Fr 09:00-18:00; {text}");
        if let Err(error) = parsed(&text) {
            panic!("{text}: {error}");
        }
    }
}

#[test]
fn the_first_that_is_not_read() {
    for (text, says) in [
        ("Apr 31 off", "there is no `Apr 31`; write a day from 1 to 30"),
        ("Jun 31 off", "there is no `Jun 31`; write a day from 1 to 30"),
        ("Sep 31 off", "there is no `Sep 31`; write a day from 1 to 30"),
        ("Nov 31 off", "there is no `Nov 31`; write a day from 1 to 30"),
        ("Feb 30 off", "there is no `Feb 30`; write a day from 1 to 29"),
        ("Dec 32 off", "there is no `Dec 32`; write a day from 1 to 31"),
        ("Dec 26-24 off", "in the next month, write `Dec 26-Jan 24`, or else another end"),
        ("2026 Dec 30-3 off", "write `2026 Dec 30-2027 Jan 03`"),
        ("Jan 31-30 off", "name the months of both"),
        ("2027 Dec 24-2026 Jan 02 off", "ends before it begins"),
        ("2026 Dec 24-2026 Dec 20 off", "ends before it begins"),
        ("2026 Dec 24-2026 Nov 30 off", "ends before it begins"),
        ("2026 easter-2025 Dec 24 off", "ends before it begins"),
        ("Mo[3-1] 10:00-12:00", "write `Mo[1-3]`"),
        ("Mo[-1-2] 10:00-12:00", "write `Mo[1-3]`"),
        ("Mo[6] 10:00-12:00", "write `Mo[1]`"),
        ("Mo[0] 10:00-12:00", "write `Mo[1]`"),
        ("Mo[1] +7 days 10:00-12:00", "may be moved by 6 days at most"),
        ("2028-2026 Mo 10:00-12:00", "2026"),
        ("week 54 Mo 10:00-12:00", "53"),
    ] {
        let error = parsed(&format!("Mo-Fr 09:00-18:00; {text}")).map(|_| text).unwrap_err();
        assert!(error.contains(says), "{text}: {error}");
    }
}

#[test]
fn the_longest_text_that_is_read() {
    let english = |length: usize| format!("Mo-Fr{}09:00-18:00", " ".repeat(length - 16));
    assert!(parsed(&english(1_000)).is_ok());
    assert!(parsed(&english(1_001)).unwrap_err().contains("longer than 1000 characters"));
    // In a language beside English and German.
    let spanish = |length: usize| format!("lunes{}9:00-18:00", "_".repeat(length - 15));
    assert!(parsed(&spanish(200)).unwrap_err().contains("write `Mo 09:00-18:00`"));
    assert!(parsed(&spanish(201)).unwrap_err().contains("`lunes` cannot be read"));
}
