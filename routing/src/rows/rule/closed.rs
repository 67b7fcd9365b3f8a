//! Entries of lists: each once, and one of those that there are.

use crate::text::{closest, name_key};

/// The entries, each once, in order.
pub(super) fn unique<T: std::hash::Hash + Eq + Clone>(entries: impl Iterator<Item = T>) -> Vec<T> {
    let mut entries: Vec<T> = entries.collect();
    if entries.len() > 1 {
        let mut seen = std::collections::HashSet::new();
        entries.retain(|entry| seen.insert(entry.clone()));
    }
    entries
}

/// Words for an entry of a closed list: each word, as names are compared, and the entry.
pub(super) type Words = [(&'static str, &'static str)];

/// What is expected of a closed list, with the entry that was meant, where that is certain.
pub(super) fn expected(expected: &str, typed: &str, known: &[&str], words: &Words) -> String {
    let key = name_key(typed);
    let word = words.iter().find(|(word, _)| *word == key).map(|(_, meant)| *meant);
    match word.or_else(|| closest(typed, known.iter().copied())) {
        Some(near) => format!("{expected}; write `{near}`"),
        None => format!("{expected}; write one of them"),
    }
}
