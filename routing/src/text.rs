//! What people type: how names are compared, how long values are cut, what a mistyped name was
//! probably meant to be.

/// Longest part of a value that a message repeats, in characters.
pub const SHOWN: usize = 100;

/// `text`, cut at 100 characters.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// How names (of rosters, skills, segments, languages, platforms) are compared: trimmed, without
/// case.
pub fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The candidate that `name` most likely is a typing mistake of.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name_key(&cut(name));
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name, &candidate.to_lowercase()), candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= 2.max(candidate.chars().count() / 3))
        .map(|(_, candidate)| candidate)
}
