//! Languages by their codes (ISO 639, with script and region as in BCP 47).

mod codes;
mod doubt;
mod words;

use std::borrow::Cow;

use codes::{REGIONS, SCRIPTS, SHORTER, THREE, TWO};

use crate::text::{name_key, plain};
pub use doubt::doubt;

/// What a language code must look like.
const EXPECTED: &str = "expected a language code, such as `ko`, `ja`, `zh` or `zh-TW`";

/// How a language code is compared: without case, `_` as `-`, the shortest code of the language
/// (`kor` is `ko`).
///
/// ```
/// use routing::language::parse;
/// assert_eq!(parse("zh_TW").as_deref(), Ok("zh-tw"));
/// assert_eq!(parse("kor").as_deref(), Ok("ko"));
/// assert!(parse("jp").unwrap_err().ends_with("write `ja`"));
/// ```
///
/// # Errors
/// What to write instead of a text that is no language code.
pub fn parse(text: &str) -> Result<String, String> {
    if let Some(code) = words::code_of(text) {
        return Err(format!("is not a language code; write `{code}`"));
    }
    let key = name_key(text).replace('_', "-").replace(['‐', '‑', '–', '−'], "-");
    // `ko_KR.UTF-8` and `en;q=0.8` are codes with something behind them.
    if let Some((code, _)) = key.split_once(['.', '@', ';'])
        && let Ok(code) = tag(code)
    {
        return Err(format!("is more than a language code; write `{}`", usual(&code)));
    }
    if let Some(meant) = with_country_in_front(&key) {
        return Err(format!("is not a language code; write `{meant}`"));
    }
    tag(&key).map_err(|meant| match meant.or_else(|| apart(text)) {
        Some(meant) => format!("is not a language code; write `{meant}`"),
        None => format!("is not a language code (ISO 639); {EXPECTED}"),
    })
}

/// Whether `language` (`zh`) is `spoken` (`zh-tw`) or covers it, both as [`parse`] gives them.
/// Chinese of a place is in the script of that place: `zh-hant` covers `zh-tw`.
pub fn covers(language: &str, spoken: &str) -> bool {
    let covers = |language: &str, spoken: &str| {
        spoken.strip_prefix(language).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    covers(language, spoken)
        || (language.starts_with("zh-")
            && spoken.starts_with("zh-")
            && covers(&with_script(language), &with_script(spoken)))
}

/// Chinese with the script of its place: `zh-tw` as `zh-hant-tw`.
fn with_script(code: &str) -> Cow<'_, str> {
    let rest = code.strip_prefix("zh-").unwrap_or_default();
    let script = match rest.split('-').next().unwrap_or_default() {
        "cn" | "sg" | "my" => "hans",
        "tw" | "hk" | "mo" => "hant",
        _ => return Cow::Borrowed(code),
    };
    Cow::Owned(format!("zh-{script}-{rest}"))
}

/// The code that was meant by one with a country's code for the language: `jp-JP`, `kr-KR`.
fn with_country_in_front(key: &str) -> Option<String> {
    let (first, rest) = key.split_once('-')?;
    let language = match first {
        "tw" if rest == "tw" => "zh",
        _ => words::code_of(first).filter(|code| !code.contains('-'))?,
    };
    // `kr-NG` is Kanuri of Nigeria.
    let is_country = first.len() <= 3 && (!has(TWO, first) || rest == first);
    let code = tag(&format!("{language}-{rest}")).ok().filter(|_| is_country)?;
    Some(usual(&code))
}

/// The codes of several languages in one text with signs between: `ko/en`, `Korean, English`.
pub fn several(text: &str) -> Option<String> {
    let is_between =
        |c: char| matches!(c, '/' | '+' | '|' | ',' | ';' | '·' | '・' | '、' | '，' | '；');
    let parts: Vec<&str> = text.split(is_between).map(str::trim).collect();
    let code = |part: &&str| {
        let named = words::code_of(part).map(str::to_owned);
        let code = named.or_else(|| parse(part).ok().map(|code| usual(&code)))?;
        Some(format!("`{code}`"))
    };
    let codes: Vec<String> = parts.iter().map(code).collect::<Option<_>>()?;
    (codes.len() > 1).then(|| codes.join(", "))
}

/// A language and its region without the `-` between: `koKR`, `zh TW`.
fn apart(text: &str) -> Option<String> {
    let text = plain(text.trim());
    let (language, region) = text.split_at_checked(2)?;
    let bare = region.trim_start();
    // `Kore` is no language of Réunion.
    let is_region = bare.len() == 2 && bare.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_apart = bare.len() < region.len() || language.bytes().all(|b| b.is_ascii_lowercase());
    let language = language.to_ascii_lowercase();
    (is_region && is_apart && has(TWO, &language) && has(REGIONS, bare))
        .then(|| format!("{language}-{bare}"))
}

/// A code in lower case as compared; else what was meant, where that is certain.
fn tag(key: &str) -> Result<String, Option<String>> {
    let mut parts = key.split('-');
    let language = parts.next().unwrap_or_default();
    let language = match language.len() {
        2 if has(TWO, language) => language,
        3 if has_of_three(language) => language,
        3 => found(SHORTER, language).and_then(|entry| entry.get(4..6)).ok_or(None)?,
        _ => return Err(None),
    };
    let mut compared = language.to_owned();
    let mut meant: Option<String> = None;
    for part in parts {
        if let Some(region) = region_meant(language, part) {
            meant = Some(region);
            continue;
        }
        let known = match part.len() {
            // A language that is a part of another, such as `zh-yue`.
            3 if has_of_three(part) || has_digits(part) => true,
            4 if part.starts_with(|c: char| c.is_ascii_digit()) => true,
            4 => has(SCRIPTS, &capital(part)),
            2 => has(REGIONS, &part.to_ascii_uppercase()),
            5..=8 => part.bytes().all(|b| b.is_ascii_alphanumeric()),
            _ => false,
        };
        if !known {
            return Err(None);
        }
        compared.push('-');
        compared.push_str(part);
    }
    match meant {
        Some(meant) => Err(Some(meant)),
        None => Ok(compared),
    }
}

/// The code that a wrong second part stands for.
fn region_meant(language: &str, part: &str) -> Option<String> {
    let region = match (language, part) {
        ("uk", "uk") => "UA",
        (_, "uk") => "GB",
        ("zh", "cht" | "trad" | "traditional") => "Hant",
        ("zh", "chs" | "simp" | "simplified") => "Hans",
        ("ko", "ko" | "kor") => "KR",
        ("ja", "ja" | "jpn") => "JP",
        ("zh", "chn") => "CN",
        ("zh", "twn") => "TW",
        ("vi", "vi") => "VN",
        ("en", "usa") => "US",
        ("en", "eng") => return Some(language.to_owned()),
        // `en-EN`, `zh-ZH`: no region, and nobody knows which was meant.
        _ if part == language && !has(REGIONS, &part.to_ascii_uppercase()) => {
            return Some(language.to_owned());
        }
        _ => return None,
    };
    Some(format!("{language}-{region}"))
}

/// A compared code as it is usually written: `zh-Hant-TW`.
fn usual(code: &str) -> String {
    let parts = code.split('-').enumerate().map(|(place, part)| match (place, part.len()) {
        (0, _) => part.to_owned(),
        (_, 2) => part.to_ascii_uppercase(),
        (_, 4) => capital(part),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("-")
}

fn capital(part: &str) -> String {
    let mut chars = part.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

fn has_digits(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_digit())
}

fn has(list: &str, code: &str) -> bool {
    found(list, code).is_some()
}

/// Whether a language has this code, and none of two letters.
fn has_of_three(code: &str) -> bool {
    let Some((first, third)) = code.split_at_checked(2) else { return false };
    let thirds = |entry: &'static str| entry.strip_prefix(first)?.strip_prefix(':');
    third.len() == 1 && THREE.split(' ').filter_map(thirds).any(|thirds| thirds.contains(third))
}

/// The entry of a sorted list that begins with `code`. The list's entries are of one length.
fn found<'a>(list: &'a str, code: &str) -> Option<&'a str> {
    let width = list.find(' ')? + 1;
    let entry = |place: usize| list.get(place * width..(place + 1) * width - 1);
    let (mut low, mut high) = (0, list.len() / width);
    while low < high {
        let middle = low.midpoint(high);
        let there = entry(middle)?;
        match there.get(..code.len()).unwrap_or(there).cmp(code) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Some(there),
        }
    }
    None
}

#[cfg(test)]
mod tests;
