//! Hours as Korean, Chinese, Japanese, German and English people type them, each with what a
//! finding tells them to write. What is told must be read, and nothing may be said against it.

mod breaks;
mod clocks;
mod dates;
mod either;
mod ends;
mod forms;
mod lists;
mod numbers;
mod order;
mod romance;
mod signs;

use super::reference::suggestions;
use super::*;

/// Text as typed, and what to write; two with `|` between where it may mean either.
const TYPED: &[(&str, &str)] = &[
    ("월-금 9-18, 금 9-15", "Mo-Fr 09:00-18:00; Fr 09:00-15:00"),
    ("22:00-次日2:00", "22:00-02:00"),
    ("周五 22:00-次日02:00", "Fr 22:00-02:00"),
    ("20時～翌2時", "20:00-02:00"),
    ("20:00～翌2:00", "20:00-02:00"),
    ("오후 10시 ~ 익일 오전 2시", "22:00-02:00"),
    ("10:00-次日12:00", "10:00-36:00"),
    ("밤 10시 ~ 새벽 6시", "22:00-06:00"),
    ("오전 9시 ~ 오후 6시", "09:00-18:00"),
    ("오전 9시부터 밤 10시까지", "09:00-22:00"),
    ("밤 10시-밤 12시", "22:00-24:00"),
    ("오전9시-오후6시", "09:00-18:00"),
    ("둘째 주 토요일 10:00-14:00", "Sa[2] 10:00-14:00"),
    ("매월 둘째 토요일 휴무", "Sa[2] off"),
    ("매월 둘째, 넷째 토요일 휴무", "Sa[2],Sa[4] off"),
    ("평일 9-18, 둘째 주 토요일 10-14", "Mo-Fr 09:00-18:00, Sa[2] 10:00-14:00"),
    ("第2土曜日 10:00-14:00", "Sa[2] 10:00-14:00"),
    ("第2・第4土曜日 休み", "Sa[2],Sa[4] off"),
    ("第2、4土曜 10:00-14:00", "Sa[2],Sa[4] 10:00-14:00"),
    ("每月第一个周六 10:00-14:00", "Sa[1] 10:00-14:00"),
    ("最后一个周五 14:00-18:00", "Fr[-1] 14:00-18:00"),
    ("第二周周六 10-14", "Sa[2] 10:00-14:00"),
    ("2nd Saturday 10:00-14:00", "Sa[2] 10:00-14:00"),
    ("2nd and 4th Sat 10-14", "Sa[2],Sa[4] 10:00-14:00"),
    ("first Monday of the month 10:00-12:00", "Mo[1] 10:00-12:00"),
    ("last Friday of the month off", "Fr[-1] off"),
    ("1. Samstag im Monat 10-14 Uhr", "Sa[1] 10:00-14:00"),
    ("jeden ersten Montag im Monat geschlossen", "Mo[1] off"),
    ("MWF 9:00-17:00", "Mo,We,Fr 09:00-17:00"),
    ("TTh 10:00-18:00", "Tu,Th 10:00-18:00"),
    ("M-F 9-5", "Mo-Fr 09:00-17:00 | Mo-Fr 09:00-29:00"),
    ("Mo-Fr 09:00-18:00 not PH", "Mo-Fr 09:00-18:00; PH off"),
    ("Mo-Fr 09:00-18:00; not PH", "Mo-Fr 09:00-18:00; PH off"),
    ("Mo-Fr 09:00-18:00, no holidays", "Mo-Fr 09:00-18:00, PH off"),
    ("Mo-Fr 9-18 without holidays", "Mo-Fr 09:00-18:00; PH off"),
    ("Mo-Fr 9-18 Uhr außer Feiertage", "Mo-Fr 09:00-18:00; PH off"),
    ("Mo-Fr 9-18 nicht an Feiertagen", "Mo-Fr 09:00-18:00; PH off"),
    ("Mo-Fr 09:00-18:00 | Sa 10:00-14:00", "Mo-Fr 09:00-18:00, Sa 10:00-14:00"),
    ("9-12 | 13-18", "09:00-12:00,13:00-18:00"),
    ("Mo-Fr 09:00-18:00 | PH off", "Mo-Fr 09:00-18:00, PH off"),
    ("全天24小时", "24/7"),
    ("24小时全天", "24/7"),
    ("24시간 연중무휴", "Mo-Su 00:00-24:00"),
    ("연중무휴 24시간", "Mo-Su 00:00-24:00"),
    ("年中無休 24時間", "Mo-Su 00:00-24:00"),
    ("24小时营业", "24/7"),
    ("全年无休 9:00-21:00", "Mo-Su 09:00-21:00"),
    ("周末休息；工作日 9-18", "Mo-Fr 09:00-18:00; Sa-Su off"),
    ("주말 휴무, 평일 9-18", "Mo-Fr 09:00-18:00; Sa-Su off"),
    ("PH off; 월-금 9-18", "Mo-Fr 09:00-18:00; PH off"),
    ("일요일 휴무; 매일 10:00-22:00", "Mo-Su 10:00-22:00; Su off"),
    ("24-7", "24/7"),
    ("24 - 7", "24/7"),
    ("Mo-Fr 24-7", "Mo-Fr 00:00-24:00"),
    ("7/24", "24/7"),
    ("上午九点到下午六点", "09:00-18:00"),
    ("周一至周五 上午九点半至下午六点", "Mo-Fr 09:30-18:00"),
    ("下午三点-晚上十点", "15:00-22:00"),
    ("早上8点-晚上12点", "08:00-24:00"),
    ("中午12点到下午5点", "12:00-17:00"),
    ("晚上10点-凌晨2点", "22:00-02:00"),
    ("朝9時～夜10時", "09:00-22:00"),
    ("9時～17時半（土日祝休み）", "09:00-17:30; PH,Sa-Su off"),
    ("月～金 9:00〜18:00（祝日を除く）", "Mo-Fr 09:00-18:00; PH off"),
    ("平日9:00~18:00（土日祝除く）", "Mo-Fr 09:00-18:00; PH,Sa-Su off"),
    ("月-金 10時から19時まで", "Mo-Fr 10:00-19:00"),
    ("월~금 09:00~18:00 (점심시간 12:00~13:00)", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("월-금 9시~18시, 토 9시~13시, 일·공휴일 휴무", "Mo-Fr 09:00-18:00, Sa 09:00-13:00, PH,Su off"),
    ("평일 09:00 - 18:00 / 토요일 09:00 - 13:00", "Mo-Fr 09:00-18:00, Sa 09:00-13:00"),
    ("평일 9시부터 6시까지", "Mo-Fr 09:00-18:00 | Mo-Fr 09:00-30:00"),
    ("월화수목금 9-18", "Mo-Fr 09:00-18:00"),
    ("월수금 10-19", "Mo,We,Fr 10:00-19:00"),
    ("화목 10-21", "Tu,Th 10:00-21:00"),
    ("토일 휴무", "Sa-Su off"),
    ("평일 9-18 (공휴일 제외)", "Mo-Fr 09:00-18:00; PH off"),
    ("주중 10:00-19:00, 주말 12:00-17:00", "Mo-Fr 10:00-19:00, Sa-Su 12:00-17:00"),
    ("周一至周五 9:00-18:00", "Mo-Fr 09:00-18:00"),
    ("周一到周五早上9点到晚上6点", "Mo-Fr 09:00-18:00"),
    ("周一~周五 9:00~12:00, 13:30~18:00", "Mo-Fr 09:00-12:00,13:30-18:00"),
    ("工作日9:30-18:30（节假日除外）", "Mo-Fr 09:30-18:30; PH off"),
    ("工作日 9:00-18:00 双休日休息", "Mo-Fr 09:00-18:00; Sa-Su off"),
    ("每天10:00-22:00", "Mo-Su 10:00-22:00"),
    ("週一至週五 上午9:00-下午6:00", "Mo-Fr 09:00-18:00"),
    ("周一、周三、周五 9:00-18:00", "Mo,We,Fr 09:00-18:00"),
    ("星期一至星期五 9时至18时", "Mo-Fr 09:00-18:00"),
    ("法定节假日休息", "PH off"),
    ("Montag bis Freitag 9 bis 18 Uhr", "Mo-Fr 09:00-18:00"),
    ("Mo-Fr 9-12 und 14-18 Uhr", "Mo-Fr 09:00-12:00,14:00-18:00"),
    ("Mo. - Fr. 08:00 - 17:00 Uhr, Sa. 09:00 - 12:00 Uhr", "Mo-Fr 08:00-17:00, Sa 09:00-12:00"),
    ("Mo bis Do 8-16 Uhr, Fr 8-14 Uhr", "Mo-Th 08:00-16:00, Fr 08:00-14:00"),
    ("werktags 9-17 Uhr", "Mo-Fr 09:00-17:00 | Mo-Sa 09:00-17:00"),
    ("werktags 9-17 Uhr, Sa 10-14", "Mo-Fr 09:00-17:00, Sa 10:00-14:00"),
    ("an Feiertagen geschlossen", "PH off"),
    ("Mo-Fr 9.00-18.00", "Mo-Fr 09:00-18:00"),
    ("Mo-Fr 9h-18h", "Mo-Fr 09:00-18:00"),
    ("Di-So 10-18 Uhr, Mo Ruhetag", "Tu-Su 10:00-18:00, Mo off"),
    ("Mon-Fri 9am-6pm", "Mo-Fr 09:00-18:00"),
    ("Monday to Friday, 9 to 5", "Mo-Fr 09:00-17:00 | Mo-Fr 09:00-29:00"),
    (
        "Weekdays 9-5, weekends closed",
        "Mo-Fr 09:00-17:00, Sa-Su off | Mo-Fr 09:00-29:00, Sa-Su off",
    ),
    (
        "Mon-Thu 9-6, Fri 9-5",
        "Mo-Th 09:00-18:00, Fr 09:00-17:00 | Mo-Th 09:00-30:00, Fr 09:00-29:00",
    ),
    ("9am to 5pm Monday through Friday", "Mo-Fr 09:00-17:00"),
    ("Mon,Wed,Fri 10am-2pm", "Mo,We,Fr 10:00-14:00"),
    ("closed on Sundays", "Su off"),
    ("Open 24 hours", "24/7"),
    ("Mo-Fr 9 - 17 except 12 - 13", "Mo-Fr 09:00-17:00; 12:00-13:00 off"),
    ("8-12, 13-17", "08:00-12:00,13:00-17:00"),
    ("Mo-Fr 0900-1800", "Mo-Fr 09:00-18:00"),
    ("Mo-Fr 09:00–18:00 Uhr", "Mo-Fr 09:00-18:00"),
    ("Mo-Fr 09:00 bis 18:00", "Mo-Fr 09:00-18:00"),
    ("Mo-Sa 9-20, So u. Feiertag 10-18", "Mo-Sa 09:00-20:00; PH,Su 10:00-18:00"),
    ("12월 24일 휴무", "Dec 24 off"),
    ("휴무", "off"),
    ("月曜休み", "Mo off"),
    ("월요일 휴무", "Mo off"),
    ("Sat & Sun 10-16", "Sa-Su 10:00-16:00"),
    ("Sa/Su 10-16", "Sa-Su 10:00-16:00"),
    ("Mo-Fr 9-18 ; Sa-So geschlossen", "Mo-Fr 09:00-18:00; Sa-Su off"),
    ("早9点-晚6点", "09:00-18:00"),
    ("上午9:00～12:00 下午1:00～5:00", "09:00-12:00,13:00-17:00"),
    ("午前9時～12時、午後1時～5時", "09:00-12:00,13:00-17:00"),
    ("営業時間 10:00-20:00 定休日 水曜日", "10:00-20:00; We off"),
    ("24시간 상담", "24/7"),
    ("매일 오전 10시 - 오후 10시 (연중무휴)", "Mo-Su 10:00-22:00"),
    ("逢周三休息", "We off"),
    ("Mo-Fr 09:00-18:00 + Sa 10:00-14:00", "Mo-Fr 09:00-18:00, Sa 10:00-14:00"),
];

/// Texts that are told without a text to write, and what is said.
const TOLD: &[(&str, &str)] = &[
    ("水曜定休 10:00-20:00", "cannot be read from"),
    ("Mo-Fr; 9-18", "`Mo-Fr 09:00-18:00` for these hours"),
    ("Mo;Fr 09:00-18:00", "write `Mo,Fr 09:00-18:00` for these hours, `Mo-Fr 09:00-18:00` for"),
    ("Mo; We; Fr 9-18", "write `Mo,We,Fr 09:00-18:00` for these hours"),
    ("둘째 주 토요일", "`Sa[2]` has neither hours nor `off`"),
    ("every second Saturday 10-14", "`EveryWeeks` `2`"),
    ("every other Friday 9-12", "`EveryWeeks` `2`"),
    ("격주 토요일 10-14", "`EveryWeeks` `2`"),
    ("隔週土曜 10-14", "`EveryWeeks` `2`"),
    ("Mo-Fr 9:00-18:00 KST", "`TimeZone`"),
    // No hours can be written for that year.
    ("1824.12.09:00-18:00", "expected"),
    ("12-25 13:00..18:00", "cannot be read"),
];

fn country() -> Option<Country> {
    Some(Country::parse("DE").unwrap())
}

/// Fails when a text that people are told to write is not read, or has a warning of its own. That
/// it never opens (`off`, a year that has passed) is what they typed.
pub(super) fn are_good(typed: &str, error: &str) {
    for text in suggestions(error) {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let mut search = Search { today, ..Search::default() };
        let parsed = parse(&text, country(), &mut search);
        let warnings = match parsed {
            Ok(parsed) => parsed.warnings,
            Err(error) if error.contains("`SH`") => continue,
            Err(error) => panic!("{typed} → {text}: {error}"),
        };
        let as_typed = |warning: &&String| {
            ["never opens", "does not open", "`EveryWeeks`"]
                .iter()
                .any(|says| warning.contains(says))
        };
        let wrong: Vec<_> = warnings.iter().filter(|warning| !as_typed(warning)).collect();
        assert!(wrong.is_empty(), "{typed} → {text}: {wrong:?}");
    }
}

fn search() -> Search {
    Search { today: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(), ..Search::default() }
}

fn told(typed: &str) -> String {
    parse(typed, country(), &mut search()).unwrap_err()
}

#[test]
fn people_are_told_what_to_write() {
    let tables = [
        TYPED,
        breaks::TYPED,
        clocks::TYPED,
        dates::TYPED,
        either::TYPED,
        ends::TYPED,
        lists::TYPED,
        forms::TYPED,
        numbers::TYPED,
        order::TYPED,
        romance::TYPED,
        signs::TYPED,
    ];
    let mut wrong = Vec::new();
    for (typed, write) in tables.into_iter().flatten() {
        // A text that is read says nothing.
        let error = parse(typed, country(), &mut search()).err().unwrap_or_default();
        let told = suggestions(&error).join(" | ");
        if told != *write {
            wrong.push(format!("{typed} → {told}, not {write}: {error}"));
        }
        are_good(typed, &error);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_cannot_be_translated_is_told_and_not_guessed() {
    let tables = [
        TOLD,
        breaks::TOLD,
        dates::TOLD,
        ends::TOLD,
        forms::TOLD,
        numbers::TOLD,
        order::TOLD,
        romance::TOLD,
        signs::TOLD,
    ];
    for (typed, says) in tables.into_iter().flatten() {
        let error = told(typed);
        assert!(error.contains(says), "{typed}: {error}");
        are_good(typed, &error);
    }
}

#[test]
fn a_day_from_a_time_to_the_same_time_is_doubted() {
    let parsed = |text: &str| parse(text, country(), &mut Search::default()).unwrap();
    for (text, write) in [
        ("Mo-Fr 09:00-09:00", "09:00-33:00"),
        ("Mo-Fr 08:30-08:30; PH off", "08:30-32:30"),
        ("Sa ０８:００~０８:００", "08:00-32:00"),
    ] {
        let warnings = parsed(text).warnings;
        let told = |warning: &String| warning.contains("is 24 hours") && warning.contains(write);
        assert!(warnings.iter().any(told), "{text}: {warnings:?}");
        assert_eq!(seen_in_the_text(text, &parsed(text).pattern).len(), 1, "{text}");
    }
    for text in ["Mo-Fr 09:00-33:00", "00:00-00:00", "Mo 00:00-24:00", "09:00-18:00"] {
        assert!(parsed(text).warnings.is_empty(), "{text}: {:?}", parsed(text).warnings);
    }
    // A text and what it is shown as have the same meaning.
    assert_eq!(parsed("Mo 09:00-09:00").pattern, parsed("Mo 09:00-33:00").pattern);
}

#[test]
fn hours_of_one_date_are_told_without_its_day() {
    // 2026-11-26 is a Thursday.
    let thursday = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
    let told = |text: &str| read_for(text, country(), thursday).unwrap_err();
    assert!(told("금 10:00-14:00").contains("such as `10:00-14:00`"), "{}", told("금 10:00-14:00"));
    assert!(
        told("목 10:00-14:00").contains("write `Th 10:00-14:00`"),
        "{}",
        told("목 10:00-14:00")
    );
    // Hours among words are no word for a day off, and days without hours can be read.
    let told_of_hours = told("10:00-14:00 xyz");
    assert!(told_of_hours.contains("`xyz` cannot be read; expected"), "{told_of_hours}");
    assert!(!told_of_hours.contains("nothing is open"), "{told_of_hours}");
    assert!(!told("목").contains("nothing is open"), "{}", told("목"));
    for text in ["open", "营业", "abierto"] {
        assert!(told(text).contains("from when to when"), "{text}: {}", told(text));
    }
    assert!(told("closed all day").contains("write `off`"), "{}", told("closed all day"));
    for text in ["휴가", "frei", "none", "-", "X"] {
        assert!(told(text).contains("`off`"), "{text}: {}", told(text));
    }
}
