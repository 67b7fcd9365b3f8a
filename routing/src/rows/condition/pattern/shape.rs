//! A pattern cut where people put its parts together: flags, groups, alternatives, ends.

/// What has a meaning of its own in a pattern.
pub(in crate::rows::condition) const SPECIAL: [char; 14] =
    ['\\', '^', '$', '.', '|', '?', '*', '+', '(', ')', '[', ']', '{', '}'];

/// Shows every sign of a pattern that stands neither behind `\` nor in a class, with its place and
/// the number of brackets open around it.
fn walk(text: &str, mut see: impl FnMut(usize, char, usize)) {
    let (mut depth, mut escaped) = (0_usize, false);
    let mut class: Option<usize> = None;
    for (place, c) in text.char_indices() {
        if escaped || c == '\\' {
            escaped = !escaped;
            continue;
        }
        if let Some(begin) = class {
            let inside = text.get(begin + 1..place).unwrap_or_default();
            // `]` is a letter where it comes first; `[:alpha:]` ends with one of its own.
            let is_named = inside.ends_with(':') && inside.contains("[:");
            if c == ']' && !matches!(inside, "" | "^") && !is_named {
                class = None;
            }
            continue;
        }
        match c {
            '[' => class = Some(place),
            '(' | '{' => {
                see(place, c, depth);
                depth += 1;
            }
            ')' | '}' => {
                depth = depth.saturating_sub(1);
                see(place, c, depth);
            }
            _ => see(place, c, depth),
        }
    }
}

/// A pattern cut at signs that stand neither behind `\`, nor in brackets of any kind.
pub(super) fn pieces(text: &str, is_cut: impl Fn(char) -> bool) -> Vec<&str> {
    cut_at(text, |c, depth| depth == 0 && is_cut(c))
}

/// A pattern cut at every `|` that means "or", also within groups.
pub(super) fn at_every_or(text: &str) -> Vec<&str> {
    cut_at(text, |c, _| c == '|')
}

fn cut_at(text: &str, is_cut: impl Fn(char, usize) -> bool) -> Vec<&str> {
    let mut start = 0;
    let mut pieces = Vec::new();
    walk(text, |place, c, depth| {
        if is_cut(c, depth) {
            pieces.extend(text.get(start..place));
            start = place + c.len_utf8();
        }
    });
    pieces.extend(text.get(start..));
    pieces
}

/// The flags that a pattern begins with (`(?i)`), and the rest.
pub(super) fn flags(text: &str) -> (&str, &str) {
    let end = text.strip_prefix("(?").and_then(|rest| rest.find(')')).map(|end| end + 3);
    match end.and_then(|end| text.split_at_checked(end)) {
        Some((flags, rest)) if flags.bytes().all(|b| b"(?imsRUux-)".contains(&b)) => (flags, rest),
        _ => ("", text),
    }
}

/// The first group of a text that begins with one: its opening, what is in it, what is behind it.
fn first_group(text: &str) -> Option<(&str, &str, &str)> {
    let mut end = None;
    walk(text, |place, c, depth| {
        if c == ')' && depth == 0 && end.is_none() {
            end = Some(place);
        }
    });
    let rest = text.strip_prefix('(')?;
    let opening = match rest.strip_prefix('?') {
        None => 1,
        // `(?:`, `(?i:`, `(?P<name>`
        Some(kind) => {
            let end = kind.find([':', '>', ')'])?;
            if kind.get(end..)?.starts_with(')') {
                return None;
            }
            end + 3
        }
    };
    let end = end?;
    Some((text.get(..opening)?, text.get(opening..end)?, text.get(end + 1..)?))
}

/// The last group of a text that ends with one: what is before it, its opening, what is in it.
fn last_group(text: &str) -> Option<(&str, &str, &str)> {
    if !text.ends_with(')') || is_escaped(text, text.len() - 1) {
        return None;
    }
    let mut begin = None;
    walk(text, |place, c, depth| {
        if c == '(' && depth == 0 {
            begin = Some(place);
        }
    });
    let (before, group) = text.split_at_checked(begin?)?;
    let (opening, inner, behind) = first_group(group)?;
    behind.is_empty().then_some((before, opening, inner))
}

/// Whether the sign at this place stands behind a `\` of its own.
fn is_escaped(text: &str, place: usize) -> bool {
    let before = text.get(..place).unwrap_or_default();
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// A pattern without the group around all of it, and its flags in front.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opened<'t> {
    /// Such as `(?i)`; may be empty.
    pub(super) flags: String,
    /// What may be any of these.
    pub(super) alternatives: Vec<&'t str>,
}

impl<'t> Opened<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut all = String::new();
        let mut bare = text;
        loop {
            let (flags, rest) = flags(bare);
            all.push_str(flags);
            bare = rest;
            let Some((opening, inner, "")) = first_group(bare) else { break };
            if let Some(flags) = opening.strip_prefix("(?").and_then(|o| o.strip_suffix(':'))
                && !flags.is_empty()
            {
                all.push_str("(?");
                all.push_str(flags);
                all.push(')');
            }
            bare = inner;
        }
        Self { flags: all, alternatives: pieces(bare, |c| c == '|') }
    }

    /// Whether white space in the pattern means nothing.
    pub(super) fn is_spaced(&self) -> bool {
        self.flags.contains('x')
    }

    /// The pattern with these alternatives instead.
    pub(super) fn with(&self, alternatives: &[String]) -> String {
        format!("{}{}", self.flags, alternatives.join("|"))
    }
}

/// What stands at an end of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// `^` or `$`: the end of the id.
    Id,
    /// `\b`: the end of a word.
    Word,
    /// `.*`: anything may be beyond.
    Open,
    /// Something else.
    Other,
}

/// What an alternative begins with; looks into groups.
pub(super) fn beginning(text: &str) -> End {
    let text = flags(text).1;
    if text.starts_with('^') || text.starts_with("\\A") {
        return End::Id;
    }
    if text.starts_with("\\b") {
        return End::Word;
    }
    if text.starts_with(".*") || text.starts_with(".+") {
        return End::Open;
    }
    match first_group(text) {
        Some((_, inner, rest)) if !is_repeated(rest) => of_all(inner, beginning),
        _ => End::Other,
    }
}

/// What an alternative ends with; looks into groups.
pub(super) fn ending(text: &str) -> End {
    let ends = |sign: &str| text.ends_with(sign) && !is_escaped(text, text.len() - sign.len());
    if ends("$") || ends("\\z") {
        return End::Id;
    }
    if ends("\\b") {
        return End::Word;
    }
    if [".*", ".+", ".*?", ".+?"].iter().any(|open| ends(open)) {
        return End::Open;
    }
    match last_group(text) {
        Some((_, _, inner)) => of_all(inner, ending),
        None => End::Other,
    }
}

/// Of several alternatives: an end of the id where one has it, else what all have.
fn of_all(inner: &str, end: impl Fn(&str) -> End) -> End {
    let ends: Vec<End> = pieces(inner, |c| c == '|').into_iter().map(end).collect();
    let first = ends.first().copied().unwrap_or(End::Other);
    if ends.contains(&End::Id) {
        End::Id
    } else if ends.iter().all(|end| *end == first) {
        first
    } else {
        End::Other
    }
}

fn is_repeated(rest: &str) -> bool {
    rest.starts_with(['*', '+', '?', '{'])
}

/// An alternative without the `^` that it begins with; `None` = not each of its groups has one.
pub(super) fn without_beginning(text: &str) -> Option<String> {
    let (flags, bare) = flags(text);
    if let Some(rest) = bare.strip_prefix('^').or_else(|| bare.strip_prefix("\\A")) {
        return Some(format!("{flags}{}", rest.trim_start_matches('^')));
    }
    let (opening, inner, rest) = first_group(bare)?;
    let inner = each_without(inner, without_beginning)?;
    Some(format!("{flags}{opening}{inner}){rest}"))
}

/// An alternative without the `$` that it ends with; `None` = not each of its groups has one.
pub(super) fn without_ending(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_suffix('$').or_else(|| text.strip_suffix("\\z")) {
        return Some(rest.to_owned());
    }
    let (before, opening, inner) = last_group(text)?;
    let inner = each_without(inner, without_ending)?;
    Some(format!("{before}{opening}{inner})"))
}

fn each_without(inner: &str, without: impl Fn(&str) -> Option<String>) -> Option<String> {
    let each: Option<Vec<String>> = pieces(inner, |c| c == '|').into_iter().map(without).collect();
    each.map(|each| each.join("|"))
}

#[cfg(test)]
mod tests;
