//! Days, hours, brackets and words in another order, as people type them.

/// Text as typed, and what to write.
pub(super) const TYPED: &[(&str, &str)] = &[
    // What is closed, in brackets before the hours.
    ("Mo-Fr (PH off) 9-12, 13-18", "Mo-Fr 09:00-12:00,13:00-18:00; PH off"),
    ("Mo-Fr (PH off) 9-12/13-18", "Mo-Fr 09:00-12:00,13:00-18:00; PH off"),
    ("Mo-Fr (PH off) 9-12, Sa 10-14", "Mo-Fr 09:00-12:00, Sa 10:00-14:00; PH off"),
    ("Mo-Fr (PH off) 9-18 Sa 10-14", "Mo-Fr 09:00-18:00, Sa 10:00-14:00; PH off"),
    ("Mo-Fr (PH off) 0900-1800", "Mo-Fr 09:00-18:00; PH off"),
    ("Mo-Fr (PH off), 9-18", "Mo-Fr 09:00-18:00; PH off"),
    ("평일(공휴일 휴무), 9-12, 13-18", "Mo-Fr 09:00-12:00,13:00-18:00; PH off"),
    ("Mo-Fr 9-18 (PH off), 10-14 Sa", "Mo-Fr 09:00-18:00, Sa 10:00-14:00; PH off"),
    ("9-18 Mo-Fr (PH off), Sa 10-14", "Mo-Fr 09:00-18:00, Sa 10:00-14:00; PH off"),
    // Days behind the hours.
    ("am Montag 9-18 Uhr", "Mo 09:00-18:00"),
    ("9-18 Uhr am Samstag", "Sa 09:00-18:00"),
    ("9-17 Th", "Th 09:00-17:00"),
    ("Dec 09:00-18:00 Mo-Fr", "Dec Mo-Fr 09:00-18:00"),
    ("2026 Mo-Fr 09:00-18:00 Dec", "2026 Dec Mo-Fr 09:00-18:00"),
    // Sentences with a dot between.
    ("Mo-Fr 9-17. Sa 10-14", "Mo-Fr 09:00-17:00, Sa 10:00-14:00"),
    ("Mo-Fr 9-5. Sa 10-2", "Mo-Fr 09:00-17:00, Sa 10:00-14:00 | Mo-Fr 09:00-29:00, Sa 10:00-02:00"),
    // What is closed, before what is open.
    ("not Mo", "Tu-Su 00:00-24:00"),
    ("closed; Mon 10-20", "off; Mo 10:00-20:00"),
    ("Sat closed, Sun closed, Mon-Fr 9-18", "Mo-Fr 09:00-18:00; Sa off; Su off"),
    ("Dec 24 off | Sa off; Dec 24 off", "Dec 24 off, Sa off; Dec 24 off"),
    // Days that are named twice, or of two kinds.
    ("Mo, weekdays 9-18", "Mo-Fr 09:00-18:00"),
    ("Mo, Mo Fr 09:00-18:00", "Mo,Fr 09:00-18:00 | Mo-Fr 09:00-18:00"),
    ("week 50, Dec 10:00-12:00", "Dec week 50 10:00-12:00 | Dec 10:00-12:00; week 50 10:00-12:00"),
    (
        "Mo-Fr, 2026 Sa 10:00-12:00",
        "2026 Mo-Sa 10:00-12:00 | Mo-Fr 10:00-12:00; 2026 Sa 10:00-12:00",
    ),
    // Holidays have their own hours, where their weekday has others.
    ("9-18, PH 10-20", "09:00-18:00; PH 10:00-20:00"),
    ("Mo-Fr 9-18, PH Mo-Fr 10-14", "Mo-Fr 09:00-18:00; PH Mo-Fr 10:00-14:00"),
    ("Mo-Fr 9-18, Mo,PH 10-20", "Mo-Fr 09:00-18:00, PH,Mo 10:00-20:00"),
    (
        "Mon-Fri 9am-6pm, Mo 9-10, holidays 10am-2pm",
        "Mo-Fr 09:00-18:00; Mo 09:00-10:00; PH 10:00-14:00",
    ),
    (
        "평일 09:00-18:00, 공휴일 10:00-14:00, PH -1 day 10-12, 토 10:00-12:00",
        "Mo-Fr 09:00-18:00; PH 10:00-14:00, PH -1 day 10:00-12:00, Sa 10:00-12:00",
    ),
    // What is closed stands last, also behind many parts.
    (
        "Mo 9-18, Tu 9-18; We off, Th 9-18 Mo-Fr 9-18 PH off",
        "Mo-Fr 09:00-18:00; We off; Mo 09:00-18:00; Tu 09:00-18:00; Th 09:00-18:00; PH off",
    ),
    // Behind what counts where nothing else does.
    (
        "Sa 10-14 || Mo-Th 8:30-17 Fr 8:30-12",
        "Sa 10:00-14:00 || Mo-Th 08:30-17:00 || Fr 08:30-12:00",
    ),
    // Words and signs.
    ("9:00→18:00", "09:00-18:00"),
    ("09:00-12:00/13:00-15:00/16:00-18:00", "09:00-12:00,13:00-15:00,16:00-18:00"),
    ("평일 영업시간 09:00-18:00", "Mo-Fr 09:00-18:00"),
    ("평일 영업시간 09:00-18:00, 토 10:00-14:00", "Mo-Fr 09:00-18:00, Sa 10:00-14:00"),
    ("全天 7x24小时，周日休息", "24/7, Su off"),
    ("Mondayy 9-18", "Mo 09:00-18:00"),
    ("Mo-Fr 09:00-18:00 every day", "Mo-Fr 09:00-18:00 | Mo-Su 09:00-18:00"),
    // English letters for days.
    ("M,W,F 9:00-17:00", "Mo,We,Fr 09:00-17:00"),
    ("M, W, F 9am - 5pm", "Mo,We,Fr 09:00-17:00"),
    ("M/W/F 9am-5pm", "Mo,We,Fr 09:00-17:00"),
    ("T,Th 9:00-17:00", "Tu,Th 09:00-17:00"),
    // Weeks of a month.
    ("1,3주 토요일 10:00-14:00", "Sa[1],Sa[3] 10:00-14:00"),
    ("월~토 9-18, 2·4주 토요일 휴무", "Mo-Sa 09:00-18:00, Sa[2],Sa[4] off"),
    // Slips.
    ("24/5", "Mo-Fr 00:00-24:00"),
    ("Mo-Fr 09;00-18;00", "Mo-Fr 09:00-18:00"),
    ("월욜~금욜 9시-18시", "Mo-Fr 09:00-18:00"),
    // Nights.
    ("22:00-6:00 (+1)", "22:00-06:00"),
    ("22:00-06:00+1", "22:00-06:00"),
    ("Mo 22:00-06:00 +1 day", "Mo 22:00-06:00"),
    ("Mo 22:00 - Tu 06:00; We 22:00 - Th 06:00", "Mo 22:00-06:00; We 22:00-06:00"),
    ("10:00-次日12:00 (next day)", "10:00-36:00"),
    // Days without hours, before or behind hours.
    ("Mo-Fr; 9-18", "Mo-Fr 09:00-18:00"),
    (
        "Mo-We;Fr 9-18",
        "Mo-We,Fr 09:00-18:00 | Mo-We 00:00-24:00; Fr 09:00-18:00 | Fr 09:00-18:00; Mo-We off",
    ),
    ("Mo-Fr; PH 9-18", "Mo-Fr 00:00-24:00; PH 09:00-18:00 | PH 09:00-18:00; Mo-Fr off"),
    ("9-18; PH", "09:00-18:00; PH 00:00-24:00 | 09:00-18:00; PH off"),
];

/// Texts that are told without a text to write, and what is said.
pub(super) const TOLD: &[(&str, &str)] = &[
    (":09:00-18:00", "cannot be read from `:09:00-18:00` on"),
    ("09:00-18:00:", "cannot be read from `:` on"),
    ("- 09:00-18:00", "cannot be read from `- 09:00-18:00` on"),
    ("9am PM 6:00", "`pm` cannot be read"),
    ("Mo-Fr pm", "`pm` cannot be read"),
    // On which days of December?
    ("Mo-Fr 09:00-18:00 Dec 10:00-14:00", "cannot be read from `dec 10:00-14:00` on"),
    ("오전 9시 pm - 6시", "cannot be read from `- 6시` on"),
    ("Munday 9-18", "`munday` cannot be read"),
    ("Mo-Fr 9-18 \"x\" foo", "`foo` cannot be read"),
    ("Mo-Fr 9-18 unknown", "`unknown` is neither open nor closed"),
    ("Mo-Fr (PH off) - 09:00-18:00", "expected opening hours"),
    ("Mo-Fr 9-18 (off Su off)", "cannot be read from `su off)` on"),
    // A break that lies in no hours, or of which nothing says when.
    ("9-12, 12-13 break", "cannot be read from `9-12, 12-13 break` on"),
    ("Mo-Fr 13-18, 12-13 break", "cannot be read from `mo-fr 13-18, 12-13 break` on"),
    ("Mo-Fr 9-18 break", "cannot be read from `mo-fr 9-18 break` on"),
    ("Mo off break", "cannot be read from `break` on"),
    // What belongs to nothing.
    ("Sa off 10:00-14:00 Su", "cannot be read from `10:00-14:00 su` on"),
    ("Mo 12:00-13:00 off Tu 09:00-18:00", "cannot be read from `tu 09:00-18:00` on"),
    ("9-17 Mo-Fr, 10-14", "cannot be read from `14` on"),
    ("9-17 Mo open Tu", "`Tu` has neither hours nor `off`"),
    ("Dec 09:00-18:00 Jan", "`Jan` has neither hours nor `off`"),
    ("week 5 09:00-18:00 week 7", "`week 07` has neither hours nor `off`"),
    ("PH 09:00-18:00 Mo-Fr", "`Mo-Fr` has neither hours nor `off`"),
    ("Mo-Fr 9-18; 2026 Mo", "`2026 Mo` has neither hours nor `off`"),
    ("2026 Mo 09:00-18:00 2027", "directly before its date"),
    ("Mo; 12-24 off", "numbers that can be read as a date or as hours"),
];
