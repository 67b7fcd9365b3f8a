//! Ornaments of lists, ordinal numbers, and breaks beside other parts, as people type them.

/// Text as typed, and what to write.
pub(super) const TYPED: &[(&str, &str)] = &[
    // Brackets and signs that are ornaments.
    ("[평일] 09:00-18:00 [토] 09:00-13:00", "Mo-Fr 09:00-18:00, Sa 09:00-13:00"),
    ("[Mo-Fr] 09:00-18:00", "Mo-Fr 09:00-18:00"),
    ("【営業時間】平日 9:00～18:00", "Mo-Fr 09:00-18:00"),
    ("▶ 평일 09:00~18:00", "Mo-Fr 09:00-18:00"),
    ("■ 평일 : 09:00 ~ 18:00 ■ 토요일 : 09:00 ~ 13:00", "Mo-Fr 09:00-18:00, Sa 09:00-13:00"),
    ("* Mo-Fr 9-18", "Mo-Fr 09:00-18:00"),
    ("평일 10:00~17:00 *공휴일 제외", "Mo-Fr 10:00-17:00; PH off"),
    ("月～金 9-18 土 9-12 ※日祝休", "Mo-Fr 09:00-18:00, Sa 09:00-12:00; PH,Su off"),
    // Breaks.
    ("평일 10:00~17:00 ※점심시간 12:00~13:00", "Mo-Fr 10:00-17:00; 12:00-13:00 off"),
    ("평일 오전 10시 ~ 오후 5시 [점심: 12시 ~ 13시]", "Mo-Fr 10:00-17:00; 12:00-13:00 off"),
    ("Mon-Fri 9am-5pm, closed for lunch 12:30-13:30", "Mo-Fr 09:00-17:00; 12:30-13:30 off"),
    ("Mo-Fr 09:00-18:00 with break 12:00-13:00", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("周一至周五 9:00-18:00 中午12:00-13:00休息", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("Mo-Fr 9-18 closed from 12 to 13", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("Mo-Fr 9-18 closed 12-13, Sa 9-12", "Mo-Fr 09:00-18:00; 12:00-13:00 off, Sa 09:00-12:00"),
    ("평일 9-18 12-13 휴무", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("평일 9-18, 12-13 휴게", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("平日9:00-18:00(12:00-13:00は休憩)", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    (
        "평일 10:00 ~ 17:00 (점심 12:00 ~ 13:00) 토/일/공휴일 휴무",
        "Mo-Fr 10:00-17:00; 12:00-13:00 off; PH,Sa-Su off",
    ),
    ("평일 9-18 점심 12-13 토일 휴무", "Mo-Fr 09:00-18:00; 12:00-13:00 off; Sa-Su off"),
    // Closed all day.
    ("Sa closed all day", "Sa off"),
    ("토일 종일 휴무", "Sa-Su off"),
    ("周末全天休息", "Sa-Su off"),
    ("Mo-Fr 9-18, Sa ganztägig geschlossen", "Mo-Fr 09:00-18:00, Sa off"),
    ("Mon-Fri 9am-5pm Closed Sat & Sun", "Mo-Fr 09:00-17:00; Sa-Su off"),
    ("Mo-Fr 24 hours closed Sat", "Mo-Fr 00:00-24:00; Sa off"),
    ("lun-vie 9-18 cerrado sábado", "Mo-Fr 09:00-18:00; Sa off"),
    // Which of a month's days.
    ("1er lundi du mois 10h-12h", "Mo[1] 10:00-12:00"),
    ("2e samedi du mois 9h-12h", "Sa[2] 09:00-12:00"),
    ("premier lundi du mois 10h-12h", "Mo[1] 10:00-12:00"),
    ("1er et 3e samedi 9h-12h", "Sa[1],Sa[3] 09:00-12:00"),
    ("1º sábado do mês 9h-12h", "Sa[1] 09:00-12:00"),
    ("毎月第2火曜日は休業", "Tu[2] off"),
    ("Mo-Fr 9-18 except first Monday of month", "Mo-Fr 09:00-18:00; Mo[1] off"),
    // Days that are said again, or by their number.
    ("Mo 09:00 - Mo 18:00", "Mo 09:00-18:00"),
    ("Mon 9am - Mon 6pm", "Mo 09:00-18:00"),
    ("월 09:00 ~ 월 18:00, 화 09:00 ~ 화 18:00", "Mo 09:00-18:00, Tu 09:00-18:00"),
    ("周1至周5 9:00-18:00", "Mo-Fr 09:00-18:00"),
    ("월~금 09~18 일 휴무", "Mo-Fr 09:00-18:00; Su off"),
    ("除周日外每天9:00-17:00", "Mo-Su 09:00-17:00; Su off"),
    ("土曜のみ 10:00-14:00", "Sa 10:00-14:00"),
    ("매주 월요일 정기휴무", "Mo off"),
    ("토요일 상담 안함", "Sa off"),
    ("야간 22시~06시", "22:00-06:00"),
    // Russian and Thai.
    ("пн–пт 9:00–18:00, сб 10:00–14:00, вс выходной", "Mo-Fr 09:00-18:00, Sa 10:00-14:00, Su off"),
    ("Ежедневно с 9 до 21", "Mo-Su 09:00-21:00"),
    ("Пн-Пт с 9:00 до 18:00, обед 13:00-14:00", "Mo-Fr 09:00-18:00; 13:00-14:00 off"),
    ("круглосуточно", "24/7"),
    ("จันทร์-ศุกร์ 09:00-18:00 น.", "Mo-Fr 09:00-18:00"),
    ("ทุกวัน 08.00 - 20.00 น.", "Mo-Su 08:00-20:00"),
    ("วันจันทร์ถึงวันศุกร์ เวลา 9.00-17.00 น.", "Mo-Fr 09:00-17:00"),
    ("เปิด 24 ชั่วโมง", "24/7"),
    // Months with hours behind them, and dates behind a slash.
    (
        "April bis September 9-18 Uhr, Oktober bis März 9-16 Uhr",
        "Apr-Sep 09:00-18:00, Oct-Mar 09:00-16:00",
    ),
    ("평일 9-18 / 12.25 휴무", "Mo-Fr 09:00-18:00; Dec 25 off"),
    ("평일 9-18 / 12.25 휴무 / 1.1 휴무", "Mo-Fr 09:00-18:00; Dec 25 off, Jan 01 off"),
    ("25. und 26.12. geschlossen", "Dec 25,Dec 26 off"),
];

/// Texts that are told without a text to write, and what is said.
pub(super) const TOLD: &[(&str, &str)] = &[
    // Of which days, or until when?
    ("Mo-Fr 09:00-18:00 (Aug: 09:00-14:00)", "expected"),
    ("Mo-Fr 09:00-18:00 until Dec 2026", "expected"),
    ("Mo-Fr 9-18 until 24 Dec", "expected"),
    ("1-5 09:00-18:00", "expected"),
    ("Mo-Fr 9-18 closed 12-24", "expected"),
    ("평일 9-18, 12-13", "has hours within other hours"),
    ("月● 火● 9:00-12:00", "cannot be read"),
    ("周日外 9-17", "cannot be read"),
    ("야간 휴무", "expected"),
    ("除周日每天9:00-17:00", "expected"),
    ("по записи", "cannot be read"),
    ("单周周六 9-12", "`EveryWeeks` `2`"),
    ("Mo 22:00 - Mo 06:00", "expected"),
];
