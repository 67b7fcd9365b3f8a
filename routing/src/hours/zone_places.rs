//! The zones of places that people write without their IANA name, or not quite as IANA does.

use super::holidays;
use super::names::{countries, folded, zone_of_country, zone_of_place};
use super::zone_data::names;
use super::zone_tables::{OTHER_PARTS, SHARED};

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

/// The zone of the place that the text names, if all that it names is in one; several where the
/// name is that of several places.
pub(super) fn place(text: &str) -> Vec<&'static str> {
    let whole = folded(text);
    if let Some(zone) = in_other_form(text, &whole) {
        return vec![zone];
    }
    let region = text.split_once('/').map(|(region, _)| folded(region));
    let parts = text.split(['/', ',', '(', ')', ';', '|', '、', '+']).map(folded);
    let parts: Vec<String> = parts.collect();
    if parts.iter().any(|name| OTHER_PARTS.contains(&name.as_str())) {
        return Vec::new();
    }
    // `Asia-Seoul`, `Asia Seoul`.
    let city = REGIONS.iter().find_map(|region| whole.strip_prefix(&region.to_lowercase()));
    let city = city.map(zones_of);
    // In parts two letters are often no country: `Atlanta, GA`, `ET/PT`.
    let names = parts.iter().filter(|name| name.len() != 2 || zone_of_place(name).is_some());
    let told =
        std::iter::once(zones_of(&whole)).chain(city).chain(names.map(|name| zones_of(name)));
    let mut found: Option<Vec<&str>> = None;
    for zones in told.filter(|zones| !zones.is_empty()) {
        match &mut found {
            Some(found) => found.retain(|zone| zones.contains(zone)),
            None => found = Some(zones),
        }
    }
    let Some(mut found) = found else { return near(text) };
    // `Paris, TX`, `London, Ontario`.
    if parts.iter().any(|part| is_of_north_america(part)) {
        found.retain(|zone| ["America/", "US/", "Pacific/"].iter().any(|of| zone.starts_with(of)));
    }
    let of_america = |region: &str| matches!(region, "america" | "us" | "canada");
    let known = |region: &String| REGIONS.iter().any(|known| known.eq_ignore_ascii_case(region));
    if let Some(region) = region.filter(known) {
        let several = found.len() > 1;
        found.retain(|zone| {
            let its_region = folded(zone.split('/').next().unwrap_or_default());
            // Cities of America are named after those of Europe.
            let alike = !several && of_america(&region) == of_america(&its_region);
            its_region == region || alike
        });
    }
    found
}

/// Whether the (folded) name is that of a part of the USA or Canada, and of no other place.
fn is_of_north_america(name: &str) -> bool {
    let is_there = |code: &&str| code.starts_with("US-") || code.starts_with("CA-");
    let named = countries(name);
    let is_code =
        || ["US-", "CA-"].iter().any(|of| holidays::find(&format!("{of}{name}")).is_some());
    (!named.is_empty() && named.iter().all(is_there))
        || (holidays::find(name).is_none() && is_code())
}

/// `US Eastern`, `Asia.Seoul`, `Argentina/Cordoba`, `Korea, North`.
fn in_other_form(text: &str, whole: &str) -> Option<&'static str> {
    let is_it = |zone: &&str| {
        let letters = zone.bytes().filter(u8::is_ascii_alphanumeric);
        zone.contains('/') && letters.map(|b| b.to_ascii_lowercase()).eq(whole.bytes())
    };
    let ends_so = |zone: &&str| {
        let end = zone.split_once('/').map(|(_, end)| end);
        text.contains('/') && end.is_some_and(|end| end.eq_ignore_ascii_case(text))
    };
    let turned = || {
        let (name, before) = text.split_once([',', '('])?;
        zone_of(&folded(&format!("{before}{name}")))
    };
    names().find(is_it).or_else(|| names().find(ends_so)).or_else(turned)
}

/// The zones of a (folded) name, also of one with words for time behind it.
pub(super) fn zones_of(name: &str) -> Vec<&'static str> {
    const ENDS: [&str; 13] = [
        "standardtime",
        "daylighttime",
        "summertime",
        "time",
        "city",
        "표준시",
        "시간",
        "标准时间",
        "標準時間",
        "标准时",
        "標準時",
        "时间",
        "時間",
    ];
    let of = |name: &str| match SHARED.iter().find(|(known, _)| *known == name) {
        Some((_, zones)) => zones.to_vec(),
        None => zone_of(name).into_iter().collect(),
    };
    let whole = of(name);
    let end = ENDS.iter().find_map(|end| name.strip_suffix(end));
    match end.or_else(|| name.strip_prefix("cityof")).filter(|name| name.len() > 2) {
        Some(name) if whole.is_empty() => of(name),
        _ => whole,
    }
}

/// The zone of a (folded) name: of a city that IANA has, of another place, of a country; none of
/// a name that several share.
pub(super) fn zone_of(name: &str) -> Option<&'static str> {
    if OTHER_PARTS.contains(&name) || SHARED.iter().any(|(known, _)| *known == name) {
        return None;
    }
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

/// The zones that the text is a typing mistake of: one letter, of long names two; never another
/// first letter.
fn near(text: &str) -> Vec<&'static str> {
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
    let near: Vec<_> = names().filter(in_region).filter_map(distance).collect();
    let least = near.iter().map(|(distance, _)| *distance).min();
    let near = near.into_iter().filter(|(distance, _)| Some(*distance) == least);
    let near: Vec<&str> = near.map(|(_, zone)| zone).collect();
    let shared = |zone: &&str| {
        let city = folded(&city(zone));
        SHARED.iter().find(|(known, _)| *known == city).map(|(_, zones)| zones.to_vec())
    };
    match near.iter().find_map(shared).filter(|_| !text.contains('/')) {
        Some(zones) => zones,
        None if near.len() > 3 => Vec::new(),
        None => near,
    }
}
