//! Texts as people type them.

use super::*;

mod edges;
mod translated;
mod warned;
mod whole;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}

fn country(code: &str) -> Option<Country> {
    (!code.is_empty()).then(|| Country::parse(code).unwrap())
}

fn parsed_in(text: &str, code: &str) -> Result<Parsed, String> {
    parse(text, country(code), &mut Search { today: today(), ..Search::default() })
}

fn parsed(text: &str) -> Result<Parsed, String> {
    parsed_in(text, "DE")
}

/// The texts in back-ticks.
fn quoted(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

#[track_caller]
fn all_read_as(texts: &[(&str, &str)]) {
    for (text, meaning) in texts {
        match parsed(text) {
            Ok(parsed) => assert_eq!(parsed.pattern.to_string(), *meaning, "{text}"),
            Err(error) => panic!("{text}: {error}"),
        }
    }
}

#[test]
fn look_alikes_are_read_as_what_they_look_like() {
    let meaning = "Mo-Fr 09:00-18:00; Sa 10:00-14:00";
    for text in [
        "Mo-Fr 09:00-18:00; Sa 10:00-14:00",
        "mo-fr 09:00-18:00; sa 10:00-14:00",
        "MO-FR 09:00-18:00; SA 10:00-14:00",
        "Mo–Fr 09:00–18:00; Sa 10:00–14:00",
        "Mo—Fr 09:00—18:00; Sa 10:00−14:00",
        "Mo‑Fr 09:00‐18:00; Sa 10:00‒14:00",
        "Mo~Fr 09:00~18:00; Sa 10:00～14:00",
        "Mo〜Fr 09:00〜18:00; Sa 10:00ー14:00",
        "Ｍｏ－Ｆｒ　０９：００－１８：００；　Ｓａ　１０：００－１４：００",
        "Mo-Fr\u{a0}09:00-18:00;\u{2009}Sa\t10:00-14:00",
        "  Mo - Fr   09:00  -  18:00 ;  Sa 10:00-14:00 ; ",
        "Mo-Fr\n09:00-18:00;\nSa 10:00-14:00\n",
        "Mo-Fr\u{2800}09:00-18:00;\u{2423}Sa 10:00-14:00",
        "\u{feff}Mo-\u{200b}Fr 09:0\u{200d}0-18:00; Sa 10:00-14:00",
        "Mo-Fr 09：00-18：00； Sa 10∶00-14∶00",
        "Mo-Fr 09 : 00 - 18 : 00; Sa 10: 00-14: 00",
        "Mo-Fr 9:00-18:00; Sa 10:00-14:00,",
        ";Mo-Fr09:00-18:00;;Sa10:00-14:00;",
        "Mo-Fr: 09:00-18:00; Sa: 10:00-14:00",
    ] {
        all_read_as(&[(text, meaning)]);
    }
}

#[test]
fn texts_of_the_language_are_read() {
    all_read_as(&[
        ("24/7", "24/7"),
        ("24 / 7", "24/7"),
        ("00:00-24:00", "24/7"),
        ("00:00-00:00", "24/7"),
        ("Mo, Tu, We, Th, Fr 09:00-18:00", "Mo-Fr 09:00-18:00"),
        ("Mo, We, Fr 09:00-18:00", "Mo,We,Fr 09:00-18:00"),
        ("Nov, Dec Mo-Fr 09:00-18:00", "Nov,Dec Mo-Fr 09:00-18:00"),
        ("Mo-Fr, 09:00-18:00", "Mo-Fr 09:00-18:00"),
        ("Mo-Fr 09:00-18:00; Sa, Su off", "Mo-Fr 09:00-18:00; Sa-Su off"),
        ("Mo-Fr 09:00-18:00; Sa, Su, closed", "Mo-Fr 09:00-18:00; Sa-Su off"),
        ("Mo-Fr 09:00-18:00; Su, Dec 25 off", "Mo-Fr 09:00-18:00; Su off; Dec 25 off"),
        ("Mo-Fr 09:00-18:00; closed Sa", "Mo-Fr 09:00-18:00; Sa off"),
        ("Mo-Su 09:00-18:00; Su, PH off", "Mo-Su 09:00-18:00; PH,Su off"),
        ("Mo-Fr 09:00-18:00; Dec 24,25,28 off", "Mo-Fr 09:00-18:00; Dec 24,Dec 25,Dec 28 off"),
        ("Mo-Fr 09:00-12:00 13:00-18:00", "Mo-Fr 09:00-12:00,13:00-18:00"),
        (
            "Mo-Fr 09:00-12:00, 13:00-18:00, Sa 10:00-12:00",
            "Mo-Fr 09:00-12:00,13:00-18:00, Sa 10:00-12:00",
        ),
        ("09:00-18:00 Mo-Fr", "Mo-Fr 09:00-18:00"),
        ("Mo 20:00-26:00", "Mo 20:00-02:00"),
        ("Tu 23:59-48:00", "Tu 23:59-48:00"),
        ("Fr-Mo 10:00-12:00", "Mo,Fr-Su 10:00-12:00"),
        ("PH Mo-Fr 10:00-12:00", "PH Mo-Fr 10:00-12:00"),
        ("Mo-Fr PH 10:00-12:00", "PH Mo-Fr 10:00-12:00"),
        ("Mo-Fr,PH 10:00-12:00", "PH,Mo-Fr 10:00-12:00"),
        ("PH -1 day 10:00-12:00", "PH -1 day 10:00-12:00"),
        ("easter +1 day 10:00-12:00", "easter +1 day 10:00-12:00"),
        ("2026 Dec 24-2027 Jan 2 10:00-12:00", "2026 Dec 24-2027 Jan 02 10:00-12:00"),
        ("2026 Dec 24-Jan 2 10:00-12:00", "2026 Dec 24-Jan 02 10:00-12:00"),
        ("Dec 24-26 10:00-12:00", "Dec 24-26 10:00-12:00"),
        ("week 1-10,20 Mo 10:00-12:00", "week 01-10,20 Mo 10:00-12:00"),
        ("week 9: 10:00-12:00", "week 09 10:00-12:00"),
        ("Dec 05,10-12 off", "Dec 05,Dec 10-12 off"),
        ("week 5,10-12 off", "week 05,10-12 off"),
        ("2026 off", "2026 off"),
        ("2026-2027 Dec 24 10:00-12:00", "2026-2027 Dec 24 10:00-12:00"),
        ("Mo[1],Fr[-1] 10:00-12:00", "Mo[1],Fr[-1] 10:00-12:00"),
        ("Mar Su[-1]-Oct Su[-1] 10:00-12:00", "Mar Su[-1]-Oct Su[-1] 10:00-12:00"),
        ("Nov Th[4] 10:00-12:00", "Nov Th[4] 10:00-12:00"),
        ("Mo-Fr 09:00-18:00 || 10:00-12:00", "Mo-Fr 09:00-18:00 || 10:00-12:00"),
    ]);
}

#[test]
fn what_does_not_say_whether_it_is_open_is_an_error() {
    for (text, code, says) in [
        ("Fr 07:00-sunset", "", "sun times"),
        ("(sunrise+01:00)-20:00", "", "sun times"),
        ("Mo-Fr 09:00-18:00 \"by appointment\"", "", "quoted comment"),
        ("Mo-Fr 09:00-18:00 “call us”", "", "quoted comment"),
        ("Mo-Fr 09:00-18:00 unknown", "", "`unknown`"),
        ("Mo-Fr 18:00+", "", "open end"),
        ("Mo-Fr 18:00-", "", "open end"),
        ("10:00-16:00/01:30", "", "repeat"),
        ("Mo-Fr 09:00", "", "from when to when"),
        ("Mo-Fr 09:00-18:00; PH off", "", "`PH` needs a country"),
        ("Mo-Fr 09:00-18:00; SH off", "DE", "(`SH`) of DE"),
        ("Feb 30 off", "", "no `Feb 30`"),
        ("Mo-Fr 25:00-26:00", "", "on their own day"),
        ("Mo-Fr 09:70-18:00", "", "no time `9:70`"),
        ("week 60 Mo 10:00-12:00", "", "`week 01-53`"),
        ("Mo[7] 10:00-12:00", "", "`Mo[1]`"),
        ("", "", "expected opening hours"),
        ("-", "", "expected opening hours"),
        ("support", "", "`support`"),
        ("9 AM - 6 PM, Monday to Friday", "", "`Mo-Fr 09:00-18:00` for these hours"),
        ("2000-2200", "", "expected opening hours"),
        ("10-12 Dec 10:00-12:00", "", "expected opening hours"),
        ("Mo-Fr 09:00-18:00 apart from holidays", "", "`apart`"),
        ("Mo-Fr 09:00-18:00 KST", "", "`TimeZone`"),
        ("Mo-Fr 09:00-18:00 Asia/Seoul", "", "`TimeZone`"),
        ("Mo-Fr 09:00-18:00 MEZ", "", "`TimeZone` to a name such as `Europe/Berlin`"),
        ("Mon-Fri 9:00-17:00 GMT+8", "", "`TimeZone` to a name such as `Asia/Shanghai`, `Asia"),
        ("Mon-Fri 9:00-17:00 UTC-5", "", "`TimeZone` to a name such as `America/New_York`"),
        ("Mon-Fri 9:00-17:00 GMT", "", "`TimeZone` to a name such as `UTC` or `Europe/London`"),
        ("Mo-Fr 09:00-17:00+08:00", "", "`TimeZone` to a name such as `Asia/Shanghai`, `Asia"),
        ("Mo-Fr 09:00-17:00 Asia/Tokyo", "", "`TimeZone` to a name such as `Asia/Tokyo`"),
        ("Mo-Fr 09:00-17:00 UTC+11:30", "", "set `TimeZone` to the name of a place that has it"),
        ("Mo-Fr 09:00-18:00+09:00", "", "`TimeZone`"),
        ("geschlossen 9-18 Uhr", "", "only says when it is closed"),
        ("12:00-13:00 break", "", "expected opening hours"),
        ("9:00-12:00 break 13:00-18:00", "", "expected opening hours"),
    ] {
        let error = parsed_in(text, code).map(|parsed| parsed.pattern.to_string()).expect_err(text);
        assert!(error.contains(says), "{text}: {error}");
        assert!(!quoted(&error).is_empty(), "{text}: says what to write: {error}");
    }
}

#[test]
fn limits_are_told() {
    let long = format!("Mo-Fr 09:00-18:00{}", ";Sa 10:00-14:00".repeat(70));
    assert!(parsed(&long).unwrap_err().contains("1000"));
    let parts = format!("09:00-10:00{}", ";PH off".repeat(100));
    assert!(parsed(&parts).unwrap_err().contains("100"));
    assert!(parsed(&format!("09:00-10:00{}", ";PH off".repeat(99))).is_ok());
}

#[test]
fn the_hours_of_a_date_must_not_leave_it_out() {
    // 2026-11-27 is a Friday.
    let friday = NaiveDate::from_ymd_opt(2026, 11, 27).unwrap();
    let excludes = |text: &str| read(text, None).unwrap().excludes(friday);
    let error = |text: &str| excludes(text).unwrap();
    assert!(error("Mo-Th 09:00-22:00").contains("2026-11-27"));
    assert!(quoted(&error("Mo-Th 09:00-22:00")).contains(&"09:00-22:00"));
    assert!(error("Dec 24 10:00-12:00").contains("Friday"));
    assert!(error("Mo-Th 09:00-22:00; Sa off").contains("2026-11-27"));
    for text in ["09:00-22:00", "off", "Mo-Fr 09:00-22:00", "Mo-Th 09:00-22:00; Fr off", "24/7"] {
        assert_eq!(excludes(text), None, "{text}");
    }
}
