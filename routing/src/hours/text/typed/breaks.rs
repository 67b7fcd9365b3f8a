//! Breaks, and days that are left out.

pub(super) const TYPED: &[(&str, &str)] = &[
    // Breaks, said before or behind their time.
    ("9-18 (12:00-13:00 break)", "09:00-18:00; 12:00-13:00 off"),
    ("9-18, 12-13 break", "09:00-18:00; 12:00-13:00 off"),
    ("Mo-Fr 9-18 (12-13 Pause)", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("周一至周五 9:00-18:00（12:00-13:00午休）", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("월~금 09:00-18:00 점심시간 12:00-13:00 제외", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("월~금 9-18 (중식 12-13)", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("휴게시간 12-13시, 월~금 9-18시", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("lunch break 12-13; Mo-Fr 9-18", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    // Days alone that are left out.
    ("except Mo-Fr", "Sa-Su 00:00-24:00"),
    ("not Mo-Fr", "Sa-Su 00:00-24:00"),
    ("월~금 제외", "Sa-Su 00:00-24:00"),
    ("월~금 휴무", "Mo-Fr off"),
    ("24/7 except Mo-Fr 9-18", "24/7; Mo-Fr 09:00-18:00 off"),
    ("24/7 außer Mo-Fr 9-18 Uhr", "24/7; Mo-Fr 09:00-18:00 off"),
    // Days that are left out, or are included, before hours or behind them.
    ("土日祝以外 9:00-18:00", "09:00-18:00; PH,Sa-Su off"),
    ("土日祝を除く 9:00-18:00", "09:00-18:00; PH,Sa-Su off"),
    ("주말 및 공휴일 제외 09:00-18:00", "09:00-18:00; PH,Sa-Su off"),
    ("周末和节假日除外 9:00-18:00", "09:00-18:00; PH,Sa-Su off"),
    ("水曜以外 10:00-19:00", "10:00-19:00; We off"),
    ("공휴일 포함 매일 09:00-18:00", "PH,Mo-Su 09:00-18:00"),
    ("Mo-So inkl. Feiertage 9-18 Uhr", "PH,Mo-Su 09:00-18:00"),
    ("Mo-Fr 09:00-18:00 including holidays", "PH,Mo-Fr 09:00-18:00"),
    ("매일 09:00-18:00 (공휴일 포함)", "PH,Mo-Su 09:00-18:00"),
    // A break of which the other meaning lies not within the hours.
    ("9am-6pm, 1-2pm lunch", "09:00-18:00; 13:00-14:00 off"),
    ("9am-6pm, 1-2pm closed", "09:00-18:00; 13:00-14:00 off"),
    ("9-18, 12-1 휴게", "09:00-18:00; 12:00-13:00 off"),
    // Exceptions before the hours.
    ("außer Mi 9-17", "09:00-17:00; We off"),
    ("not Mo 9-18", "09:00-18:00; Mo off"),
    ("no weekends 9-18", "09:00-18:00; Sa-Su off"),
    ("täglich außer Sonntag 10-20 Uhr", "Mo-Su 10:00-20:00; Su off"),
    ("周一至周五（除周三）9-18", "Mo-Fr 09:00-18:00; We off"),
    (
        "Mo-Fr 9-18, except We 9-12",
        "Mo-Fr 09:00-18:00; We 09:00-12:00 | Mo-Fr 09:00-18:00; We 09:00-12:00 off",
    ),
];

/// Texts that are told without a text to write, and what is said.
pub(super) const TOLD: &[(&str, &str)] = &[
    ("not Mo-Fr 09:00-18:00", "only says when it is closed; write the hours"),
    ("nicht Mo-Fr 09:00-18:00", "`NotHours`"),
    ("außer Mo-Fr 9-18", "`NotHours`"),
    ("1일~15일 09:00-18:00", "names days of no month"),
    ("1~15일 09:00-18:00", "names days of no month"),
    ("\u{41c}\u{43e}-Fr 09:00-18:00", "write `mo` in Latin letters"),
    ("Mo-Fr \u{43e}\u{431}\u{435}\u{434}", "cannot be read"),
    ("M\u{43e}-Fr 09:00-18:00", "`m\u{43e}` has a Cyrillic `\u{43e}`, which only looks like `o`"),
];
