//! Reads opening_hours text, harder than the library does: what it would silently ignore or guess
//! is an error here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::NaiveDate;
use opening_hours::{Context, OpeningHours};
use opening_hours_syntax::rules::day::{DaySelector, WeekDayRange, Weekday};
use opening_hours_syntax::rules::time::{Time, TimeSpan};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleKind, RuleSequence};

use super::country::Country;
use super::pattern::{DAY, Days, Part, Pattern, Span};

/// Longest text, in characters.
pub const MAX_CHARACTERS: usize = 1_000;

const EXAMPLE: &str = "expected opening hours such as `Mo-Fr 09:00-18:00, Sa 10:00-14:00`";

/// A text as parsed, with warnings for what its author may not have meant.
pub(crate) struct Parsed {
    pub(crate) pattern: Pattern,
    pub(crate) warnings: Vec<String>,
}

/// How far the search for overridden hours may go.
#[derive(Debug, Default)]
pub(crate) struct Search {
    /// Where it begins.
    pub(crate) today: NaiveDate,
    /// How many more texts may be searched for a whole year (about half a millisecond each); those
    /// of weekdays alone need a week.
    pub(crate) years: u32,
}

/// Reads `text`; `PH` means the public holidays of `country`.
///
/// # Errors
/// What is wrong with the text.
pub(crate) fn parse(
    text: &str,
    country: Option<Country>,
    search: &mut Search,
) -> Result<Parsed, String> {
    if text.chars().count() > MAX_CHARACTERS {
        return Err(format!("is longer than {MAX_CHARACTERS} characters"));
    }
    if has_iso_date(text) {
        return Err(
            "write dates as `2026 Dec 24`, not `2026-12-24`; a calendar's `ClosedDates` and `SpecialDates` take `2026-12-24`".to_owned()
        );
    }
    // The parser is not ours: if it should fail on some text by a panic, that is this row's fault
    // alone.
    let expression: OpeningHoursExpression = catch_unwind(|| text.parse())
        .map_err(|_| EXAMPLE.to_owned())?
        .map_err(|error: opening_hours_syntax::Error| explain(text, &error))?;
    let mut warnings = Vec::new();
    let parts = expression
        .rules
        .iter()
        .map(|rule| part(rule, country, search.today, &mut warnings))
        .collect::<Result<Vec<_>, _>>()?;
    let pattern = Pattern { parts };
    warnings.extend(
        catch_unwind(AssertUnwindSafe(|| override_warning(&pattern, search)))
            .map_err(|_| EXAMPLE.to_owned())?,
    );
    warnings.dedup();
    Ok(Parsed { pattern, warnings })
}

fn part(
    rule: &RuleSequence,
    country: Option<Country>,
    today: NaiveDate,
    warnings: &mut Vec<String>,
) -> Result<Part, String> {
    if rule.kind == RuleKind::Unknown {
        return Err("`unknown` is neither open nor closed; use `off`, or leave it out".to_owned());
    }
    if !rule.comment.is_empty() {
        return Err("a quoted comment does not say whether it is open; remove it, and write it into `Notes`".to_owned());
    }
    check_holidays(&rule.day_selector, country, today, warnings)?;
    Ok(Part {
        days: days(&rule.day_selector, country)?,
        spans: {
            let spans: Vec<Span> =
                rule.time_selector.spans.iter().map(span).collect::<Result<_, _>>()?;
            if spans.iter().any(|span| span.end % DAY == DAY - 1) {
                warnings.push("an end is not included, so `23:59` is closed for the day's last minute; write `24:00`".to_owned());
            }
            spans
        },
        operator: rule.operator,
        kind: rule.kind,
    })
}

fn span(span: &TimeSpan) -> Result<Span, String> {
    let (Time::Fixed(start), Time::Fixed(end)) = (span.range.start, span.range.end) else {
        return Err(
            "sun times (`dawn`, `sunrise`, `sunset`, `dusk`) differ by place; write clock times"
                .to_owned(),
        );
    };
    if span.open_end {
        return Err(
            "an open end (`18:00+`) does not say until when; write `18:00-24:00`".to_owned()
        );
    }
    if span.repeats.is_some() {
        return Err("a repeat (`10:00-16:00/01:30`) is not a time of being open; write the hours"
            .to_owned());
    }
    let (start, end) = (start.mins_from_midnight(), end.mins_from_midnight());
    // An end at or before the start lies on the next day.
    Ok(start..if end > start { end } else { end.saturating_add(DAY) })
}

fn check_holidays(
    selector: &DaySelector,
    country: Option<Country>,
    today: NaiveDate,
    warnings: &mut Vec<String>,
) -> Result<(), String> {
    for range in &selector.weekday {
        let WeekDayRange::Holiday { kind, .. } = range else { continue };
        let Some(country) = country else {
            return Err(format!(
                "`{kind}` needs a country: set `HolidayCountry` to its ISO code, or list the days in a calendar's `ClosedDates`"
            ));
        };
        let holidays = country.holidays();
        if holidays.get_for_kind(*kind).first_after(NaiveDate::MIN).is_none() {
            let code = country.code();
            return Err(format!(
                "there is no `{kind}` holiday data for {code}; list the days in a calendar's `ClosedDates`"
            ));
        }
        warnings.extend(country.warnings(today));
    }
    Ok(())
}

fn days(selector: &DaySelector, country: Option<Country>) -> Result<Days, String> {
    if let Some(mask) = weekday_mask(selector) {
        return Ok(Days::Weekdays(mask));
    }
    let text = selector.to_string();
    let unsupported = || {
        format!(
            "the days `{text}` are not supported; write them another way, or use a calendar's `ClosedDates` and `SpecialDates`"
        )
    };
    let days: OpeningHours = text.parse().map_err(|_| unsupported())?;
    // The library prints some selectors in a form that it reads as something else: refuse rather
    // than guess.
    let expression = days.get_expression();
    match expression.rules.as_slice() {
        [only] if only.day_selector == *selector => {}
        _ => return Err(unsupported()),
    }
    let holidays = country.map(Country::holidays).unwrap_or_default();
    Ok(Days::Selector(days.with_context(Context::default().with_holidays(holidays))))
}

/// The days of the week as bits, when the selector says nothing else.
fn weekday_mask(selector: &DaySelector) -> Option<u8> {
    if !(selector.year.is_empty() && selector.monthday.is_empty() && selector.week.is_empty()) {
        return None;
    }
    if selector.weekday.is_empty() {
        return Some(0b0111_1111);
    }
    let mut mask = 0;
    for range in &selector.weekday {
        match range {
            WeekDayRange::Fixed { range, offset: 0, nth_from_start, nth_from_end }
                if nth_from_start.iter().chain(nth_from_end).all(|nth| *nth) =>
            {
                let mut day: Weekday = *range.start();
                loop {
                    mask |= 1 << day.num_days_from_monday();
                    if day == *range.end() {
                        break;
                    }
                    day = day.succ();
                }
            }
            _ => return None,
        }
    }
    Some(mask)
}

fn override_warning(pattern: &Pattern, search: &mut Search) -> Option<String> {
    if !pattern.may_override() {
        return None;
    }
    let days = match search.years {
        _ if pattern.is_weekly() => 7,
        0 => return None,
        _ => 366,
    };
    if days > 7 {
        search.years -= 1;
    }
    let (date, lost) = pattern.overridden(search.today.iter_days().take(days))?;
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    Some(format!(
        "on {} a later `;` part replaces {}-{} of an earlier one; use a comma to add hours",
        date.format("%a %Y-%m-%d"),
        time(lost.start),
        time(lost.end)
    ))
}

/// Whether the text contains something like `2026-12-24`.
fn has_iso_date(text: &str) -> bool {
    text.as_bytes().windows(10).any(|window| {
        window
            .iter()
            .enumerate()
            .all(|(i, byte)| if i == 4 || i == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
    })
}

/// The library's parse error in one line: where reading stopped, and what a good text looks like.
fn explain(text: &str, error: &opening_hours_syntax::Error) -> String {
    let opening_hours_syntax::Error::Syntax(syntax) = error else {
        return format!("{error}; {EXAMPLE}");
    };
    // pest prints ` --> line:column` first; its types are not re-exported.
    let column = syntax.to_string().lines().next().and_then(|line| {
        line.rsplit(':').next().and_then(|column| column.trim().parse::<usize>().ok())
    });
    match column {
        Some(column) if column > 1 => {
            let rest: String = text.chars().skip(column - 1).take(30).collect();
            format!("cannot be read from character {column} on (`{rest}`); {EXAMPLE}")
        }
        _ => EXAMPLE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn try_parse(text: &str, country: Option<&str>) -> Result<Vec<String>, String> {
        let country = country.map(|code| Country::parse(code).unwrap());
        let mut search = Search { today: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(), years: 1 };
        parse(text, country, &mut search).map(|parsed| parsed.warnings)
    }

    #[test]
    fn what_the_library_would_guess_is_an_error() {
        for (text, country, part) in [
            ("Mo-Fr 9-18", None, "cannot be read"),
            ("", None, "expected opening hours"),
            ("Monday 09:00-18:00", None, "expected opening hours"),
            ("Mo-Fr 09:00-18:00; PH off", None, "`PH` needs a country"),
            ("Mo-Fr 09:00-18:00; PH off", Some("UA"), "no `PH` holiday data for UA"),
            ("SH off", Some("KR"), "no `SH` holiday data for KR"),
            ("sunrise-sunset", None, "sun times"),
            ("Mo-Fr 09:00-18:00 \"call first\"", None, "quoted comment"),
            ("Mo-Fr 09:00-18:00 unknown", None, "`unknown`"),
            ("2026-12-24 09:00-12:00", None, "2026 Dec 24"),
            ("18:00+", None, "open end"),
            ("10:00-16:00/01:30", None, "repeat"),
        ] {
            let error = try_parse(text, country).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
        assert!(try_parse(&"Mo ".repeat(500), None).unwrap_err().contains("1000 characters"));
    }

    #[test]
    fn a_later_part_that_takes_hours_away_is_a_warning() {
        for (text, warned) in [
            ("Mo-Fr 09:00-18:00; Fr 18:00-22:00", true),
            ("Mo-Fr 09:00-18:00, Fr 18:00-22:00", false),
            ("Mo-Fr 09:00-18:00; Sa 10:00-14:00", false),
            ("Mo-Fr 09:00-18:00; Fr 09:00-22:00", false),
            ("Mo-Fr 09:00-18:00; We off", false),
            ("Mo-Fr 09:00-18:00; 2027 Feb 01 10:00-12:00", true),
        ] {
            let warnings = try_parse(text, None).unwrap();
            assert_eq!(
                warnings.iter().any(|warning| warning.contains("use a comma")),
                warned,
                "{text}: {warnings:?}"
            );
        }
    }

    #[test]
    fn estimated_holidays_are_a_warning() {
        assert!(
            try_parse("Mo-Fr 09:00-18:00; PH off", Some("AE"))
                .unwrap()
                .iter()
                .any(|w| w.contains("moon"))
        );
        assert!(try_parse("Mo-Fr 09:00-18:00; PH off", Some("KR")).unwrap().is_empty());
    }

    #[test]
    fn the_day_selectors_of_the_specification_are_supported() {
        for text in [
            "Mo[1] 09:00-18:00",
            "Mo[-1] 09:00-18:00",
            "Dec 24-26 off",
            "Dec 24-Jan 2 off",
            "2026 Dec 24 10:00-14:00",
            "2026 Dec 24-2027 Jan 2 off",
            "Jan-Mar Mo-Fr 09:00-18:00",
            "week 01-10 Mo 10:00-12:00",
            "easter -2 days off",
            "PH,Su off",
            "2026-2027 Mo 10:00-12:00",
            "Fr-Mo 10:00-12:00",
            "24/7",
        ] {
            assert!(
                try_parse(text, Some("DE")).is_ok(),
                "{text}: {:?}",
                try_parse(text, Some("DE")).unwrap_err()
            );
        }
    }
}
