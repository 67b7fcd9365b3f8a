//! Texts as people type them.

use super::*;

mod edges;
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
fn what_is_not_of_the_language_is_told_as_it_should_be() {
    for (text, write) in [
        // English
        ("Mon-Fri: 8:00AM to 6:00PM", "Mo-Fr 08:00-18:00"),
        ("Monday - Friday 09:00-18:00", "Mo-Fr 09:00-18:00"),
        ("Tues, Thurs 10:00-12:00", "Tu,Th 10:00-12:00"),
        ("M-F 09:00-17:00", "Mo-Fr 09:00-17:00"),
        ("Mon-Fri 9am-5pm", "Mo-Fr 09:00-17:00"),
        ("Mon-Thu 8:30 am - 5:00 p.m.; Fri 8:30 am - noon", "Mo-Th 08:30-17:00; Fr 08:30-12:00"),
        ("9am-5pm Mon-Fri, 10am-2pm Sat", "Mo-Fr 09:00-17:00, Sa 10:00-14:00"),
        ("Weekdays 9-5pm; weekends closed", "Mo-Fr 09:00-17:00; Sa-Su off"),
        ("daily from 10pm to 6am", "Mo-Su 22:00-06:00"),
        ("12pm-12am", "12:00-24:00"),
        ("noon-midnight", "12:00-24:00"),
        ("open 24 hours", "24/7"),
        ("24h", "24/7"),
        ("24x7", "24/7"),
        ("Mo-Fr open", "Mo-Fr 00:00-24:00"),
        (
            "Mo-Fr 09:00-18:00, closed on Sundays and public holidays",
            "Mo-Fr 09:00-18:00, PH,Su off",
        ),
        ("Mo & We 10:00-12:00", "Mo,We 10:00-12:00"),
        ("Mo/We/Fr 10:00-12:00", "Mo,We,Fr 10:00-12:00"),
        ("Mo-Fr 09:00-18:00, lunch break 12:00-13:00", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
        ("평일 09:00~18:00 (점심시간 12:00~13:00)", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
        ("저녁 10시 ~ 새벽 6시", "22:00-06:00"),
        ("24 x 7", "24/7"),
        ("Mo-Fr 9am-5pm except holidays", "Mo-Fr 09:00-17:00; PH off"),
        ("Mo-Fr 09:00-18:00 except 12:00-13:00", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
        // Numbers
        ("Mo-Fr 9-18", "Mo-Fr 09:00-18:00"),
        ("Mo-Fr 09.30-17.30", "Mo-Fr 09:30-17:30"),
        ("Mo-Fr 9h-18h30", "Mo-Fr 09:00-18:30"),
        ("Mo-Fr 0900-1800", "Mo-Fr 09:00-18:00"),
        ("Mo-Fr 09:00:00-18:00:00", "Mo-Fr 09:00-18:00"),
        ("Mo-Fr 09:00-18:00 Sa 10:00-14:00", "Mo-Fr 09:00-18:00, Sa 10:00-14:00"),
        ("Mo-Fr 09:00-18:00 PH off", "Mo-Fr 09:00-18:00; PH off"),
        ("Mo-Fr 9-18 / Sa 10-14", "Mo-Fr 09:00-18:00, Sa 10:00-14:00"),
        ("Mo-Fr 09:00-18:00 Dec", "Dec Mo-Fr 09:00-18:00"),
        // Dates
        ("Mo-Fr 09:00-18:00; 2026-12-24 off", "Mo-Fr 09:00-18:00; 2026 Dec 24 off"),
        ("2026-12-24..2027-01-02 10:00-12:00", "2026 Dec 24-2027 Jan 02 10:00-12:00"),
        ("2026/12/24 10:00-12:00", "2026 Dec 24 10:00-12:00"),
        ("24.12.2026 10:00-12:00", "2026 Dec 24 10:00-12:00"),
        ("24.12. 10:00-12:00", "Dec 24 10:00-12:00"),
        ("24 December 10:00-12:00", "Dec 24 10:00-12:00"),
        ("December 24th, 2026 10:00-12:00", "2026 Dec 24 10:00-12:00"),
        ("12월 24일 10:00-12:00", "Dec 24 10:00-12:00"),
        ("2026年12月24日 10:00-12:00", "2026 Dec 24 10:00-12:00"),
        // German
        ("Montag-Freitag 08:00-16:30", "Mo-Fr 08:00-16:30"),
        ("Mo.–Fr. 9–18 Uhr, Sa. geschlossen", "Mo-Fr 09:00-18:00, Sa off"),
        ("Di, Do 10:00-12:00", "Tu,Th 10:00-12:00"),
        ("täglich von 9 bis 18 Uhr", "Mo-Su 09:00-18:00"),
        ("ta\u{308}glich 9-18 Uhr", "Mo-Su 09:00-18:00"),
        ("Mo-Fr 9.00-12.00 und 13.00-17.00", "Mo-Fr 09:00-12:00,13:00-17:00"),
        // Korean
        ("월-금 08:30-17:30", "Mo-Fr 08:30-17:30"),
        ("\u{110b}\u{116f}\u{11af}-\u{1100}\u{1173}\u{11b7} 09:00-18:00", "Mo-Fr 09:00-18:00"),
        ("월요일부터 금요일까지 오전 9시~오후 6시 30분", "Mo-Fr 09:00-18:30"),
        ("평일 9시-18시, 주말 휴무", "Mo-Fr 09:00-18:00, Sa-Su off"),
        ("월,수,금 09:00-18:00, 공휴일 휴무", "Mo,We,Fr 09:00-18:00, PH off"),
        ("매일 24시간", "Mo-Su 00:00-24:00"),
        ("24시간", "24/7"),
        ("월-금 09:00-18:00 (공휴일 제외)", "Mo-Fr 09:00-18:00; PH off"),
        ("오전 9:00 ~ 12:00, 오후 1:00 ~ 6:00", "09:00-12:00,13:00-18:00"),
        // Chinese
        ("周一至周五 10:00-19:00", "Mo-Fr 10:00-19:00"),
        ("星期一到星期五 上午9点到下午6点，周六日休息", "Mo-Fr 09:00-18:00, Sa-Su off"),
        ("週一至週五 9:00-18:00 週末及國定假日休息", "Mo-Fr 09:00-18:00; PH,Sa-Su off"),
        ("工作日 09：00－18：00；周末 休", "Mo-Fr 09:00-18:00; Sa-Su off"),
        ("周一至周五 上午9:00-12:00 下午1:00-5:00", "Mo-Fr 09:00-12:00,13:00-17:00"),
        ("7x24小时", "24/7"),
        ("每天 9点-21点半", "Mo-Su 09:00-21:30"),
        // Japanese
        ("月-金 10:00-18:30", "Mo-Fr 10:00-18:30"),
        ("平日 9時〜18時、土日祝休み", "Mo-Fr 09:00-18:00, PH,Sa-Su off"),
        ("月曜日から金曜日まで 午前9時から午後6時", "Mo-Fr 09:00-18:00"),
        ("月・水・金 10:00-19:00", "Mo,We,Fr 10:00-19:00"),
    ] {
        let error = parsed(text).map(|parsed| parsed.pattern.to_string()).expect_err(text);
        assert!(quoted(&error).contains(&write), "{text}: {error}");
        assert_eq!(parsed(write).unwrap().pattern.to_string(), write);
    }
}

#[test]
fn what_may_mean_two_things_is_asked() {
    for (text, one, two) in [
        ("Mo-Fr 9-6", "Mo-Fr 09:00-18:00", "Mo-Fr 09:00-06:00"),
        ("9:00-5:00", "09:00-17:00", "09:00-05:00"),
        ("10:00-2:00", "10:00-14:00", "10:00-02:00"),
        ("1:00-5:00", "13:00-17:00", "01:00-05:00"),
        ("9-11pm", "09:00-23:00", "21:00-23:00"),
        ("Dec, Mo-Fr 09:00-18:00", "Dec Mo-Fr 09:00-18:00", "Dec 09:00-18:00, Mo-Fr 09:00-18:00"),
        (
            "Mo-Fr 09:00-18:00; Sa; Su 10:00-12:00",
            "Mo-Fr 09:00-18:00; Sa 00:00-24:00; Su 10:00-12:00",
            "Mo-Fr 09:00-18:00; Sa off; Su 10:00-12:00",
        ),
        ("Mo-Fr 09:00-18:00; PH", "Mo-Fr 09:00-18:00; PH 00:00-24:00", "Mo-Fr 09:00-18:00; PH off"),
        (
            "Mo-Fr 09:00-18:00; Dec 24",
            "Mo-Fr 09:00-18:00; Dec 24 00:00-24:00",
            "Mo-Fr 09:00-18:00; Dec 24 off",
        ),
        ("Mo-Su", "Mo-Su 00:00-24:00", "Mo-Su off"),
    ] {
        let error = parsed(text).map(|parsed| parsed.pattern.to_string()).expect_err(text);
        let quoted = quoted(&error);
        assert!(quoted.contains(&one) && quoted.contains(&two), "{text}: {error}");
    }
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
fn warnings_say_what_to_write() {
    for (text, says) in [
        ("00:00-23:59", "24/7"),
        ("Mo-Fr 09:00-23:59", "Mo-Fr 09:00-24:00"),
        ("PH off; Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; PH off"),
        ("Mo-Fr 09:00-18:00; PH off; Sa 10:00-14:00", "Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH off"),
        ("Sa off; 09:00-18:00", "09:00-18:00; Sa off"),
        ("Mo-Fr 12:00-13:00 off; Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; Mo-Fr 12:00-13:00 off"),
        ("Mo-Fr 09:00-18:00; Fr 18:00-22:00", "Mo-Fr 09:00-18:00, Fr 18:00-22:00"),
        ("Mo-Fr 09:00-12:00; Mo-Fr 13:00-18:00", "Mo-Fr 09:00-12:00, Mo-Fr 13:00-18:00"),
        ("Sa 10:00-14:00; Mo-Su 09:00-18:00", "Mo-Su 09:00-18:00; Sa 10:00-14:00"),
        ("Mo-Fr 09:00-18:00; Fr-Sa 10:00-22:00", "Mo-Fr 09:00-18:00, Fr-Sa 10:00-22:00"),
        ("Mo-Fr 09:00-12:00; 13:00-18:00", "Mo-Fr 09:00-12:00,13:00-18:00"),
        ("Mo-Fr 09:00-18:00, 12:00-13:00 off", "Mo-Fr 09:00-12:00,13:00-18:00"),
        ("Mo-Fr 09:00-18:00, Fr 09:00-15:00", "Mo-Fr 09:00-18:00; Fr 09:00-15:00"),
        ("Fr 09:00-15:00, Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; Fr 09:00-15:00"),
        ("Mo-Su 09:00-18:00, PH 10:00-14:00", "Mo-Su 09:00-18:00; PH 10:00-14:00"),
        ("Mo-Fr 09:00-18:00, PH 10:00-12:00", "Mo-Fr 09:00-18:00; PH 10:00-12:00"),
        ("PH 10:00-12:00, Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; PH 10:00-12:00"),
        ("PH 10:00-12:00; Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; PH 10:00-12:00"),
        ("Mo-Fr 09:00-18:00, Sa,Su,PH 10:00-14:00", "Mo-Fr 09:00-18:00; PH,Sa-Su 10:00-14:00"),
        ("Mo-Fr 09:00-18:00, Mo-Fr 10:00-12:00", "Mo-Fr 09:00-18:00"),
        ("12:00-13:00 off; Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
        (
            "Mo-Fr 06:00-14:00; Mo-Fr 14:00-22:00; Mo-Fr 22:00-06:00",
            "Mo-Fr 06:00-14:00, Mo-Fr 14:00-22:00, Mo-Fr 22:00-06:00",
        ),
        (
            "Mo 09:00-12:00; Mo 13:00-18:00; Tu 09:00-12:00; Tu 13:00-18:00",
            "Mo 09:00-12:00, Mo 13:00-18:00; Tu 09:00-12:00, Tu 13:00-18:00",
        ),
        ("Mo-Fr 09:00-18:00; Mo-Fr 10:00-12:00", "Mo-Fr 10:00-12:00"),
        ("2025 Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00"),
        ("off", "Mo-Fr 09:00-18:00; PH off"),
        ("Mo-Fr 09:00-18:00; off", "Mo-Fr 09:00-18:00; Dec 24 off"),
        ("week 01-53/2 Mo-Fr 09:00-18:00", "EveryWeeks"),
        ("week 2-52/2 Mo-Fr 09:00-18:00", "EveryWeeks"),
        ("week 1,4,7,10,13,16,19,22,25,28,31,34,37,40,43,46,49,52 Mo 09:00-18:00", "EveryWeeks"),
    ] {
        let warnings = parsed(text).unwrap().warnings;
        assert!(
            warnings.iter().any(|warning| quoted(warning).contains(&says)),
            "{text}: {warnings:?}"
        );
    }
}

#[test]
fn what_is_plainly_meant_is_no_warning() {
    for text in [
        "24/7",
        "Mo-Fr 09:00-18:00",
        "Mo-Fr 09:00-18:00; Fr 09:00-16:00",
        "Mo-Fr 09:00-18:00; Fr 09:00-22:00",
        "Mo-Fr 09:00-18:00, Fr 18:00-22:00",
        "Mo-Fr 09:00-18:00, Fr 17:00-20:00",
        "Mo-Fr 09:00-18:00, Sa 10:00-14:00; PH 10:00-14:00",
        "Mo-Fr 09:00-18:00, PH 18:00-20:00",
        "Mo-Fr 09:00-18:00; Sa 10:00-14:00; PH off",
        "Mo-Fr 09:00-18:00; PH 10:00-12:00",
        "Mo-Fr 09:00-18:00; PH off; Dec 25 10:00-12:00",
        "Mo-Fr 09:00-18:00; We off",
        "Mo-Fr 09:00-18:00; 12:00-13:00 off",
        "Mo-Fr 09:00-18:00; Jul-Aug Mo-Fr 10:00-16:00",
        "24/7; Sa 10:00-12:00",
        "PH off || Mo-Fr 09:00-18:00",
        "Su off; Mo-Sa 09:00-18:00",
        "Mo-Fr 09:00-18:00; 12:00-13:00 off; Sa 10:00-14:00",
        "Mo-Fr 22:00-06:00; Fr 20:00-02:00",
        "week 10-20 Mo-Fr 09:00-18:00",
        "week 1-10/2 Mo-Fr 09:00-18:00",
    ] {
        let warnings = parsed(text).unwrap().warnings;
        assert!(warnings.is_empty(), "{text}: {warnings:?}");
    }
}

#[test]
fn estimated_holidays_are_a_warning() {
    let warnings = parsed_in("Mo-Fr 09:00-18:00; PH off", "AE").unwrap().warnings;
    assert!(warnings.iter().any(|warning| warning.contains("moon")), "{warnings:?}");
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

#[test]
fn the_work_of_warnings_is_bounded_for_all_texts_together() {
    let costly = format!("easter +3 days 09:00-10:00{}", ";easter 08:00-09:00".repeat(40));
    let mut search = Search { today: today(), work: 100_000 };
    let before = search.work;
    parse(&costly, None, &mut search).unwrap();
    assert!(search.work < before);
    let mut searched = 0;
    for _ in 0..100 {
        let left = search.work;
        parse(&costly, None, &mut search).unwrap();
        searched += usize::from(search.work < left);
    }
    assert!(searched < 5, "{searched} texts were searched");
    // Plain weeks cost next to nothing.
    let mut search = Search { today: today(), work: 100 };
    let parsed = parse("Mo-Fr 09:00-18:00; Fr 18:00-22:00", None, &mut search).unwrap();
    assert_eq!(parsed.warnings.len(), 1);
}
