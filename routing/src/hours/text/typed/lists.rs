//! Several parts side by side, as people type them.

/// Text as typed, and what to write.
pub(super) const TYPED: &[(&str, &str)] = &[
    // Holidays have their own hours instead of those of the weekday.
    ("평일 09:00-18:00, 공휴일 10:00-14:00", "Mo-Fr 09:00-18:00; PH 10:00-14:00"),
    ("평일 09:00-18:00, 주말/공휴일 10:00-14:00", "Mo-Fr 09:00-18:00; PH,Sa-Su 10:00-14:00"),
    ("平日 9:00～18:00 土日祝10:00～17:00", "Mo-Fr 09:00-18:00; PH,Sa-Su 10:00-17:00"),
    ("工作日9:00-18:00, 节假日10:00-14:00", "Mo-Fr 09:00-18:00; PH 10:00-14:00"),
    ("Mon-Fri 9am-6pm, holidays 10am-2pm", "Mo-Fr 09:00-18:00; PH 10:00-14:00"),
    ("Mo-Fr 9-18 Uhr, Feiertage 10-14 Uhr", "Mo-Fr 09:00-18:00; PH 10:00-14:00"),
    ("Mo-Fr 09:00-18:00 PH 10:00-14:00", "Mo-Fr 09:00-18:00; PH 10:00-14:00"),
    (
        "평일 09:00-18:00, 공휴일 10:00-14:00, 토 10:00-12:00",
        "Mo-Fr 09:00-18:00, Sa 10:00-12:00; PH 10:00-14:00",
    ),
    ("공휴일 10:00-14:00, 평일 09:00-18:00", "Mo-Fr 09:00-18:00; PH 10:00-14:00"),
    ("공휴일 10:00-14:00; 평일 09:00-18:00", "Mo-Fr 09:00-18:00; PH 10:00-14:00"),
    // Lists with a closed day in the middle.
    (
        "Mon 9:00 AM - 5:00 PM\nTue 9:00 AM - 5:00 PM\nWed Closed\nThu 9:00 AM - 5:00 PM",
        "Mo 09:00-17:00, Tu 09:00-17:00; We off, Th 09:00-17:00",
    ),
    (
        "월 09:00-18:00\n화 09:00-18:00\n수 휴무\n목 09:00-18:00",
        "Mo 09:00-18:00, Tu 09:00-18:00; We off, Th 09:00-18:00",
    ),
    ("周一 9:00-18:00 周二 休息 周三 9:00-18:00", "Mo 09:00-18:00; Tu off, We 09:00-18:00"),
    ("Mo-Fr 09:00-18:00\nSa off\nSu off", "Mo-Fr 09:00-18:00; Sa off; Su off"),
    (
        "Mon 9-18 Tue 9-18 Wed closed Thu 9-18",
        "Mo 09:00-18:00, Tu 09:00-18:00; We off, Th 09:00-18:00",
    ),
    ("PH off Mo-Fr 09:00-18:00", "Mo-Fr 09:00-18:00; PH off"),
    ("공휴일 제외 평일 9-18", "Mo-Fr 09:00-18:00; PH off"),
    ("- Mo-Fr 09:00-18:00\n- Sa 10:00-14:00", "Mo-Fr 09:00-18:00, Sa 10:00-14:00"),
    // What is closed, before the hours or in brackets.
    ("월-금(공휴일 제외) 09:00-18:00", "Mo-Fr 09:00-18:00; PH off"),
    ("평일(공휴일 휴무) 09:00-18:00", "Mo-Fr 09:00-18:00; PH off"),
    ("月～金（祝日を除く）9:00～17:00", "Mo-Fr 09:00-17:00; PH off"),
    ("Mon-Fri 9am-5pm (closed on public holidays)", "Mo-Fr 09:00-17:00; PH off"),
    ("Mo-Fr (PH off) 09:00-18:00", "Mo-Fr 09:00-18:00; PH off"),
    ("Mo-Fr 09:00-18:00 (12:00-13:00 off)", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("Mo-Fr 09:00-18:00 (점심시간 12:00-13:00 제외)", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    (
        "Mo-Fr 09:00-18:00 (12:00-13:00 off), Sa 10:00-14:00",
        "Mo-Fr 09:00-18:00; 12:00-13:00 off, Sa 10:00-14:00",
    ),
    // Behind a comma the second part is in vain, behind `;` it takes the night away.
    (
        "월 22:00-06:00 周一09:00-18:00평일",
        "Mo 22:00-06:00, Mo-Fr 00:00-24:00 | Mo 22:00-06:00, Mo 09:00-18:00; Mo-Fr off",
    ),
];
