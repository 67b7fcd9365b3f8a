//! Entries of lists: each once, and one of those that there are.

use crate::text::closest;

/// The entries, each once, in order.
pub(super) fn unique<T: std::hash::Hash + Eq + Clone>(entries: impl Iterator<Item = T>) -> Vec<T> {
    let mut entries: Vec<T> = entries.collect();
    if entries.len() > 1 {
        let mut seen = std::collections::HashSet::new();
        entries.retain(|entry| seen.insert(entry.clone()));
    }
    entries
}

/// What is expected of a closed list, with the entry that was meant, where that is certain.
pub(super) fn expected(expected: &str, typed: &str, known: &[&str]) -> String {
    match closest(typed, known.iter().copied()) {
        Some(near) => format!("{expected}; write `{near}`"),
        None => format!("{expected}; write one of them"),
    }
}
