//! Time zones and holiday countries as people type them.

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use opening_hours::ContextHolidays;

use super::holidays;
use crate::text::closest;

/// Countries whose holiday data in `opening-hours` lacks the lunar or moved holidays of many years.
const INCOMPLETE: [&str; 3] = ["CN", "ID", "VN"];

/// A country of public holidays: a two-letter ISO 3166-1 code, for which there may or may not be
/// data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads a two-letter code, in either case.
    ///
    /// # Errors
    /// What is expected instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.trim().as_bytes() {
            &[a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err("expected a country's two-letter ISO code, such as `KR`".to_owned()),
        }
    }

    /// The code, in capitals.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether there are public holidays of this country.
    pub fn has_holidays(self) -> bool {
        self.holidays().get_public().first_after(chrono::NaiveDate::MIN).is_some()
    }

    /// Whether the holidays are known to be incomplete.
    pub fn is_incomplete(self) -> bool {
        INCOMPLETE.contains(&self.code())
    }

    /// The holidays; without data, none.
    pub(crate) fn holidays(self) -> ContextHolidays {
        holidays::of(self.0)
    }
}

/// Reads an IANA zone name.
///
/// # Errors
/// What is expected instead, with a suggestion.
pub fn parse_zone(text: &str) -> Result<Tz, String> {
    let text = text.trim();
    text.parse().map_err(|_| {
        let near = closest(text, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("expected an IANA time zone such as `Asia/Seoul`{hint}")
    })
}

/// Whether a zone is an offset instead of a place. `UTC` is meant as it is.
pub fn is_fixed_offset(zone: Tz) -> bool {
    let name = zone.name();
    let of_etc = name
        .strip_prefix("Etc/GMT")
        .is_some_and(|offset| offset.contains(['+', '-']) && !matches!(offset, "+0" | "-0"));
    of_etc || matches!(name, "EST" | "MST" | "HST")
}

/// The instant of a local time. One that does not exist (daylight-saving gap) means the first
/// instant after it; one that exists twice means the earlier.
pub fn local_to_utc(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    /// Longer than any gap: Samoa once left out a whole day.
    const LONGEST_GAP_MINUTES: i64 = 26 * 60;
    for minutes in 0..=LONGEST_GAP_MINUTES {
        let Some(shifted) = local.checked_add_signed(TimeDelta::minutes(minutes)) else { break };
        match zone.from_local_datetime(&shifted) {
            LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => {
                return instant.to_utc();
            }
            LocalResult::None => {}
        }
    }
    local.and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(zone: &str, local: &str) -> String {
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
        local_to_utc(zone.parse().unwrap(), local).format("%Y-%m-%d %H:%M").to_string()
    }

    #[test]
    fn gap_and_overlap() {
        assert_eq!(utc("Europe/Berlin", "2026-03-29 01:30"), "2026-03-29 00:30");
        assert_eq!(
            utc("Europe/Berlin", "2026-03-29 02:30"),
            "2026-03-29 01:00",
            "gap: the first instant after it"
        );
        assert_eq!(
            utc("Europe/Berlin", "2026-10-25 02:30"),
            "2026-10-25 00:30",
            "overlap: the earlier"
        );
        assert_eq!(
            utc("Pacific/Apia", "2011-12-30 12:00"),
            "2011-12-30 10:00",
            "a whole day left out"
        );
    }

    #[test]
    fn zones_and_countries() {
        assert!(parse_zone("Asia/Seol").unwrap_err().contains("did you mean `Asia/Seoul`"));
        assert_eq!(Country::parse(" kr ").unwrap().code(), "KR");
        assert!(Country::parse("KOR").is_err());
        assert!(Country::parse("KR").unwrap().has_holidays());
        assert!(!Country::parse("TW").unwrap().has_holidays());
    }
}
