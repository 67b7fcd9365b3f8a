//! Patterns in words, or as lists: `starts with vip`, `vip.* or gold.*`, `[vip, gold]`, `!vip`.

use super::mend::Mend;
use super::shape::{SPECIAL, pieces};
use crate::rows::{Value, json};
use crate::text::{Logic, joining, logic};

/// Several patterns, as lists have them: separated, or in brackets.
pub(super) fn listed(text: &str) -> Option<Mend> {
    let quotes = ['"', '\'', '“', '”', ' '];
    let parts: Vec<String> = match in_brackets(text) {
        Some(inner) => match json::parse_value(text) {
            Ok(Value::List(entries)) => entries
                .iter()
                .map(|entry| entry.as_text().map(str::to_owned))
                .collect::<Option<_>>()?,
            _ => {
                let parts = inner.split(is_separator).map(|part| part.trim_matches(quotes));
                let parts: Vec<String> = parts.map(str::to_owned).collect();
                // `[a,b]` is one letter out of three.
                let are_words = parts.iter().all(|part| part.chars().nth(1).is_some());
                (parts.len() > 1 && are_words).then_some(parts)?
            }
        },
        None => {
            let parts = pieces(text, is_separator).into_iter().map(str::trim);
            parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
        }
    };
    let is_list = parts.len() > 1 || in_brackets(text).is_some();
    let mend = Mend::new("holds several patterns", parts.join("|")).filter(|_| is_list)?;
    Some(mend.saying(" (a comma of the id itself is `[,]`)"))
}

/// What stands in the brackets around all of a text.
fn in_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let is_list = inner.starts_with(['"', '\'', '“']) || !inner.contains(['[', ']', '\\', '^']);
    (is_list && (inner.contains(is_separator) || inner.starts_with('"'))).then_some(inner)
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '，' | '；' | '、' | '\n' | '\r' | '\t')
}

/// A sign or a word in front that says "is" or "is not".
pub(super) fn signed(text: &str) -> Option<Mend> {
    let equal = ["===", "==", "=~", "=", "~", "regex:", "regexp:"]
        .iter()
        .find_map(|sign| text.strip_prefix(sign));
    if let Some(rest) = equal.filter(|rest| !rest.starts_with(['?', '*', '+', '{'])) {
        return Mend::new("needs no sign in front", rest.trim_start());
    }
    match logic(text)? {
        Logic::Unlike(inner) => {
            Mend::opposite("has a sign in front that does not work here", inner)
        }
        Logic::Not(inner) => Mend::opposite("has a word that is not part of a pattern", inner),
        Logic::Any(_) | Logic::All(_) => None,
    }
}

/// Patterns joined by words, as by ` or `: nobody has an id that is both, so each is meant.
pub(super) fn joined(text: &str) -> Option<Mend> {
    let small = text.to_ascii_lowercase();
    let (mut parts, mut begin) = (Vec::new(), 0);
    let mut at = 0;
    while let Some(rest) = small.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        match joining(rest) {
            Some(length) => {
                parts.extend(text.get(begin..at).map(str::trim));
                at += length;
                begin = at;
            }
            None => at += c.len_utf8(),
        }
    }
    parts.extend(text.get(begin..).map(str::trim));
    let several = parts.len() > 1 && parts.iter().all(|part| !part.is_empty());
    several.then(|| {
        Mend::new(
            "has a word that is not part of a pattern; for ids of any of them",
            parts.join("|"),
        )
    })?
}

/// Words around the letters, before and behind, and the pattern around those.
const PLACED: [(&str, &str, &str, &str); 26] = [
    ("starts with ", "", "", ".*"),
    ("start with ", "", "", ".*"),
    ("starting with ", "", "", ".*"),
    ("begins with ", "", "", ".*"),
    ("beginning with ", "", "", ".*"),
    ("prefix ", "", "", ".*"),
    ("ends with ", "", ".*", ""),
    ("ending with ", "", ".*", ""),
    ("suffix ", "", ".*", ""),
    ("contains ", "", ".*", ".*"),
    ("containing ", "", ".*", ".*"),
    ("beginnt mit ", "", "", ".*"),
    ("endet mit ", "", ".*", ""),
    ("enthält ", "", ".*", ".*"),
    ("", "으로 시작", "", ".*"),
    ("", "로 시작", "", ".*"),
    ("", "로 시작하는", "", ".*"),
    ("", "로 끝나는", ".*", ""),
    ("", " 포함", ".*", ".*"),
    ("以", "开头", "", ".*"),
    ("以", "開頭", "", ".*"),
    ("以", "结尾", ".*", ""),
    ("以", "結尾", ".*", ""),
    ("包含", "", ".*", ".*"),
    ("", "で始まる", "", ".*"),
    ("", "で終わる", ".*", ""),
];

/// `LIKE gold%`, as databases have it.
pub(super) fn like(text: &str) -> Option<Mend> {
    let begin = "like ".len();
    let is_like = text.get(..begin).is_some_and(|word| word.eq_ignore_ascii_case("like "));
    let letters = text.get(begin..).filter(|_| is_like)?.trim_matches(['"', '\'', ' ']);
    let pieces: Vec<String> = letters.split('%').map(literal).collect();
    (pieces.len() > 1)
        .then(|| Mend::new("has words that are not part of a pattern", pieces.join(".*")))?
}

/// The letters in words for how ids begin: `starts with vip`.
pub(in crate::rows::condition) fn beginning_in_words(text: &str) -> Option<&str> {
    let quotes = ['"', '\'', '“', '”', '`', ' '];
    let small = text.to_ascii_lowercase();
    let begins = PLACED.iter().filter(|(.., before, behind)| before.is_empty() && *behind == ".*");
    begins.into_iter().find_map(|around| {
        let inner = small.strip_prefix(around.0)?.strip_suffix(around.1)?;
        let begin = around.0.len();
        let letters = text.get(begin..begin + inner.len())?.trim_matches(quotes);
        (!letters.is_empty()).then_some(letters)
    })
}

/// Where letters stand in the id, in words: `starts with vip`.
pub(super) fn placed(text: &str) -> Option<Mend> {
    let quotes = ['"', '\'', '“', '”', '`', ' '];
    // As long as the text itself, so that places in one are places in the other.
    let small = text.to_ascii_lowercase();
    let (letters, (.., before, behind)) = PLACED.iter().find_map(|around| {
        let inner = small.strip_prefix(around.0)?.strip_suffix(around.1)?;
        let begin = around.0.len();
        Some((text.get(begin..begin + inner.len())?.trim_matches(quotes), around))
    })?;
    let several = match logic(letters) {
        Some(Logic::Any(names) | Logic::All(names)) => names,
        _ => vec![letters.to_owned()],
    };
    let pattern = |letters: &String| {
        let letters = letters.trim_matches(quotes);
        // What is a pattern already stays one.
        let letters =
            if letters.contains(['[', '(', '\\']) { letters.to_owned() } else { escaped(letters) };
        format!("{before}{letters}{behind}")
    };
    let each: Vec<String> = several.iter().map(pattern).collect();
    Mend::new("has words that are not part of a pattern", each.join("|"))
}

/// Letters as a pattern that matches them, without what stands for any letters behind them.
fn escaped(letters: &str) -> String {
    literal(letters.trim_end_matches(['*', '%']).trim_end_matches('.'))
}

/// Letters as a pattern that matches them.
fn literal(letters: &str) -> String {
    let mut pattern = String::with_capacity(letters.len());
    for c in letters.chars() {
        if SPECIAL.contains(&c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}
