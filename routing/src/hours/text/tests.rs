//! Texts as people type them.

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}

fn de() -> Option<Country> {
    Some(Country::parse("DE").unwrap())
}

fn parsed(text: &str) -> Result<Parsed, String> {
    parse(text, de(), &mut Search { today: today(), ..Search::default() })
}

/// The text as the parser would write it.
#[track_caller]
fn good(text: &str) -> String {
    match parsed(text) {
        Ok(parsed) => parsed.pattern.to_string(),
        Err(error) => panic!("{text}: {error}"),
    }
}

/// The texts in back-ticks of the error.
#[track_caller]
fn error(text: &str) -> String {
    parsed(text).map(|parsed| parsed.pattern.to_string()).expect_err(text)
}

#[track_caller]
fn warning(text: &str) -> String {
    parsed(text).unwrap().warnings.join("\n")
}

#[test]
fn probe() {
    let Ok(file) = std::env::var("PROBE") else { return };
    for line in std::fs::read_to_string(file).unwrap().lines() {
        match parsed(line) {
            Ok(parsed) => {
                println!("{line}\n    = {}", parsed.pattern);
                for warning in parsed.warnings {
                    println!("    ! {warning}");
                }
            }
            Err(error) => println!("{line}\n    x {error}"),
        }
    }
}
