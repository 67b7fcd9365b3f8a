//! The condition that is a regular expression for the user's whole id.

use std::any::Any;
use std::sync::Arc;

use super::entries::negates;
use super::kind::{Asked, Compared, Content, Holds, Kind, Reading};
use crate::packed::packed_wrapper;
use crate::rows::patterns::Compiled;
use crate::rows::reader::{Empty, Reader};
use crate::text::{cut, plain};

/// Longest pattern, in characters.
const MAX_PATTERN: usize = 256;
/// What has a meaning of its own in a pattern.
const SPECIAL: [char; 14] = ['\\', '^', '$', '.', '|', '?', '*', '+', '(', ')', '[', ']', '{', '}'];

/// `ClientUserIdPattern`: a regular expression for the whole id.
#[derive(Debug, Clone)]
pub(super) struct ClientUserIdPattern(Arc<Compiled>);

packed_wrapper!(ClientUserIdPattern);

impl ClientUserIdPattern {
    pub(super) const CONTENT: Content = Content::Values;

    pub(super) fn read(
        reader: &mut Reader<'_>,
        attribute: &str,
        reading: &mut Reading<'_, '_>,
    ) -> Option<Self> {
        let text = reader.text(attribute, Empty::IsError)?;
        let length = text.chars().count();
        if length > MAX_PATTERN {
            let message = format!(
                "has {length} characters, and at most {MAX_PATTERN} are allowed; write a shorter one, or list the ids in `ClientUserIds`"
            );
            reader.error(attribute, message);
            return None;
        }
        if let Some(message) = not_meant(text, attribute) {
            reader.error(attribute, message);
            return None;
        }
        if let Some(message) = bare_beginning(text) {
            reader.warn(attribute, message);
        }
        // The pattern must be one by itself: `a)|(b` would escape the brackets that make it match
        // the whole id.
        match reading.context.patterns.compile(text) {
            Ok(compiled) => Some(Self(compiled)),
            Err(message) => {
                reader.error(attribute, message);
                None
            }
        }
    }
}

/// Why a pattern surely does not mean what its author meant, and what to write instead.
fn not_meant(text: &str, attribute: &str) -> Option<String> {
    let plain = plain(text);
    if plain != text
        && !plain
            .chars()
            .filter(|c| SPECIAL.contains(c))
            .eq(text.chars().filter(|c| SPECIAL.contains(c)))
    {
        return Some(format!("has full-width signs; write `{}`", cut(&plain)));
    }
    if let Some(inner) = in_quotes(text) {
        return Some(format!("is in quotes, which are not part of it; write `{}`", cut(inner)));
    }
    if let Some(patterns) = several(text) {
        return Some(format!(
            "holds several patterns; write `{}` (a comma of the id itself is `[,]`)",
            cut(&patterns.join("|"))
        ));
    }
    if text.chars().all(|c| matches!(c, '^' | '$')) {
        return Some(format!(
            "has only `^` and `$`, so it matches no id; to ask for all users, remove `{attribute}`"
        ));
    }
    if let Some(inner) = look_around(text) {
        let other = match negates(attribute) {
            Some(plain) => plain.to_owned(),
            None => format!("Not{attribute}"),
        };
        return Some(match inner {
            Some(inner) => format!(
                "looks ahead or behind, which patterns here cannot; write `{inner}` into `{other}`"
            ),
            None => format!(
                "looks ahead or behind, which patterns here cannot; write what must not match into `{other}`"
            ),
        });
    }
    if let Some((inner, flags)) = text
        .strip_prefix('/')
        .and_then(|rest| rest.rsplit_once('/'))
        .filter(|(inner, flags)| !inner.is_empty() && flags.chars().all(|c| c.is_ascii_lowercase()))
    {
        let flags = if flags.contains('i') { "(?i)" } else { "" };
        return Some(format!(
            "is between slashes, which are not part of it; write `{flags}{inner}`"
        ));
    }
    if let Some(pattern) = of_glob(text) {
        return Some(format!("has `*` as file names do; in a pattern, write `{pattern}`"));
    }
    anchored_at_one_end(text)
}

/// What stands in the quotes around a text.
fn in_quotes(text: &str) -> Option<&str> {
    let quotes = [('"', '"'), ('“', '”'), ('\'', '\''), ('‘', '’'), ('`', '`'), ('「', '」')];
    let inside = |(open, close): (char, char)| text.strip_prefix(open)?.strip_suffix(close);
    quotes.into_iter().find_map(inside).map(str::trim).filter(|inner| !inner.is_empty())
}

/// The patterns in a text that holds several, as a list does.
fn several(text: &str) -> Option<Vec<&str>> {
    let is_separator = |c| matches!(c, ',' | ';' | '，' | '；' | '、' | '\n' | '\r' | '\t');
    let parts: Vec<&str> = pieces(text, is_separator)
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    (parts.len() > 1).then_some(parts)
}

/// A pattern cut at signs that stand neither behind `\`, nor in brackets of any kind.
fn pieces(text: &str, is_cut: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut depth, mut escaped, mut start) = (0_usize, false, 0);
    let mut pieces = Vec::new();
    for (place, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_cut(c) => {
                pieces.extend(text.get(start..place));
                start = place + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.extend(text.get(start..));
    pieces
}

/// Why a pattern without any sign of one surely was meant as the beginning or the end of ids.
fn bare_beginning(text: &str) -> Option<String> {
    let plain = text.trim_matches('%');
    if plain.is_empty() || plain.contains(SPECIAL) {
        return None;
    }
    let begins = text.ends_with(['-', '_', ':', '/', '%']);
    let ends = text.starts_with(['-', '_', '@', '%']);
    let meant = match (begins, ends) {
        (true, true) => format!(".*{plain}.*"),
        (true, false) => format!("{plain}.*"),
        (false, true) => format!(".*{plain}"),
        (false, false) => return None,
    };
    Some(format!(
        "must match the whole id, so it is this one id alone; write `{}` for all ids with it",
        cut(&meant)
    ))
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

/// The pattern that a text with `*`, and no other sign of patterns but `.`, was meant to be.
fn of_glob(text: &str) -> Option<String> {
    let is_glob = text.contains('*')
        && !text.contains(".*")
        && !text.contains(|c| SPECIAL.contains(&c) && !matches!(c, '*' | '.'));
    is_glob.then(|| text.replace('.', "\\.").replace('*', ".*"))
}

/// A pattern that begins with `^` or ends with `$` and has nothing at the other end: elsewhere that
/// is "begins with" and "ends with", here the whole id must match.
fn anchored_at_one_end(text: &str) -> Option<String> {
    let begins = text.starts_with('^');
    let ends = text.ends_with('$') && !text.ends_with("\\$");
    let open_end = text.ends_with(".*") || text.ends_with(".+");
    let open_start = text.starts_with(".*") || text.starts_with(".+");
    let (whole, part) = match (begins, ends) {
        (true, false) if !open_end => {
            let bare = text.trim_start_matches('^');
            (bare.to_owned(), format!("{bare}.*"))
        }
        (false, true) if !open_start => {
            let bare = text.strip_suffix('$').unwrap_or(text);
            (bare.to_owned(), format!(".*{bare}"))
        }
        _ => return None,
    };
    let where_ = if begins { "begin" } else { "end" };
    Some(if pieces(text, |c| c == '|').len() > 1 {
        "has `^` or `$` inside one part of `a|b`, but the whole id must match; write each part for the whole id, such as `gold-.*|vip-.*`".to_owned()
    } else {
        format!(
            "must match the whole id; write `{part}` for ids that {where_} so, or `{whole}` for the whole id"
        )
    })
}

impl Kind for ClientUserIdPattern {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        self.0.matches(&asked.session.client_user_id).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let found = asked.session.client_user_id.clone();
        Compared { expected: cut(self.0.text()), found }
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self.0.text() == other.0.text())
    }
}

/// What to write instead of an id with `*` in a list of exact ids or of beginnings; `None` when it
/// has none.
pub(super) fn instead_of_star(entry: &str, attribute: &str) -> Option<String> {
    let anchored = entry.starts_with('^') && entry.len() > 1;
    if !entry.contains('*') && !anchored {
        return None;
    }
    let sign = if entry.contains('*') { '*' } else { '^' };
    let not = if negates(attribute).is_some() { "Not" } else { "" };
    let beginning = entry.strip_suffix(".*").or_else(|| entry.strip_suffix('*')).unwrap_or(entry);
    let beginning = beginning.strip_prefix('^').unwrap_or(beginning);
    let lists_users = attribute.contains("ClientUserId");
    Some(if beginning.is_empty() {
        format!(
            "is not an id, and would mean every id; to ask for all of them, remove `{attribute}`"
        )
    } else if !beginning.contains(SPECIAL) && (entry.ends_with('*') || anchored) && lists_users {
        if attribute.ends_with("Prefixes") {
            format!("is taken letter by letter, `{sign}` too; write `{}`", cut(beginning))
        } else {
            format!(
                "is taken letter by letter, `{sign}` too; write `{}` into `{not}ClientUserIdPrefixes`",
                cut(beginning)
            )
        }
    } else if lists_users {
        let pattern = of_glob(entry).unwrap_or_else(|| entry.to_owned());
        format!(
            "is taken letter by letter, `{sign}` too; write `{}` into `{not}ClientUserIdPattern`",
            cut(&pattern)
        )
    } else {
        format!("is taken letter by letter, `{sign}` too; write each id whole")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_write_instead_of_a_pattern() {
        for (typed, write) in [
            ("(?!test).*", "write `test.*` into `NotClientUserIdPattern`"),
            ("^(?!test)", "into `NotClientUserIdPattern`"),
            ("a(?=b)", "into `NotClientUserIdPattern`"),
            ("/^gold-.*/i", "write `(?i)^gold-.*`"),
            ("gold-*", "write `gold-.*`"),
            ("*@x.com", "write `.*@x\\.com`"),
            ("^gold-", "write `gold-.*` for ids that begin so, or `gold-`"),
            ("@x\\.com$", "write `.*@x\\.com` for ids that end so"),
            ("^a|b", "each part"),
            ("^(gold|vip)-", "write `(gold|vip)-.*` for ids that begin so"),
            ("gold-.*, vip-.*", "write `gold-.*|vip-.*`"),
            ("gold-[0-9]+；vip-[a,b]{1,2}", "write `gold-[0-9]+|vip-[a,b]{1,2}`"),
            ("\"gold-.*\"", "write `gold-.*`"),
            ("“gold-.*”", "write `gold-.*`"),
            ("^", "to ask for all users, remove `ClientUserIdPattern`"),
            ("gold－［0-9］＋", "write `gold-[0-9]+`"),
        ] {
            let message = not_meant(typed, "ClientUserIdPattern").unwrap_or_default();
            assert!(message.contains(write), "{typed}: {message}");
        }
        for good in [
            "u1|v",
            "[0-9]{2,4}",
            "^gold-.*",
            "^gold$",
            "gold-.*",
            ".*@x\\.com$",
            "a\\*b",
            "[a-z]*",
            "서울.*",
            "(a|b)*",
            "a{1,2}",
            "[,;]+",
            "a\\,b",
            "gold-.*,",
        ] {
            assert_eq!(not_meant(good, "ClientUserIdPattern"), None, "{good}");
        }
    }

    #[test]
    fn a_beginning_that_is_no_pattern() {
        for (typed, write) in [
            ("gold-", Some("write `gold-.*`")),
            ("gold%", Some("write `gold.*`")),
            ("@x", Some("write `.*@x`")),
            ("%gold%", Some("write `.*gold.*`")),
            ("gold", None),
            ("gold-.*", None),
            ("gold|vip-", None),
        ] {
            let message = bare_beginning(typed);
            assert_eq!(message.is_some(), write.is_some(), "{typed}: {message:?}");
            let said = message.unwrap_or_default();
            assert!(said.contains(write.unwrap_or_default()), "{typed}: {said}");
        }
    }

    #[test]
    fn what_to_write_instead_of_a_star() {
        for (entry, attribute, write) in [
            ("gold-*", "ClientUserIds", "write `gold-` into `ClientUserIdPrefixes`"),
            ("gold-*", "NotClientUserIds", "write `gold-` into `NotClientUserIdPrefixes`"),
            ("gold-.*", "ClientUserIds", "write `gold-` into `ClientUserIdPrefixes`"),
            ("gold-*", "ClientUserIdPrefixes", "write `gold-`"),
            ("*@x.com", "ClientUserIds", "write `.*@x\\.com` into `ClientUserIdPattern`"),
            ("*", "ClientUserIds", "remove `ClientUserIds`"),
            ("^gold", "NotClientUserIdPrefixes", "`^` too; write `gold`"),
            ("^gold-.*", "ClientUserIds", "write `gold-` into `ClientUserIdPrefixes`"),
            ("^gold$", "ClientUserIds", "write `^gold$` into `ClientUserIdPattern`"),
            ("a*", "CustomerServiceIds", "write each id whole"),
        ] {
            let message = instead_of_star(entry, attribute).unwrap();
            assert!(message.contains(write), "{entry}: {message}");
        }
        assert_eq!(instead_of_star("gold-1", "ClientUserIds"), None);
    }
}
