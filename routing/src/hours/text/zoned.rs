//! Time zones and offsets in hours: what `TimeZone` is to be set to.

use super::super::Zone;

/// What to say of a time zone at this place of the text.
pub(super) fn has_zone(cleaned: &[char], at: usize, word: &str) -> String {
    let rest = cleaned.get(at..).unwrap_or_default();
    let name: String =
        rest.iter().take_while(|c| c.is_alphanumeric() || "/_".contains(**c)).collect();
    let behind = rest.get(word.chars().count()..).unwrap_or_default();
    let places = match (Zone::parse(&name), offset(behind)) {
        (Ok(zone), _) if name.contains('/') => Some(format!("`{}`", zone.name())),
        (_, Some(offset)) if matches!(word, "utc" | "gmt") => Zone::places_at(&offset),
        _ => Zone::places_of(word),
    };
    let place = a_name(places);
    format!("`{word}` is a time zone: leave it out here, and set `TimeZone` to {place}")
}

/// What to say of an offset behind hours.
pub(super) fn has_offset(hour: u32, minute: u32) -> String {
    let place = a_name(Zone::places_at(&format!("+{hour:02}:{minute:02}")));
    format!(
        "hours have no offset such as `+09:00`; leave it out here, and set `TimeZone` to {place}"
    )
}

fn a_name(places: Option<String>) -> String {
    match places {
        Some(places) => format!("a name such as {places}"),
        None => "the name of a place that has it".to_owned(),
    }
}

/// `+8`, `-05:00` at the beginning, where no range of times stands there.
fn offset(text: &[char]) -> Option<String> {
    let text: Vec<char> = text.iter().copied().filter(|c| *c != ' ').collect();
    let (sign, rest) = text.split_first()?;
    let digits = rest.iter().take_while(|c| c.is_ascii_digit() || **c == ':').count();
    let is_one = matches!(sign, '+' | '-') && rest.get(digits) != Some(&'-');
    is_one.then(|| text.iter().take(1 + digits).collect())
}
