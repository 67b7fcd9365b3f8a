//! What people write for a time zone when they do not know its IANA name, and what to write
//! instead: the one place that is surely meant, else none.

use super::names::{folded, half_width, zone_of_country, zone_of_place};
use super::zone_data::names;

/// Abbreviations, with the zones that use them. IANA has `EST`, `MST`, `HST`, `CET` and the like.
pub(super) const ABBREVIATIONS: [(&str, &[&str]); 60] = [
    ("acdt", &["Australia/Adelaide"]),
    ("acst", &["Australia/Adelaide", "Australia/Darwin"]),
    ("adt", &["America/Halifax"]),
    ("aedt", &["Australia/Sydney", "Australia/Melbourne"]),
    ("aest", &["Australia/Sydney", "Australia/Brisbane"]),
    ("akst", &["America/Anchorage"]),
    ("art", &["America/Argentina/Buenos_Aires"]),
    ("ast", &["America/Halifax", "Asia/Riyadh"]),
    ("awst", &["Australia/Perth"]),
    ("bjt", &["Asia/Shanghai"]),
    ("brt", &["America/Sao_Paulo"]),
    ("bst", &["Europe/London", "Asia/Dhaka"]),
    ("cat", &["Africa/Maputo", "Africa/Harare"]),
    ("cdt", &["America/Chicago", "America/Havana"]),
    ("cest", &["Europe/Berlin", "Europe/Paris", "Europe/Madrid"]),
    ("cst", &["America/Chicago", "Asia/Shanghai", "America/Havana"]),
    ("ct", &["America/Chicago"]),
    ("eat", &["Africa/Nairobi"]),
    ("edt", &["America/New_York"]),
    ("eest", &["Europe/Athens", "Europe/Helsinki", "Europe/Kyiv"]),
    ("et", &["America/New_York"]),
    ("gst", &["Asia/Dubai"]),
    ("hkt", &["Asia/Hong_Kong"]),
    ("ict", &["Asia/Bangkok", "Asia/Ho_Chi_Minh"]),
    ("idt", &["Asia/Jerusalem"]),
    ("irst", &["Asia/Tehran"]),
    ("ist", &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    ("jst", &["Asia/Tokyo"]),
    ("kst", &["Asia/Seoul"]),
    ("mdt", &["America/Denver"]),
    ("mesz", &["Europe/Berlin", "Europe/Vienna", "Europe/Zurich"]),
    ("mez", &["Europe/Berlin", "Europe/Vienna", "Europe/Zurich"]),
    ("monterey", &["America/Los_Angeles", "America/Monterrey"]),
    ("msk", &["Europe/Moscow"]),
    ("mt", &["America/Denver", "America/Phoenix"]),
    ("myt", &["Asia/Kuala_Lumpur"]),
    ("ndt", &["America/St_Johns"]),
    ("npt", &["Asia/Kathmandu"]),
    ("nst", &["America/St_Johns"]),
    ("nzdt", &["Pacific/Auckland"]),
    ("nzst", &["Pacific/Auckland"]),
    ("nzt", &["Pacific/Auckland"]),
    ("pdt", &["America/Los_Angeles"]),
    ("pht", &["Asia/Manila"]),
    ("pkt", &["Asia/Karachi"]),
    ("pst", &["America/Los_Angeles", "Asia/Manila"]),
    ("pt", &["America/Los_Angeles"]),
    ("sast", &["Africa/Johannesburg"]),
    ("sgt", &["Asia/Singapore"]),
    ("trt", &["Europe/Istanbul"]),
    ("wast", &["Africa/Windhoek"]),
    ("wat", &["Africa/Lagos"]),
    ("west", &["Europe/Lisbon"]),
    ("wib", &["Asia/Jakarta"]),
    ("wit", &["Asia/Jayapura"]),
    ("wita", &["Asia/Makassar"]),
    ("koreatime", &["Asia/Seoul"]),
    ("japantime", &["Asia/Tokyo"]),
    ("chinatime", &["Asia/Shanghai"]),
    ("z", &["UTC"]),
];

/// Zones of IANA that are abbreviations, with the places that keep such a time.
pub(super) const NOT_PLACES: [(&str, &[&str]); 6] = [
    ("CET", &["Europe/Berlin", "Europe/Paris", "Europe/Madrid"]),
    ("EET", &["Europe/Athens", "Europe/Helsinki", "Europe/Kyiv"]),
    ("EST", &["America/New_York"]),
    ("HST", &["Pacific/Honolulu"]),
    ("MST", &["America/Denver", "America/Phoenix"]),
    ("UTC", &["UTC", "Europe/London"]),
];

/// Offsets, with big zones that have them in winter at least.
pub(super) const OFFSETS: [(i32, &[&str]); 22] = [
    (-10 * 60, &["Pacific/Honolulu"]),
    (-8 * 60, &["America/Los_Angeles"]),
    (-7 * 60, &["America/Denver", "America/Phoenix"]),
    (-6 * 60, &["America/Chicago", "America/Mexico_City"]),
    (-5 * 60, &["America/New_York", "America/Bogota", "America/Lima"]),
    (-4 * 60, &["America/Halifax", "America/Caracas"]),
    (-3 * 60, &["America/Sao_Paulo", "America/Argentina/Buenos_Aires"]),
    (0, &["UTC", "Europe/London"]),
    (60, &["Europe/Berlin", "Europe/Paris", "Africa/Lagos"]),
    (2 * 60, &["Europe/Athens", "Africa/Cairo", "Africa/Johannesburg"]),
    (3 * 60, &["Asia/Riyadh", "Europe/Moscow", "Europe/Istanbul"]),
    (4 * 60, &["Asia/Dubai"]),
    (5 * 60, &["Asia/Karachi", "Asia/Tashkent"]),
    (5 * 60 + 30, &["Asia/Kolkata"]),
    (6 * 60, &["Asia/Dhaka"]),
    (6 * 60 + 30, &["Asia/Yangon"]),
    (7 * 60, &["Asia/Bangkok", "Asia/Ho_Chi_Minh", "Asia/Jakarta"]),
    (8 * 60, &["Asia/Shanghai", "Asia/Singapore", "Asia/Taipei"]),
    (9 * 60, &["Asia/Seoul", "Asia/Tokyo"]),
    (9 * 60 + 30, &["Australia/Adelaide", "Australia/Darwin"]),
    (10 * 60, &["Australia/Sydney", "Australia/Brisbane"]),
    (12 * 60, &["Pacific/Auckland"]),
];

/// The regions of IANA names; `US` and the like are old names of zones in them.
const REGIONS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

/// Cities of two continents: the other one may be meant.
const TWICE: [&str; 2] = ["tripoli", "georgetown"];

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
        let known = OFFSETS.iter().find(|(known, _)| *known == minutes).map(|(_, zones)| *zones);
        let such = known.map(|zones| format!(", such as {}", any_of(zones))).unwrap_or_default();
        return format!("is an offset, which has no daylight saving: write a place{such}");
    }
    let name = folded(text);
    if let Some((_, zones)) = ABBREVIATIONS.iter().find(|(known, _)| *known == name) {
        return match zones {
            [zone] => format!("is not an IANA time zone: write `{zone}`"),
            zones => format!("is the time of several places: name the place, {}", any_of(zones)),
        };
    }
    match place(text).or_else(|| near(text)) {
        Some(zone) => format!("is not an IANA time zone: write `{zone}`"),
        None => UNKNOWN.to_owned(),
    }
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
fn offset(text: &str) -> Option<i32> {
    let text = text.to_ascii_uppercase().replace(['_', '−', '–'], "").replace("±", "+");
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

/// The zone of the place that the text names, if all that it names is in one.
fn place(text: &str) -> Option<&'static str> {
    let region = text.split_once('/').map(|(region, _)| folded(region));
    let parts = text.split(['/', ',', '(', ')', ';', '|', '、', '+']);
    let whole = folded(text);
    // `Asia-Seoul`, `Asia Seoul`.
    let city = REGIONS.iter().find_map(|region| whole.strip_prefix(&region.to_lowercase()));
    let city = city.map(str::to_owned);
    let names = std::iter::once(whole.clone()).chain(city).chain(parts.map(folded));
    let names = names.filter(|name| !name.is_empty());
    let mut found = None;
    for name in names {
        let name = ["standardtime", "time", "city", "표준시", "시간", "时间", "時間"]
            .iter()
            .find_map(|end| name.strip_suffix(end).filter(|name| name.len() > 2))
            .filter(|_| zone_of(&name).is_none())
            .unwrap_or(&name);
        let Some(zone) = zone_of(name) else { continue };
        if *found.get_or_insert(zone) != zone {
            return None;
        }
    }
    let found = found?;
    let city = folded(found.rsplit('/').next().unwrap_or_default());
    let american = |region: &str| region.eq_ignore_ascii_case("america");
    let its_region = found.split('/').next().unwrap_or_default();
    let elsewhere = region.is_some_and(|region| {
        let known = REGIONS.iter().any(|known| known.eq_ignore_ascii_case(&region));
        let other = !its_region.eq_ignore_ascii_case(&region);
        // Cities of America are named after those of Europe.
        known
            && other
            && region != "us"
            && (american(&region) != american(its_region) || TWICE.contains(&city.as_str()))
    });
    (!elsewhere).then_some(found)
}

/// The zone of a (folded) name: of a city that IANA has, of another place, of a country.
pub(super) fn zone_of(name: &str) -> Option<&'static str> {
    let first = name.bytes().next().map(|first| first.to_ascii_lowercase());
    let city = |zone: &&str| {
        zone.rsplit_once('/').is_some_and(|(_, city)| {
            city.bytes().next().map(|first| first.to_ascii_lowercase()) == first
                && folded(city) == name
        })
    };
    let zones = names().filter(|zone| !zone.starts_with("Etc/"));
    // Of two names of one zone the longer is the newer. `Eastern` is more often that of the USA.
    let city = zones.filter(city).max_by_key(|zone| (zone.starts_with("US/"), zone.len()));
    city.or_else(|| zone_of_place(name)).or_else(|| zone_of_country(name))
}

/// The zone that the text is a typing mistake of: one letter, of long names two; never another
/// first letter.
fn near(text: &str) -> Option<&'static str> {
    let text: String = text.to_lowercase().chars().take(60).collect();
    let city = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let typed_city = city(&text);
    let distance = |zone: &'static str| {
        let lower = zone.to_lowercase();
        let known_city = city(&lower);
        let (typed, known) =
            if text.contains('/') { (&text, &lower) } else { (&typed_city, &known_city) };
        let allowed = match known_city.len() {
            0..=4 => return None,
            5..=7 => 1,
            _ => 2,
        };
        let alike = typed_city.chars().next() == known_city.chars().next()
            && typed.len().abs_diff(known.len()) <= allowed + 3;
        let distance = alike.then(|| strsim::damerau_levenshtein(typed, known))?;
        (distance <= allowed).then_some((distance, zone))
    };
    let in_region =
        |zone: &&str| zone.split_once('/').is_some_and(|(region, _)| REGIONS.contains(&region));
    names().filter(in_region).filter_map(distance).min().map(|(_, zone)| zone)
}
