//! Patterns that surely do not mean what their author meant, and what to write instead.
//!
//! One text may have several mistakes. So each step below mends one, and what is told is the text
//! without any of them.

use super::ends::{Ended, at_one_end};
use super::mend::Mend;
use super::shape::{Opened, SPECIAL, at_every_or};
use super::words;
use crate::rows::condition::entries::negates;
use crate::text::{cut, plain};

/// Most mistakes of one text that are mended.
const MOST: usize = 8;

/// What is found in a text.
pub(super) enum Advice {
    /// A mistake that is mended like this.
    Mend(Mend),
    /// A mistake, and words for what to do.
    Told(String),
}

/// Why a pattern surely does not mean what its author meant, and what to write instead.
pub(super) fn not_meant(text: &str, attribute: &str) -> Option<String> {
    let first = match found(text, attribute)? {
        Advice::Told(told) => return Some(told),
        Advice::Mend(first) => first,
    };
    let (mut text, mut is_opposite) = (first.text.clone(), first.is_opposite);
    for _ in 0..MOST {
        match found(&text, attribute) {
            Some(Advice::Mend(next)) => {
                text = next.text;
                is_opposite ^= next.is_opposite;
            }
            Some(Advice::Told(told)) => return Some(format!("{}; then it {told}", first.why)),
            None => break,
        }
    }
    // What is said of the text holds only as long as it is that text.
    let behind = if text == first.text { first.behind } else { String::new() };
    let place =
        if is_opposite { format!(" into `{}`", opposite(attribute)) } else { String::new() };
    Some(format!("{}; write `{}`{place}{behind}", first.why, cut(&text)))
}

/// The attribute that asks for the opposite.
fn opposite(attribute: &str) -> String {
    match negates(attribute) {
        Some(plain) => plain.to_owned(),
        None => format!("Not{attribute}"),
    }
}

/// The first mistake in a text.
fn found(text: &str, attribute: &str) -> Option<Advice> {
    let opened = Opened::new(text);
    if opened.is_spaced() {
        return None;
    }
    let nothing_but_ends =
        opened.alternatives.iter().all(|piece| piece.chars().all(|c| matches!(c, '^' | '$')));
    if nothing_but_ends && text.contains(['^', '$']) {
        return Some(Advice::Told(format!(
            "has only `^` and `$`, so it matches no id; to ask for all users, remove `{attribute}`"
        )));
    }
    if let Some(inner) = look_around(text) {
        const WHY: &str = "looks ahead or behind, which patterns here cannot";
        return Some(match inner.and_then(|inner| Mend::opposite(WHY, inner)) {
            Some(mend) => Advice::Mend(mend),
            None => Advice::Told(format!(
                "{WHY}; write what must not match into `{}`",
                opposite(attribute)
            )),
        });
    }
    let mend = full_width(text)
        .or_else(|| in_quotes(text))
        .or_else(|| doubled(text))
        .or_else(|| class_alone(text))
        .or_else(|| words::listed(text))
        .or_else(|| between_slashes(text))
        .or_else(|| words::signed(text))
        .or_else(|| words::like(text))
        .or_else(|| words::placed(text))
        .or_else(|| words::joined(text))
        .or_else(|| spaced(text))
        .or_else(|| globs(&opened));
    match mend {
        Some(mend) => Some(Advice::Mend(mend)),
        None => match at_one_end(&opened)? {
            Ended::Mend(mend) => Some(Advice::Mend(mend)),
            Ended::Told(told) => Some(Advice::Told(told)),
        },
    }
}

fn full_width(text: &str) -> Option<Mend> {
    let plain = plain(text);
    let signs = |text: &str| text.chars().filter(|c| SPECIAL.contains(c)).collect::<String>();
    let has_wide_comma = |inner: &str| {
        inner.split_once('}').is_some_and(|(counts, _)| {
            counts.contains('，')
                && counts.trim_start_matches('，').starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let is_wide = signs(&plain) != signs(text) || text.split('{').skip(1).any(has_wide_comma);
    (plain != text && is_wide).then(|| Mend::new("has full-width signs", plain.trim()))?
}

/// What stands in the quotes around a text, `r"…"` as programs have it among them.
fn in_quotes(text: &str) -> Option<Mend> {
    let quotes = [('"', '"'), ('“', '”'), ('\'', '\''), ('‘', '’'), ('`', '`'), ('「', '」')];
    let raw = text.strip_prefix(['r', 'R']).filter(|rest| rest.starts_with(['"', '\'']));
    let text = raw.unwrap_or(text);
    let inside = |(open, close): (char, char)| text.strip_prefix(open)?.strip_suffix(close);
    let inner = quotes.into_iter().find_map(inside)?.trim();
    Mend::new("is in quotes, which are not part of it", inner)
}

/// `\\d` as programs write it in quotes: here it is a backslash and a letter.
fn doubled(text: &str) -> Option<Mend> {
    let mut mended = text.to_owned();
    for (at, _) in text.rmatch_indices("\\\\") {
        let before = text.get(..at)?.chars().next_back();
        let mut behind = text.get(at + 2..)?.chars();
        let is_class = matches!(behind.next(), Some('d' | 'w' | 's' | 'D' | 'W' | 'S'))
            && matches!(behind.next(), None | Some('{' | '+' | '*' | '?' | ')' | ']' | '|' | '$'))
            || text.get(at + 2..).and_then(|rest| rest.strip_prefix('.')).is_some_and(|rest| {
                rest.starts_with(char::is_alphanumeric)
                    && before.is_some_and(|c| c.is_ascii_alphanumeric())
            });
        // `CORP\\dan` and `CORP\\.*` are how users of a domain are written.
        if !is_class || before == Some('\\') {
            return None;
        }
        mended.replace_range(at..at + 1, "");
    }
    (mended != text)
        .then(|| Mend::new("has `\\` twice, which stands for a `\\` of the id", mended))?
}

/// `[:digit:]+`, which is a set of these letters: a class stands in a second pair of brackets.
fn class_alone(text: &str) -> Option<Mend> {
    let (before, rest) = text.split_once("[:")?;
    let (name, behind) = rest.split_once(":]")?;
    let is_class = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase());
    (is_class && !before.ends_with('[') && !behind.starts_with(']')).then(|| {
        Mend::new(
            "has a class of letters in one pair of brackets, and it needs two",
            format!("{before}[[:{name}:]]{behind}"),
        )
    })?
}

fn between_slashes(text: &str) -> Option<Mend> {
    let (inner, flags) = text.strip_prefix('/')?.rsplit_once('/')?;
    let good = !inner.is_empty() && flags.chars().all(|c| c.is_ascii_lowercase());
    let flags = if flags.contains('i') { "(?i)" } else { "" };
    good.then(|| {
        Mend::new("is between slashes, which are not part of it", format!("{flags}{inner}"))
    })?
}

/// What a look-ahead at the beginning forbids, where that is the whole pattern; `None` inside =
/// there is one elsewhere.
fn look_around(text: &str) -> Option<Option<String>> {
    if !["(?=", "(?!", "(?<=", "(?<!"].iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let bare = text.strip_prefix('^').unwrap_or(text);
    let bare = bare.strip_suffix('$').unwrap_or(bare);
    let inner = bare.strip_prefix("(?!").and_then(|rest| rest.strip_suffix(").*"));
    let inner = inner.filter(|inner| !inner.contains(['(', ')']));
    Some(inner.map(|inner| match inner.strip_suffix('$') {
        Some(whole) => whole.to_owned(),
        None if inner.ends_with(".*") => inner.to_owned(),
        None => format!("{inner}.*"),
    }))
}

/// White space around a `|`, which would be part of the ids.
fn spaced(text: &str) -> Option<Mend> {
    let parts = at_every_or(text);
    let last = parts.len().checked_sub(1)?;
    let trimmed: Vec<&str> = parts
        .iter()
        .enumerate()
        .map(|(place, part)| {
            let part = if place == 0 { part } else { part.trim_start() };
            if place == last { part } else { part.trim_end() }
        })
        .collect();
    (trimmed != parts).then(|| {
        Mend::new("has white space at `|`, which would be part of the ids", trimmed.join("|"))
    })?
}

/// Alternatives with `*` as file names have it.
fn globs(opened: &Opened<'_>) -> Option<Mend> {
    let mended: Vec<Option<String>> =
        opened.alternatives.iter().map(|piece| of_alternative(piece)).collect();
    let repeated = opened.alternatives.iter().zip(&mended).find_map(|(piece, mended)| {
        let before = mended.as_ref().and_then(|_| piece.split('*').next())?.chars().next_back()?;
        Some(if SPECIAL.contains(&before) { format!("\\{before}") } else { before.to_string() })
    });
    if mended.iter().all(Option::is_none) {
        return None;
    }
    let pieces: Vec<String> = opened
        .alternatives
        .iter()
        .zip(mended)
        .map(|(piece, mended)| mended.unwrap_or_else(|| (*piece).to_owned()))
        .collect();
    let mend = Mend::new("has `*` as file names do; in a pattern", opened.with(&pieces))?;
    // Whoever does mean the sign before it, any number of times, has a way to say so.
    Some(match repeated {
        Some(sign) => mend.saying(format!(" (any number of `{sign}` is `(?:{sign})*`)")),
        None => mend,
    })
}

fn of_alternative(piece: &str) -> Option<String> {
    let bare = piece.strip_prefix('^').unwrap_or(piece);
    let bare = bare.strip_suffix('$').unwrap_or(bare);
    if let Some(pattern) = of_glob(bare) {
        return Some(pattern);
    }
    // Nothing is before it that it could repeat.
    if let Some(rest) = bare.strip_prefix('*') {
        return Some(format!(".*{rest}"));
    }
    let before = bare.strip_suffix('*')?;
    before.ends_with(['-', '_', ':', '/']).then(|| format!("{before}.*"))
}

/// The pattern that a text with `*`, and no other sign of patterns but `.`, was meant to be.
pub(super) fn of_glob(text: &str) -> Option<String> {
    let is_glob = text.contains('*')
        && !text.contains(".*")
        && !text.contains(|c| SPECIAL.contains(&c) && !matches!(c, '*' | '.'));
    is_glob.then(|| text.replace('.', "\\.").replace('*', ".*"))
}
