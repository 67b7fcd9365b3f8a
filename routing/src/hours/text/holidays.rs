//! Holidays that a text names: whether there is data for them, and what is known of it.

use chrono::NaiveDate;

use super::super::pattern::{HolidayKind, Pattern};

/// Whether there is data for the holidays that the text names.
pub(super) fn are_known(pattern: &Pattern) -> Result<(), String> {
    for holiday in pattern.parts.iter().flat_map(|part| part.days.holidays()) {
        let name = match holiday.kind {
            HolidayKind::Public => "PH",
            HolidayKind::School => "SH",
        };
        let Some(country) = pattern.country else {
            return Err(format!(
                "`{name}` needs a country: set `HolidayCountry` to its ISO code, such as `KR`, or \
                list the days in a calendar's `ClosedDates`"
            ));
        };
        let known = match holiday.kind {
            HolidayKind::Public => country.has_holidays(),
            // The facts hold no school holidays.
            HolidayKind::School => false,
        };
        if !known {
            let code = country.code();
            let which = match holiday.kind {
                HolidayKind::Public => "public holidays",
                HolidayKind::School => "school holidays",
            };
            return Err(format!(
                "there are no {which} (`{name}`) of {code} here; list the days in a calendar's \
                `ClosedDates`, such as `2026-12-24..2027-01-02`"
            ));
        }
    }
    Ok(())
}

/// What is known of the holidays that the text relies on.
pub(super) fn warnings(pattern: &Pattern, today: NaiveDate) -> Vec<String> {
    let names_holidays = pattern.parts.iter().any(|part| part.days.holidays().next().is_some());
    let country = pattern.country.filter(|_| names_holidays);
    country.map(|country| country.warnings(today)).unwrap_or_default()
}
