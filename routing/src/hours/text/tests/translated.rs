//! What is told to write instead of texts of other kinds, in each language.

use super::*;

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
        ("Mo-Fr 9-6", "Mo-Fr 09:00-18:00", "Mo-Fr 09:00-30:00"),
        ("9:00-5:00", "09:00-17:00", "09:00-29:00"),
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
