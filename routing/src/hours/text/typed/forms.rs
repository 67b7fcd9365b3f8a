//! Other forms of hours, as people type them.

/// Text as typed, and what to write.
pub(super) const TYPED: &[(&str, &str)] = &[
    // Without an end.
    ("Mo-Fr 09:00+", "Mo-Fr 09:00-24:00"),
    ("Mo-Fr 09:00~", "Mo-Fr 09:00-24:00"),
    ("평일 9시부터", "Mo-Fr 09:00-24:00"),
    ("Fr 20:00+", "Fr 20:00-24:00"),
    ("10:00-", "10:00-24:00"),
    ("Mo-Fr 09:00+; PH off", "Mo-Fr 09:00-24:00; PH off"),
    ("Mo-Fr 8:30-12 + 14-18 Uhr", "Mo-Fr 08:30-12:00,14:00-18:00"),
    ("09:00-12:00+13:00-18:00", "09:00-12:00,13:00-18:00"),
    // In quotation marks.
    ("\"Mo-Fr 09:00-18:00\"", "Mo-Fr 09:00-18:00"),
    ("“Mo-Fr 9-18”", "Mo-Fr 09:00-18:00"),
    ("\"평일 09:00-18:00\"", "Mo-Fr 09:00-18:00"),
    // With a label.
    ("영업시간: 평일 09:00-18:00", "Mo-Fr 09:00-18:00"),
    ("营业时间：周一至周五 9:00-18:00", "Mo-Fr 09:00-18:00"),
    ("Öffnungszeiten: Mo-Fr 9-18 Uhr", "Mo-Fr 09:00-18:00"),
    ("Hours: Mo-Fr 9-18", "Mo-Fr 09:00-18:00"),
    ("10:00-20:00 定休日:水曜", "10:00-20:00; We off"),
    ("定休日:水曜 営業時間:10:00-20:00", "10:00-20:00; We off"),
    ("수요일 휴무, 영업시간: 10:00-20:00", "10:00-20:00; We off"),
    // Nights with both days.
    ("Mo 22:00 - Tu 06:00", "Mo 22:00-06:00"),
    ("Mon 10pm - Tue 6am", "Mo 22:00-06:00"),
    ("Mo 10:00 - Tu 12:00", "Mo 10:00-36:00"),
    // Other words.
    ("AM 9:00 ~ PM 6:00", "09:00-18:00"),
    ("월-금 AM 9:00 ~ PM 6:00", "Mo-Fr 09:00-18:00"),
    ("토요일만 10:00-14:00", "Sa 10:00-14:00"),
    ("Sa only 10:00-14:00", "Sa 10:00-14:00"),
    ("Sonn- und Feiertage 10-14 Uhr", "PH,Su 10:00-14:00"),
    ("Mo-Fr ganztägig", "Mo-Fr 00:00-24:00"),
    ("between 09:00 and 18:00", "09:00-18:00"),
    ("Mo-Fr zwischen 9 und 18 Uhr", "Mo-Fr 09:00-18:00"),
    ("Mondey-Friday 9-18", "Mo-Fr 09:00-18:00"),
    ("Wendesday 9-18", "We 09:00-18:00"),
    // March, or a Tuesday in Spanish and Italian.
    ("mar. 10h-12h", "Mar 10:00-12:00 | Tu 10:00-12:00"),
];

/// Texts that are told without a text to write, and what is said.
pub(super) const TOLD: &[(&str, &str)] = &[
    ("2주마다 토요일 10-14", "`EveryWeeks` `2`"),
    ("14-tägig Sa 10-14", "`EveryWeeks` `2`"),
    ("odd weeks Mo-Fr 9-18", "`EveryWeeks` `2`"),
    ("Mo-Fr 09:00-18:00; school holidays off", "`ClosedDates`"),
    ("Fr 18:00-22:00+", "write the end"),
    ("\"foo 9-18\"", "a quoted comment does not say whether it is open"),
];
