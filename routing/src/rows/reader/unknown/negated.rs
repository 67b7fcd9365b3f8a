//! Names of attributes that say "not": `!Platforms`, `ExceptSegments`, `PlatformsNot`. What is told
//! of them must never be the attribute that says the opposite.

use super::words::letters;
use crate::text::{closest_attribute, plain};

/// Conditions that a row may hold, each with its negated name.
pub(in crate::rows::reader) type Conditions = &'static [(&'static str, &'static str)];

/// Words in front that say "not", the longest of those that begin alike first.
const BEFORE: [&str; 22] = [
    "excluding",
    "excluded",
    "exclude",
    "excepted",
    "except",
    "without",
    "ignored",
    "ignore",
    "blocked",
    "block",
    "banned",
    "ban",
    "denied",
    "deny",
    "skip",
    "omit",
    "not",
    "non",
    "ohne",
    "no",
    "un",
    "n",
];
/// The same behind.
const BEHIND: [&str; 6] = ["excluded", "exclude", "except", "without", "not", "no"];
/// Signs in front or behind that say so.
const SIGNS: [char; 6] = ['!', '-', '¬', '~', '^', '−'];

/// What of a name is left without what says "not" in it, each as it may be read.
fn rests(name: &str) -> Vec<(String, bool)> {
    let name = plain(name);
    let name = name.trim();
    let bare = name.trim_start_matches(SIGNS).trim_end_matches('!');
    if bare.len() < name.len() {
        return vec![(letters(bare), false)];
    }
    let key = letters(name);
    let before = BEFORE.iter().filter_map(|word| {
        // So few letters are also a slip: then the rest must be a name letter by letter.
        Some((key.strip_prefix(word)?.to_owned(), word.len() < 3))
    });
    let behind =
        BEHIND.iter().filter_map(|word| Some((key.strip_suffix(word)?.to_owned(), word.len() < 3)));
    before.chain(behind).filter(|(rest, _)| !rest.is_empty()).collect()
}

/// Whether a name says "not", by a sign.
pub(super) fn has_sign(name: &str) -> bool {
    let name = plain(name);
    let name = name.trim();
    name.starts_with(SIGNS) || name.ends_with('!')
}

/// What a name that says "not" was meant as; `other` knows other words for attributes.
pub(super) fn meant(
    name: &str,
    conditions: Conditions,
    other: impl Fn(&str) -> Option<&'static str>,
) -> Option<&'static str> {
    rests(name).into_iter().find_map(|(rest, exactly)| {
        let all = || conditions.iter().map(|(plain, _)| *plain).chain(["AgentIds"]);
        let same = all().find(|known| known.eq_ignore_ascii_case(&rest));
        let near = || if exactly { None } else { closest_attribute(&rest, all()) };
        let plain = same.or_else(|| other(&rest)).or_else(near)?;
        if plain == "AgentIds" {
            return Some("ExceptAgents");
        }
        conditions.iter().find(|(known, _)| *known == plain).map(|(_, not)| *not)
    })
}
