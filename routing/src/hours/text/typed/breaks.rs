//! Breaks, and days that are left out.

pub(super) const TYPED: &[(&str, &str)] = &[
    // Breaks, said before or behind their time.
    ("9-18 (12:00-13:00 break)", "09:00-18:00; 12:00-13:00 off"),
    ("9-18, 12-13 break", "09:00-18:00; 12:00-13:00 off"),
    ("Mo-Fr 9-18 (12-13 Pause)", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("周一至周五 9:00-18:00（12:00-13:00午休）", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
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
