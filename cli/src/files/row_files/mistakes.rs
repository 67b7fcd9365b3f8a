//! What is wrong with a text that is no JSON, in words, with its place.

use routing::text::clean;

/// Where in `text` an error of the parser is, as bytes from its beginning; `part` is the part of
/// it that was parsed.
pub(super) fn offset_of(text: &str, part: &str, error: &serde_json::Error) -> usize {
    let begin = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let lines: usize =
        part.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    begin + lines + error.column().saturating_sub(1)
}

/// What to write instead of what stands at this place, with line and column.
pub(super) fn told(text: &str, offset: usize, error: &serde_json::Error) -> String {
    if text.trim_start().starts_with("```") {
        return "is in a code fence; delete the lines that begin with three backticks".to_owned();
    }
    if text.trim() == "null" {
        return "is `null`; a file without rows is `[]`".to_owned();
    }
    // Texts are read only behind the signs around them.
    let said = error.to_string();
    let is_half = said.contains("surrogate") || said.contains("hex escape");
    let half = is_half.then(|| half_of_a_sign(text)).flatten();
    let mut offset = half.unwrap_or(offset).min(text.len());
    while !text.is_char_boundary(offset) {
        offset = offset.saturating_sub(1);
    }
    let (mut before, mut at) = text.split_at_checked(offset).unwrap_or((text, ""));
    // The parser sees a number or a word out of place only behind it.
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let word_before = before.len() - before.trim_end_matches(is_word).len();
    if at.starts_with(is_word)
        && word_before > 0
        && let Some((shorter, _)) = before.split_at_checked(before.len() - word_before)
    {
        at = text.get(shorter.len()..).unwrap_or_default();
        before = shorter;
    }
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}: {}", mistake(before, at, &error.to_string()))
}

/// The first escape that is half of a character: `\ud83d` without the other.
fn half_of_a_sign(text: &str) -> Option<usize> {
    let unit = |at: usize| {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let mut pair_until = 0;
    for (at, _) in text.match_indices("\\u") {
        match unit(at) {
            _ if at < pair_until => {}
            Some(0xd800..0xdc00) => match unit(at + 6) {
                Some(0xdc00..0xe000) => pair_until = at + 12,
                _ => return Some(at),
            },
            Some(0xdc00..0xe000) => return Some(at),
            _ => {}
        }
    }
    None
}

fn mistake(before: &str, at: &str, error: &str) -> String {
    if error.contains("surrogate") || error.contains("hex escape") {
        return "an escape such as `\\ud83d` is half of a character; write the character itself"
            .to_owned();
    }
    if error.contains("control character") {
        return "a line break or a tab stands in a text; write `\\n` or `\\t`".to_owned();
    }
    if error.contains("invalid escape") {
        return "`\\` begins an escape; for a `\\` of the text itself write `\\\\`".to_owned();
    }
    if error.contains("EOF") || at.trim().is_empty() {
        return "the text ends too early; close each `{`, `[` and `\"` that is open".to_owned();
    }
    if let Some(told) = beside_the_list(before, at) {
        return told;
    }
    let behind_comma = before.trim_end().ends_with(',');
    let digits = |c: char| c.is_ascii_digit();
    let whole = before.strip_suffix(',').map(|before| {
        let begin = before.trim_end_matches(digits).len();
        before.get(begin..).unwrap_or_default()
    });
    let word: String = at.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let first = at.chars().next().unwrap_or_default();
    match (first, word.as_str()) {
        (']' | '}', _) if behind_comma => {
            format!("a comma stands before `{first}`; delete it")
        }
        ('\'' | '‘' | '’' | '`', _) => {
            "texts and names stand in double quotes; write `\"`".to_owned()
        }
        ('“' | '”' | '„' | '«' | '»' | '「' | '」' | '＂', _) => {
            format!("`{first}` is not a quote in JSON; write `\"`")
        }
        ('，' | '、', _) => format!("`{first}` is not a comma in JSON; write `,`"),
        (';' | '；', _) => format!("`{first}` is not a comma; write `,`"),
        ('：' | '=', _) => format!("`{first}` must be a colon; write `:`"),
        ('［' | '］' | '｛' | '｝', _) => {
            format!("`{first}` is a full-width bracket; write that of the usual width")
        }
        ('/' | '#', _) => {
            "JSON has no comments; delete it, or write it into the row's `Notes`".to_owned()
        }
        (_, "True" | "TRUE") => "write `true`".to_owned(),
        (_, "False" | "FALSE") => "write `false`".to_owned(),
        (_, "None" | "NULL" | "Null" | "nil" | "undefined" | "NaN") => {
            format!("`{word}` is not a value; leave out the attribute")
        }
        ('0'..='9', _) if whole.is_some_and(|whole| !whole.is_empty()) => {
            let end = at.find(|c| !digits(c)).unwrap_or(at.len());
            let fraction = at.get(..end).unwrap_or_default();
            format!(
                "write a dot before a fraction, and a comma before a name; write `{}.{fraction}`",
                whole.unwrap_or_default()
            )
        }
        ('0'..='9' | '+' | '.', _) => {
            "is not a number in JSON: write it without `+` and without zeros in front, or write a \
            text of digits in double quotes"
                .to_owned()
        }
        ('"' | '{' | '[', _) if !behind_comma && !before.trim_end().ends_with([':', '[', '{']) => {
            format!("a comma is missing before `{first}`; write `,`")
        }
        (_, word) if !word.is_empty() => {
            format!("texts and names stand in double quotes; write `\"{word}\"`")
        }
        (first, _) if first != ' ' && clean(&first.to_string()).is_empty() => format!(
            "an unusual space stands here (U+{:04X}); delete it, or write a usual one",
            u32::from(first)
        ),
        _ => format!("`{first}` cannot stand here; write rows as in `[{{\"RuleId\": \"…\", …}}]`"),
    }
}

/// What to do with what stands before or behind the list of rows.
fn beside_the_list(before: &str, at: &str) -> Option<String> {
    let before = before.trim();
    let is_letter = |c: char| c.is_alphabetic() || c == '_';
    if before.is_empty() {
        // `rules = [`, `export default [`
        let is_led = at.starts_with(is_letter) && at.contains('[');
        return is_led
            .then(|| "a file of rows begins with `[`; delete what stands before it".to_owned());
    }
    if !before.starts_with('[') || !is_closed(before) {
        return None;
    }
    Some(if at.starts_with('[') {
        "a second list begins here; write all rows into the first, with a comma between two"
            .to_owned()
    } else {
        "the list of rows has ended before this; delete it, or move it into the list".to_owned()
    })
}

/// Whether every bracket that a text opens is closed in it.
fn is_closed(text: &str) -> bool {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'[' | b'{' if !is_text => depth += 1,
            b']' | b'}' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth == 0 && !is_text
}
