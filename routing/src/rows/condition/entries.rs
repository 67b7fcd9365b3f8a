//! Entries of a list as most conditions read and show them.

use std::collections::HashSet;
use std::hash::Hash;

use crate::rows::limits::MAX_ENTRIES;
use crate::rows::reader::{Empty, RowReader};
use crate::text::{Logic, cut, logic};

/// What the entries of a list of ids are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ids {
    /// Ids of users, whole.
    Users,
    /// Beginnings of them.
    UserPrefixes,
    /// Ids of accounts, whole; for these there are neither beginnings nor patterns.
    Accounts,
}

/// Entries joined for a trace, cut at 100 characters.
pub(super) fn joined<S: AsRef<str>>(entries: impl IntoIterator<Item = S>) -> String {
    let mut shown = String::new();
    for entry in entries {
        if shown.len() > crate::text::SHOWN {
            break;
        }
        if !shown.is_empty() {
            shown.push_str(", ");
        }
        shown.push_str(entry.as_ref());
    }
    crate::text::cut(&shown)
}

/// The condition that this attribute negates, if it does.
pub(super) fn negates(attribute: &str) -> Option<&str> {
    attribute.strip_prefix("Not")
}

/// What to write for all but one, in this attribute or the one without `Not`.
pub(super) fn all_but(name: &str, attribute: &str) -> String {
    let name = crate::text::cut(name);
    if negates(attribute).is_some() {
        format!("write `{name}`")
    } else {
        format!("write `{name}` into `Not{attribute}`")
    }
}

/// A name behind a minus: no name of ours begins with one, and it says "not".
pub(super) fn behind_minus(entry: &str) -> Option<Logic> {
    let name = entry.strip_prefix(['-', '－', '−', '–'])?.trim();
    name.starts_with(char::is_alphabetic).then(|| Logic::Unlike(name.to_owned()))
}

/// What to write for `iOS or Android`, where each is good; `doubt` says which are not.
pub(super) fn several(entry: &str, doubt: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (Logic::Any(names) | Logic::All(names)) = logic(entry)? else { return None };
    let good = names.iter().all(|name| doubt(name).is_none());
    let shown: Vec<String> = names.iter().map(|name| format!("`{}`", cut(name))).collect();
    good.then(|| format!("is read as one; write each as an entry of its own: {}", shown.join(", ")))
}

/// Reads every entry of a list; an entry that cannot be read is an error of the row.
pub(super) fn each<T>(
    reader: &mut RowReader<'_>,
    attribute: &str,
    read: impl Fn(&str) -> Result<T, String>,
) -> Option<Vec<T>> {
    doubted(reader, attribute, read, |_| None)
}

/// The same, with a warning about each entry that `doubt` has one for.
pub(super) fn doubted<T>(
    reader: &mut RowReader<'_>,
    attribute: &str,
    read: impl Fn(&str) -> Result<T, String>,
    doubt: impl Fn(&str) -> Option<String>,
) -> Option<Vec<T>> {
    // Only entries that can be read are told to write.
    let write = |parts: &[&str]| {
        let good = parts.iter().all(|part| read(part).is_ok() && doubt(part).is_none());
        good.then(|| parts.iter().map(|part| (*part).to_owned()).collect())
    };
    let entries = reader.list_to_write(attribute, Empty::IsError, MAX_ENTRIES, &write)?;
    let mut good = Vec::with_capacity(entries.len());
    let mut all_good = true;
    for entry in entries {
        match read(entry) {
            Ok(read) => good.push(read),
            Err(message) => {
                reader.error_at(attribute, entry, message);
                all_good = false;
            }
        }
        if let Some(doubt) = doubt(entry) {
            reader.warn_at(attribute, entry, doubt);
        }
    }
    all_good.then_some(good)
}

/// Most pairs of entries that are compared to say whether one list is within another.
const MAX_PAIRS: usize = 100_000;

/// Whether every entry is one of `others`.
pub(super) fn is_subset<T: Eq + Hash>(own: &[T], others: &[T]) -> bool {
    let others: HashSet<&T> = others.iter().collect();
    own.iter().all(|entry| others.contains(entry))
}

/// Whether no entry is one of `others`.
pub(super) fn is_disjoint<T: Eq + Hash>(own: &[T], others: &[T]) -> bool {
    let others: HashSet<&T> = others.iter().collect();
    !own.iter().any(|entry| others.contains(entry))
}

/// Whether every entry is apart from all `others`; very long lists are not compared.
pub(super) fn is_all_apart<T>(own: &[T], others: &[T], apart: impl Fn(&T, &T) -> bool) -> bool {
    own.len().saturating_mul(others.len()) <= MAX_PAIRS
        && own.iter().all(|own| others.iter().all(|other| apart(own, other)))
}

/// Whether every entry is within one of `others`; very long lists are not compared.
pub(super) fn is_each_in<T, O>(own: &[T], others: &[O], within: impl Fn(&T, &O) -> bool) -> bool {
    own.len().saturating_mul(others.len()) <= MAX_PAIRS
        && own.iter().all(|own| others.iter().any(|other| within(own, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_as_a_trace_shows_them() {
        assert_eq!(joined(["iOS", "Web"]), "iOS, Web");
        assert_eq!(joined(["iOS"]), "iOS");
        assert_eq!(joined([""; 0]), "");
        let many = joined((0..60).map(|n| format!("entry-{n}")));
        assert!(many.starts_with("entry-0, entry-1, ") && many.ends_with('…'), "{many}");
    }
}
