//! What people write for a time zone when they do not know its IANA name, and what to write
//! instead: the one place that is surely meant, else none.

use jiff::Timestamp;

use super::names::{folded, half_width};
use super::zone_data::{self, ZoneData};
use super::zone_places::{place, zones_of};
use super::zone_tables::{ABBREVIATIONS, NOT_PLACES, OFFSETS};

/// The text in usual letters, in the form of an IANA name as far as that is certain.
pub(super) fn cleaned(text: &str) -> String {
    let usual: String = text.chars().map(half_width).collect();
    let words: Vec<&str> = usual.split_whitespace().collect();
    words.join("_").replace("_/", "/").replace("/_", "/")
}

const UNKNOWN: &str = "is not an IANA time zone: write the region and the nearest big city in the \
    same zone, as in `Asia/Seoul` or `Europe/London`";
/// Longest text, in bytes, in which a place is looked for.
const LONGEST: usize = 200;

/// What to write instead of a cleaned text that is no zone.
pub(super) fn what_to_write(text: &str) -> String {
    if text.len() > LONGEST {
        return UNKNOWN.to_owned();
    }
    if let Some(minutes) = offset(text) {
        let such = places_at(minutes).map(|places| format!(", such as {places}"));
        let such = such.unwrap_or_default();
        return format!("is an offset, which has no daylight saving: write a place{such}");
    }
    let (said, zones) = match (of_abbreviations(text), listed(text)) {
        (Some(zones), _) => ("is the time of several places: name the place,", zones),
        (None, Some(zones)) => ("is the time of several places: name the place,", zones),
        (None, None) => ("may be one of several places: write", place(text)),
    };
    match zones.as_slice() {
        [] => UNKNOWN.to_owned(),
        [zone] => format!("is not an IANA time zone: write `{zone}`"),
        zones => format!("{said} {}", any_of(zones)),
    }
}

/// Big places with this offset, in winter at least.
pub(super) fn places_at(minutes: i32) -> Option<String> {
    let known = OFFSETS.iter().find(|(known, _)| *known == minutes);
    known.map(|(_, zones)| any_of(zones))
}

/// Whether the clocks of the zone show this offset in winter or summer.
fn keeps(zone: &str, minutes: i32) -> bool {
    const MIDDLE_OF_JANUARY_AND_JULY: [i64; 2] = [1_768_478_400, 1_784_116_800];
    let rules = zone_data::find(zone).map(ZoneData::rules);
    MIDDLE_OF_JANUARY_AND_JULY.into_iter().any(|at| {
        let at = Timestamp::from_second(at).unwrap_or_default();
        rules.is_some_and(|rules| rules.to_offset(at).seconds() == minutes * 60)
    })
}

/// `EST/EDT`, `KST (UTC+9)`, `JST+9`: the zones of the abbreviations, if there are only such and
/// offsets. None of them where they are of different places.
fn of_abbreviations(text: &str) -> Option<Vec<&'static str>> {
    let mut found: Option<Vec<&str>> = None;
    let mut offsets = Vec::new();
    for word in text.split(['/', '(', ')', ',', ';', '|', '_']).filter(|word| !word.is_empty()) {
        if let Some(minutes) = offset(word) {
            offsets.push(minutes);
            continue;
        }
        let (name, behind) = word.split_at(word.find(['+', '-', '−']).unwrap_or(word.len()));
        let zones = of_abbreviation(name)?;
        if !behind.is_empty() {
            offsets.push(offset(behind)?);
        }
        match &mut found {
            Some(found) => found.retain(|zone| zones.contains(zone)),
            None => found = Some(zones.to_vec()),
        }
    }
    let mut found = found?;
    // POSIX counts to the west: `JST-9`.
    found.retain(|zone| offsets.iter().all(|at| keeps(zone, *at) || keeps(zone, -*at)));
    Some(found)
}

fn of_abbreviation(name: &str) -> Option<&'static [&'static str]> {
    let name = folded(name);
    let mut all = ABBREVIATIONS.iter().chain(&NOT_PLACES);
    all.find(|(known, _)| known.eq_ignore_ascii_case(&name)).map(|(_, zones)| *zones)
}

/// `(UTC+01:00) Amsterdam, Berlin, Rome`, as systems list zones: those of the cities that have
/// the offset.
fn listed(text: &str) -> Option<Vec<&'static str>> {
    let (offset_of_all, cities) = text.strip_prefix('(')?.split_once(')')?;
    let minutes = match offset_of_all {
        "UTC" | "GMT" => 0,
        other => offset(other)?,
    };
    let cities = cities.split([',', ';']).map(folded);
    let mut found: Vec<&str> = cities.flat_map(|city| zones_of(&city)).collect();
    found.retain(|zone| keeps(zone, minutes));
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then_some(found)
}

/// Whether people write these letters for the time of the zone.
pub(super) fn are_letters_of(text: &str, zone: &str) -> bool {
    let letters = text.to_lowercase();
    ABBREVIATIONS.iter().any(|(known, zones)| *known == letters && zones.contains(&zone))
}

/// Places that keep the time of a zone that is an abbreviation or an offset: `EST`, `Etc/GMT-9`.
pub(super) fn places_of(zone: &str) -> Option<String> {
    let of_etc = || {
        // There the sign says how far west it is.
        let west: i32 = zone.strip_prefix("Etc/GMT")?.parse().ok()?;
        OFFSETS.iter().find(|(minutes, _)| *minutes == -60 * west)
    };
    let all = NOT_PLACES.iter().chain(&ABBREVIATIONS);
    let known = all.clone().find(|(name, _)| name.eq_ignore_ascii_case(zone));
    known.map(|(_, zones)| any_of(zones)).or_else(|| of_etc().map(|(_, zones)| any_of(zones)))
}

fn any_of(zones: &[&str]) -> String {
    match zones {
        [first @ .., last] if !first.is_empty() => {
            let first: Vec<String> = first.iter().map(|zone| format!("`{zone}`")).collect();
            format!("{} or `{last}`", first.join(", "))
        }
        zones => zones.iter().map(|zone| format!("`{zone}`")).collect(),
    }
}

/// The minutes of `UTC+9`, `GMT+09:00`, `+0900`, `UTC9`.
pub(super) fn offset(text: &str) -> Option<i32> {
    let text = text.to_ascii_uppercase().replace(['−', '–'], "-").replace('±', "+");
    let text = text.replace('_', "");
    let named = ["UTC", "GMT", "Z"].iter().find_map(|name| text.strip_prefix(name));
    let text = named.unwrap_or(&text);
    let (sign, digits) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ if named.is_some() => (1, text),
        _ => return None,
    };
    let (hours, minutes) = match (digits.split_once([':', '.']), digits.len()) {
        (Some(parts), _) => parts,
        (None, 3 | 4) if digits.is_ascii() => digits.split_at(digits.len() - 2),
        _ => (digits, "0"),
    };
    let number = |digits: &str| digits.parse::<i32>().ok().filter(|number| *number < 60);
    Some(sign * (number(hours)? * 60 + number(minutes)?))
}
