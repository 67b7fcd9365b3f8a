//! What people write for a country when they do not know its ISO code, and what to write instead.

use super::country_locales::{is_territory, of_two_codes};
use super::holidays;
use super::names::{countries, countries_nearly, countries_of_zone, folded, half_width};
use super::zone_data;
use super::zone_places::zone_of;

/// Most codes that a message lists.
const LISTED: usize = 20;
/// Most codes that may be meant.
const FEW: usize = 4;

/// The text in usual letters, with `-` for any dash.
pub(super) fn cleaned(text: &str) -> String {
    let usual = |letter| match half_width(letter) {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        letter => letter,
    };
    let usual: String = text.chars().map(usual).collect();
    let words: Vec<&str> = usual.split_whitespace().collect();
    words.join(" ").replace(" -", "-").replace("- ", "-")
}

/// Longest text, in bytes, in which a country is looked for.
const LONGEST: usize = 200;
const UNKNOWN: &str = "is not a country: write its two-letter ISO code, such as `KR`, or that of a \
    part with holidays of its own, such as `DE-BY`";

/// Words behind a country's name that make no other country of it.
const GENERAL: [&str; 22] = [
    "arab",
    "bolivarian",
    "country",
    "fed",
    "federal",
    "federated",
    "former",
    "islamic",
    "kingdom",
    "mainland",
    "of",
    "plurinational",
    "province",
    "rb",
    "rep",
    "republic",
    "state",
    "states",
    "sts",
    "the",
    "united",
    "yugoslav",
];

/// Names of languages that are codes of parts of Belgium.
const LANGUAGES: [&str; 3] = ["flemish", "french", "german"];

/// What to write instead of a cleaned text that is no code.
pub(super) fn what_to_write(text: &str) -> String {
    if text.len() > LONGEST {
        return UNKNOWN.to_owned();
    }
    let name = folded(text);
    let known = [countries(&name), of_two_codes(text), turned(text)];
    if let Some(codes) = known.into_iter().find(|codes| !codes.is_empty()).map(once) {
        return write_one_of(&codes).unwrap_or_else(|| UNKNOWN.to_owned());
    }
    if let Some(several) = several(text) {
        return several;
    }
    let found =
        [parts(text), with_more(text), without_dash(&name), by_subdivision(&name), of_zone(text)];
    if let Some(codes) = found.into_iter().find(|codes| !codes.is_empty()).map(once) {
        return write_one_of(&codes).unwrap_or_else(|| UNKNOWN.to_owned());
    }
    if let Some(message) = unknown_subdivision(text) {
        return message;
    }
    let near = [of_place(&name), countries_nearly(&name)];
    let near = near.into_iter().find(|codes| !codes.is_empty());
    near.as_deref().and_then(write_one_of).unwrap_or_else(|| UNKNOWN.to_owned())
}

/// A territory that has a code of its own (`AS`) is meant once, not as a part (`US-AS`) too.
fn once(codes: Vec<&'static str>) -> Vec<&'static str> {
    let is_double = |code: &&str| {
        code.split_once('-').is_some_and(|(of, own)| is_territory(of, own) && codes.contains(&own))
    };
    codes.iter().filter(|code| !is_double(code)).copied().collect()
}

/// What to write, where few are meant.
fn write_one_of(codes: &[&str]) -> Option<String> {
    match codes {
        [code] => Some(format!("is not a country's ISO code: write `{code}`")),
        [_, ..] if codes.len() <= FEW => {
            Some(format!("may be one of several: write {}", or(codes)))
        }
        _ => None,
    }
}

fn or(codes: &[&str]) -> String {
    let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    codes.join(" or ")
}

/// `Korea (North)`, `Korea, Republic of`: what stands behind the name belongs before it.
fn turned(text: &str) -> Vec<&'static str> {
    let halves = text.split_once([',', '(']).or_else(|| text.split_once(['-', '_', ' ']));
    let turned = halves.map(|(name, before)| folded(&format!("{before} {name}")));
    turned.map(|name| countries(&name)).unwrap_or_default()
}

/// `DE, AT`, `Germany and Austria`: a row has one country. Codes of two letters may be those of
/// a part of a country too (`DE, BE`).
fn several(text: &str) -> Option<String> {
    let text = text.replace(" and ", ",").replace(" und ", ",");
    let entries: Vec<&str> = text.split([',', ';', '/', '+', '&', '|', '、']).collect();
    let each = entries.iter().map(|entry| codes(entry).find(|code| !code.contains('-')));
    let mut all: Vec<&str> = each.collect::<Option<_>>()?;
    all.sort_unstable();
    all.dedup();
    let whole = all.clone();
    all.retain(|code| !whole.iter().any(|other| is_territory(code, other)));
    if let ([one], [_, _, ..]) = (all.as_slice(), whole.as_slice()) {
        return write_one_of(&[one]);
    }
    let parts = parts(&text);
    let short = entries.iter().all(|entry| entry.trim().len() == 2);
    if all.len() < 2 || all.len() + parts.len() > FEW || !(parts.is_empty() || short) {
        return None;
    }
    if parts.is_empty() {
        return Some(format!("names several countries, and a row has one: write {}", or(&all)));
    }
    write_one_of(&[parts, all].concat())
}

/// `KR (Korea)`, `China mainland`, `Seoul, Korea`: a country, and what makes no other of it.
fn with_more(text: &str) -> Vec<&'static str> {
    let separators: [&[char]; 3] = [&[',', '(', ':', ';', '/'], &['-', '_'], &[' ']];
    for (one, other) in separators.iter().filter_map(|separators| text.split_once(*separators)) {
        for (name, more) in [(one, other), (other, one)] {
            let name = name.trim_matches([' ', ')']);
            let whole = codes(name).filter(|code| !code.contains('-'));
            let mut found: Vec<&str> = whole.filter(|code| adds_nothing(more, code)).collect();
            found.dedup();
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

/// Whether the words say no other country than this: general words, a name of it, a place in it.
fn adds_nothing(more: &str, country: &str) -> bool {
    let more = more.trim_matches([' ', ')']);
    let name = folded(more);
    let mut words = more.split([' ', ',', '.']).map(folded).filter(|word| !word.is_empty());
    codes(more).any(|code| code == country)
        || of_place(&name).contains(&country)
        || (!name.is_empty() && words.all(|word| GENERAL.contains(&word.as_str())))
}

/// `Asia/Seoul`: the country of a time zone, where all of it has the same holidays.
fn of_zone(text: &str) -> Vec<&'static str> {
    let zone = zone_data::find(text).map(|zone| zone.name);
    with_one_set(zone.map(countries_of_zone).unwrap_or_default())
}

/// The country part of a code.
fn country_of(code: &str) -> &str {
    code.split_once('-').map_or(code, |(country, _)| country)
}

/// `UK-ENG`, `DE-Bayern`, `Bavaria, Germany`: one part names the country, another its part.
fn parts(text: &str) -> Vec<&'static str> {
    let parts: Vec<&str> = text.split(['-', '/', ',', '(', ')', ':', '_', ' ']).collect();
    let halves = [&['-', '/', ',', '(', ':', '_', ' '][..], &[',', '(', ':']];
    let halves: Vec<_> = halves.iter().filter_map(|at| text.split_once(*at)).collect();
    let halves = || halves.iter().flat_map(|(a, b)| [*a, *b]);
    let mut found = Vec::new();
    for country in parts.iter().copied().chain(halves()) {
        for code in codes(country).filter(|code| !code.contains('-')) {
            for part in parts.iter().copied().chain(halves()) {
                // `SE-SE` names no part.
                if part.trim().eq_ignore_ascii_case(country.trim()) {
                    continue;
                }
                let of_country = |name: &&'static str| country_of(name) == code && *name != code;
                let own = holidays::find(&format!("{code}-{}", part.trim())).map(holidays::code);
                found.extend(own.into_iter().chain(countries(&folded(part))).filter(of_country));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What a text means by itself: a code, or a name.
fn codes(text: &str) -> impl Iterator<Item = &'static str> {
    let code = holidays::find(text.trim()).map(holidays::code);
    code.into_iter().chain(countries(&folded(text)))
}

/// `DEBY`.
fn without_dash(name: &str) -> Vec<&'static str> {
    let Some((country, part)) = name.split_at_checked(2).filter(|(_, part)| !part.is_empty())
    else {
        return Vec::new();
    };
    holidays::find(&format!("{country}-{part}")).map(holidays::code).into_iter().collect()
}

/// `NSW`: the part alone, when its code is well known or long enough to be one country's only.
fn by_subdivision(name: &str) -> Vec<&'static str> {
    if LANGUAGES.contains(&name) {
        return Vec::new();
    }
    let is = |code: &&str| {
        code.split_once('-').is_some_and(|(country, part)| {
            let least = if matches!(country, "AU" | "GB") { 3 } else { 4 };
            part.len() >= least && part.eq_ignore_ascii_case(name)
        })
    };
    let found: Vec<&str> = holidays::codes().filter(is).collect();
    if found.len() == 1 { found } else { Vec::new() }
}

/// `Seoul`: the country of a place, where all of the country has the same holidays.
fn of_place(name: &str) -> Vec<&'static str> {
    with_one_set(zone_of(name).map(countries_of_zone).unwrap_or_default())
}

/// The countries all of which have the same holidays.
fn with_one_set(mut countries: Vec<&'static str>) -> Vec<&'static str> {
    countries.retain(|code| subdivisions(code).next().is_none());
    countries
}

/// The codes of a country's parts.
fn subdivisions(country: &str) -> impl Iterator<Item = &'static str> {
    holidays::codes().filter(move |code| country_of(code) == country && *code != country)
}

/// `KR-11`: the country is known, the part is not.
fn unknown_subdivision(text: &str) -> Option<String> {
    let (country, part) = text.split_once(['-', '_', ' ', '/'])?;
    // Behind a space any word may stand; `KR DPR` is no part.
    let spaced = text.get(country.len()..).is_some_and(|rest| rest.starts_with(' '));
    let is_code = matches!(country.len(), 2 | 3) && (!spaced || part.len() < 3);
    let found: Vec<&str> = codes(country).filter(|code| !code.contains('-') && is_code).collect();
    let country = found.first()?;
    let all: Vec<&str> = subdivisions(country).collect();
    if all.is_empty() {
        return Some(format!(
            "names a part of {country}, all of which has the same holidays here: write `{country}`"
        ));
    }
    let first = part.chars().next().map(|first| first.to_ascii_uppercase());
    let near = |code: &&&str| {
        let own = code.split_once('-').and_then(|(_, own)| own.chars().next());
        own.map(|own| own.to_ascii_uppercase()) == first
    };
    let near: Vec<&str> = match all.len() {
        0..=LISTED => all.clone(),
        _ => all.iter().filter(near).copied().take(LISTED).collect(),
    };
    let listed: Vec<String> = near.iter().map(|code| format!("`{code}`")).collect();
    let listed = match listed.is_empty() {
        true => String::new(),
        false => format!(", or of its parts {}", listed.join(", ")),
    };
    Some(format!(
        "names a part of {country} that has no holidays of its own here: write `{country}`{listed}"
    ))
}
