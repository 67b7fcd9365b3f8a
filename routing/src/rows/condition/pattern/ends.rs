//! Patterns for the beginning or the end of ids: elsewhere `^` and `$` say so, here the whole id
//! must match.

use super::mend::Mend;
use super::shape::{End, Opened, SPECIAL, beginning, ending, without_beginning, without_ending};
use crate::text::cut;

/// What is said of a pattern that has an end at one side alone.
pub(super) enum Ended {
    /// What to write.
    Mend(Mend),
    /// It is not clear what to write.
    Told(String),
}

/// What one alternative was meant as.
enum Meant {
    /// What it is.
    AsItStands { is_whole: bool },
    /// A part of the id; with what would be the whole of it, and the words for the part.
    Part { part: String, whole: String, words: &'static str },
    /// Nobody knows.
    Unclear,
}

/// An end of the id, or of a word, in an alternative with nothing at its other side.
pub(super) fn at_one_end(opened: &Opened<'_>) -> Option<Ended> {
    const WHY: &str = "must match the whole id";
    let all: Vec<Meant> = opened.alternatives.iter().map(|piece| meant(piece)).collect();
    if all.iter().all(|meant| matches!(meant, Meant::AsItStands { .. })) {
        return None;
    }
    if let [Meant::Part { part, whole, words }] = all.as_slice() {
        let whole = opened.with(std::slice::from_ref(whole));
        let mend = Mend::new(WHY, opened.with(std::slice::from_ref(part)))?;
        return Some(Ended::Mend(
            mend.saying(format!(" for ids that {words}, or `{}` for the whole id", cut(&whole))),
        ));
    }
    let each: Option<Vec<String>> = opened
        .alternatives
        .iter()
        .zip(all)
        .map(|(piece, meant)| match meant {
            Meant::Part { part, .. } => Some(part),
            Meant::AsItStands { is_whole: true } => Some((*piece).to_owned()),
            // Beside one that has an end, it may be meant to stand anywhere.
            Meant::AsItStands { is_whole: false } | Meant::Unclear => None,
        })
        .collect();
    let mend = each.and_then(|each| {
        Mend::new(
            "has `^` or `$` inside one part of `a|b`, but the whole id must match",
            opened.with(&each),
        )
    });
    Some(mend.map_or_else(
        || {
            Ended::Told(
                "has `^` or `$` inside one part of `a|b`, but the whole id must match; \
                write each alternative for the whole id, such as `gold-.*|vip-.*`"
                    .to_owned(),
            )
        },
        Ended::Mend,
    ))
}

fn meant(piece: &str) -> Meant {
    let whole = || {
        let bare =
            if beginning(piece) == End::Id { without_beginning(piece)? } else { piece.to_owned() };
        if ending(&bare) == End::Id { without_ending(&bare) } else { Some(bare) }
    };
    let (before, behind, words) = match (beginning(piece), ending(piece)) {
        (End::Id, End::Other | End::Word) => ("", ".*", "begin so"),
        (End::Other | End::Word, End::Id) => (".*", "", "end so"),
        (End::Word, End::Other | End::Word) | (End::Other, End::Word) => (".*", ".*", "hold it so"),
        (End::Other, End::Other) => return Meant::AsItStands { is_whole: false },
        _ => return Meant::AsItStands { is_whole: true },
    };
    match whole() {
        Some(bare) if bare.is_empty() => Meant::Unclear,
        Some(bare) => Meant::Part {
            part: format!("{before}{bare}{behind}"),
            whole: without_word_ends(&bare),
            words,
        },
        None => Meant::Unclear,
    }
}

/// Without the `\b` at its ends, which the whole id has anyway.
fn without_word_ends(bare: &str) -> String {
    let bare = bare.strip_prefix("\\b").unwrap_or(bare);
    bare.strip_suffix("\\b").unwrap_or(bare).to_owned()
}

/// Why a pattern without any sign of one surely was meant as the beginning or the end of ids.
pub(super) fn bare_beginning(text: &str) -> Option<String> {
    let opened = Opened::new(text);
    if opened.is_spaced() {
        return None;
    }
    let each: Option<Vec<String>> =
        opened.alternatives.iter().map(|piece| beginning_or_end(piece)).collect();
    Some(format!(
        "must match the whole id, so it is this one id alone; write `{}` for all ids with it",
        cut(&opened.with(&each?))
    ))
}

fn beginning_or_end(piece: &str) -> Option<String> {
    let letters = piece.trim_matches('%');
    // `@example.com`, with the dot as people type it, or as patterns have it.
    let domain = letters.strip_prefix('@').map(|domain| domain.replace("\\.", "."));
    let domain = domain
        .filter(|domain| !domain.replace('.', "").contains(SPECIAL) && !domain.ends_with('.'))
        .map(|domain| format!("@{}", domain.replace('.', "\\.")));
    let has_signs = letters.is_empty() || letters.contains(SPECIAL);
    if has_signs && domain.is_none() {
        return None;
    }
    let begins = piece.ends_with(['-', '_', ':', '/', '%']);
    let ends = piece.starts_with(['-', '_', '@', '%']);
    let letters = domain.as_deref().unwrap_or(letters);
    match (begins, ends) {
        (true, true) => Some(format!(".*{letters}.*")),
        (true, false) => Some(format!("{letters}.*")),
        (false, true) => Some(format!(".*{letters}")),
        (false, false) => None,
    }
}
