//! Dates in hours, as people type them.

/// Text as typed, and what to write.
pub(super) const TYPED: &[(&str, &str)] = &[
    // A range over New Year.
    ("Mo-Fr 09:00-18:00; 2026.12.30~1.3 휴무", "Mo-Fr 09:00-18:00; 2026 Dec 30-2027 Jan 03 off"),
    ("Mo-Fr 09:00-18:00; 2026-12-30~1-3 off", "Mo-Fr 09:00-18:00; 2026 Dec 30-2027 Jan 03 off"),
    ("2027.3.2~3.5 휴무", "2027 Mar 02-05 off"),
    ("2026.12.30 ~ 01.03 10:00-12:00", "2026 Dec 30-2027 Jan 03 10:00-12:00"),
    ("2026 Dec-2027 Feb Mo-Fr 09:00-18:00", "2026 Dec 01-2027 Feb 28 Mo-Fr 09:00-18:00"),
    ("Dec 2026 - Feb 2027 Mo-Fr 9-18", "2026 Dec 01-2027 Feb 28 Mo-Fr 09:00-18:00"),
    ("2026년 12월~2027년 2월 9-18", "2026 Dec 01-2027 Feb 28 09:00-18:00"),
    ("2026 Dec-Feb Mo-Fr 9-18", "2026 Dec 01-2027 Feb 28 Mo-Fr 09:00-18:00"),
    // A year behind its dates, or with a comma.
    ("Mo-Fr 09:00-18:00; Dec 24-26, 2026 off", "Mo-Fr 09:00-18:00; 2026 Dec 24-26 off"),
    ("Mo-Fr 09:00-18:00; Dec 24, 25, 2026 off", "Mo-Fr 09:00-18:00; 2026 Dec 24,2026 Dec 25 off"),
    ("Mo-Fr 09:00-18:00; Dec 24 & 25, 2026 off", "Mo-Fr 09:00-18:00; 2026 Dec 24,2026 Dec 25 off"),
    (
        "Mo-Fr 09:00-18:00; Dec 24, Dec 25, 2026 off",
        "Mo-Fr 09:00-18:00; 2026 Dec 24,2026 Dec 25 off",
    ),
    (
        "Mo-Fr 09:00-18:00; Dec 24, 2026, Dec 25, 2026 off",
        "Mo-Fr 09:00-18:00; 2026 Dec 24,2026 Dec 25 off",
    ),
    (
        "Mo-Fr 09:00-18:00; Dec 24,26,2026",
        "Mo-Fr 09:00-18:00; 2026 Dec 24,2026 Dec 26 00:00-24:00 | \
         Mo-Fr 09:00-18:00; 2026 Dec 24,2026 Dec 26 off",
    ),
    (
        "Mo-Fr 09:00-18:00; Nov 26-27, 2026",
        "Mo-Fr 09:00-18:00; 2026 Nov 26-27 00:00-24:00 | Mo-Fr 09:00-18:00; 2026 Nov 26-27 off",
    ),
    ("Mo-Fr 09:00-18:00; 2026,Dec 24 off", "Mo-Fr 09:00-18:00; 2026 Dec 24 off"),
    ("Mo-Fr 09:00-18:00; closed 2026, Dec 24", "Mo-Fr 09:00-18:00; 2026 Dec 24 off"),
    ("Mo-Fr 09:00-18:00; closed Dec 24-26, 2026", "Mo-Fr 09:00-18:00; 2026 Dec 24-26 off"),
    (
        "Mo-Fr 09:00-18:00; Dec 24 - Jan 2, 2027 off",
        "Mo-Fr 09:00-18:00; 2026 Dec 24-2027 Jan 02 off",
    ),
    (
        "Mo-Fr 09:00-18:00; Dec 24 - Jan 2 2027 off",
        "Mo-Fr 09:00-18:00; 2026 Dec 24-2027 Jan 02 off",
    ),
    (
        "Mo-Fr 09:00-18:00; Dec 24, 2026 - Jan 2, 2027 off",
        "Mo-Fr 09:00-18:00; 2026 Dec 24-2027 Jan 02 off",
    ),
    ("2026, Dec 24 09:00-13:00", "2026 Dec 24 09:00-13:00"),
    ("Nov 23-27, 2026 09:00-18:00", "2026 Nov 23-27 09:00-18:00"),
    ("Dec 24, 31, 2026 09:00-13:00", "2026 Dec 24,2026 Dec 31 09:00-13:00"),
    ("Mo-Fr 09:00-18:00; December 24-26, 2026 closed", "Mo-Fr 09:00-18:00; 2026 Dec 24-26 off"),
    ("Mo-Fr 09:00-18:00; 12월 24일, 2026년 휴무", "Mo-Fr 09:00-18:00; 2026 Dec 24 off"),
    ("Mo-Fr 09:00-18:00; PH, 2026 off", "Mo-Fr 09:00-18:00; 2026 PH off"),
    ("Mo-Fr 09:00-18:00; 2026, PH off", "Mo-Fr 09:00-18:00; 2026 PH off"),
    ("2026, Mo-Fr 09:00-18:00", "2026 Mo-Fr 09:00-18:00"),
    ("Mo-Fr, 2026 09:00-18:00", "2026 Mo-Fr 09:00-18:00"),
    ("Mo-Fr 09:00-18:00; Dec 24, 2026-2027 off", "Mo-Fr 09:00-18:00; 2026-2027 Dec 24 off"),
    ("Mo-Fr 9-18; Thursday, December 24, 2026 closed", "Mo-Fr 09:00-18:00; 2026 Dec 24 off"),
    (
        "Mo-Fr 9-18; Thu, Dec 24 closed",
        "Mo-Fr 09:00-18:00; Dec 24 off | Mo-Fr 09:00-18:00; Th off; Dec 24 off",
    ),
    ("Mo-Fr 9-18; Aug, 2026 Mo-Fr 10-12", "Mo-Fr 09:00-18:00; 2026 Aug Mo-Fr 10:00-12:00"),
    // A month and a day in numbers.
    ("Mo-Fr 09:00-18:00; 7/24 휴무", "Mo-Fr 09:00-18:00; Jul 24 off"),
    ("Mo-Fr 09:00-18:00; 01-01 off", "Mo-Fr 09:00-18:00; Jan 01 off"),
    ("Mo-Fr 09:00-18:00; 05-05 off", "Mo-Fr 09:00-18:00; May 05 off"),
    ("Mo-Fr 09:00-18:00; 12-25 off", "Mo-Fr 09:00-18:00; Dec 25 off"),
    ("Mo-Fr 09:00-18:00; 12-24 09:00-13:00", "Mo-Fr 09:00-18:00; Dec 24 09:00-13:00"),
    ("Mo-Fr 09:00-18:00; 10-03, 10-09 off", "Mo-Fr 09:00-18:00; Oct 03,Oct 09 off"),
    ("Mo-Fr 09:00-18:00; 12-24~12-26 off", "Mo-Fr 09:00-18:00; Dec 24-26 off"),
    ("Mo-Fr 09:00-18:00; 8.14~8.16 휴무", "Mo-Fr 09:00-18:00; Aug 14-16 off"),
    ("Mo-Fr 09:00-18:00; 8.15 휴무", "Mo-Fr 09:00-18:00; Aug 15 off"),
    ("Mo-Fr 09:00-18:00; 10.3. 휴무", "Mo-Fr 09:00-18:00; Oct 03 off"),
    ("Mo-Fr 09:00-18:00; 10.1-10.7休息", "Mo-Fr 09:00-18:00; Oct 01-07 off"),
    ("Mo-Fr 09:00-18:00; 12/24 휴무", "Mo-Fr 09:00-18:00; Dec 24 off"),
    ("Mo-Fr 09:00-18:00; 12/24~12/31 휴무", "Mo-Fr 09:00-18:00; Dec 24-31 off"),
    ("Mo-Fr 09:00-18:00; 12/24-26 off", "Mo-Fr 09:00-18:00; Dec 24-26 off"),
    ("Mo-Fr 09:00-18:00; 10/9 휴무", "Mo-Fr 09:00-18:00; Oct 09 off"),
    ("Mo-Fr 09:00-18:00; 12/25 off", "Mo-Fr 09:00-18:00; Dec 25 off"),
    ("12/24 off", "Dec 24 off"),
    ("Mo-Fr 09:00-18:00; 12/24/2026 off", "Mo-Fr 09:00-18:00; 2026 Dec 24 off"),
    ("Mo-Fr 09:00-18:00; 24/12/2026 off", "Mo-Fr 09:00-18:00; 2026 Dec 24 off"),
    ("Mo-Fr 09:00-18:00; 24-26 Dec off", "Mo-Fr 09:00-18:00; Dec 24-26 off"),
    ("Mo-Fr 09:00-18:00; 24-26 Dec 2026 off", "Mo-Fr 09:00-18:00; 2026 Dec 24-26 off"),
    ("Mo-Fr 09:00-18:00; 24,25 Dec off", "Mo-Fr 09:00-18:00; Dec 24,Dec 25 off"),
    ("Mo-Fr 9-18; 24 & 25 Dec 2026 off", "Mo-Fr 09:00-18:00; 2026 Dec 24,2026 Dec 25 off"),
    ("Mo-Fr 09:00-18:00; 24.12 off", "Mo-Fr 09:00-18:00; Dec 24 off"),
    ("Mo-Fr 09:00-18:00; 24.-26.12. geschlossen", "Mo-Fr 09:00-18:00; Dec 24-26 off"),
    ("Mo-Fr 9-18; 24. - 26. Dezember geschlossen", "Mo-Fr 09:00-18:00; Dec 24-26 off"),
    (
        "Mo-Fr 09:00-18:00; 12.25",
        "Mo-Fr 09:00-18:00; Dec 25 00:00-24:00 | Mo-Fr 09:00-18:00; Dec 25 off",
    ),
    (
        "Mo-Fr 09:00-18:00; 12-24 off",
        "Mo-Fr 09:00-18:00; 12:00-24:00 off | Mo-Fr 09:00-18:00; Dec 24 off",
    ),
    (
        "Mo-Fr 09:00-18:00; 08-15 off",
        "Mo-Fr 09:00-18:00; 08:00-15:00 off | Mo-Fr 09:00-18:00; Aug 15 off",
    ),
    (
        "Mo-Fr 09:00-18:00; 8-15 휴무",
        "Mo-Fr 09:00-18:00; 08:00-15:00 off | Mo-Fr 09:00-18:00; Aug 15 off",
    ),
    (
        "Mo-Fr 09:00-18:00; 12-1 off",
        "Mo-Fr 09:00-18:00; 12:00-13:00 off | Mo-Fr 09:00-18:00; Dec 01 off",
    ),
    (
        "Mo-Fr 09:00-18:00; 10/9 off",
        "Mo-Fr 09:00-18:00; Oct 09 off | Mo-Fr 09:00-18:00; Sep 10 off",
    ),
    (
        "Mo-Fr 09:00-18:00; 03/04/2026 off",
        "Mo-Fr 09:00-18:00; 2026 Mar 04 off | Mo-Fr 09:00-18:00; 2026 Apr 03 off",
    ),
    ("Mo-Fr 09:00-18:00; 12-13 off", "Mo-Fr 09:00-18:00; 12:00-13:00 off"),
    ("Mo-Fr 09:00-18:00; 11.30-12.30 off", "Mo-Fr 09:00-18:00; 11:30-12:30 off"),
    ("8-12 13-17", "08:00-12:00,13:00-17:00"),
    ("Mo-Fr 9.30-12.30, 13.00-18.00", "Mo-Fr 09:30-12:30,13:00-18:00"),
    // Easter, and days that are counted from it.
    ("Mo-Fr 09:00-18:00; Easter Monday off", "Mo-Fr 09:00-18:00; easter +1 day off"),
    ("Mo-Fr 09:00-18:00; Ostermontag geschlossen", "Mo-Fr 09:00-18:00; easter +1 day off"),
    ("Mo-Fr 09:00-18:00; Karfreitag geschlossen", "Mo-Fr 09:00-18:00; easter -2 days off"),
    ("Mo-Fr 09:00-18:00; Good Friday off", "Mo-Fr 09:00-18:00; easter -2 days off"),
    (
        "Mo-Fr 09:00-18:00; Good Friday, Easter Monday off",
        "Mo-Fr 09:00-18:00; easter -2 days,easter +1 day off",
    ),
];

/// Texts that are told without a text to write, and what is said.
pub(super) const TOLD: &[(&str, &str)] = &[
    ("Mo-Fr 9-18; Friday, December 24, 2026 off", "is not a `Fr`"),
    ("Mo-Fr 09:00-18:00; Nov 26, Dec 24, 2026 off", "directly before its date"),
    ("Mo-Fr 09:00-18:00; Dec 24-26 off, 2026", "directly before its date"),
    ("Mo-Fr 09:00-18:00; 2026 Dec 24, 2027 off", "directly before each date"),
    ("Mo-Fr 09:00-18:00; Dec 24, 2026, 2027 off", "directly before each date"),
];
