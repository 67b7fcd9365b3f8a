//! Where in a file a row and its attributes stand, and whether one is there twice.

use std::collections::{HashMap, HashSet};

/// The lines of a row, counted from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowPlace {
    /// Where the row begins.
    pub line: usize,
    /// Where each of its attributes stands.
    pub attributes: HashMap<String, usize>,
}

/// An attribute that stands twice in one map.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Twice {
    pub(super) name: String,
    pub(super) line: usize,
}

/// Counts lines, from the place where it stopped before.
pub(super) struct Lines<'a> {
    text: &'a str,
    offset: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, offset: 0, line: 1 }
    }

    /// The line of a part of the text. Parts must be asked for in their order.
    pub(super) fn of(&mut self, part: &str) -> usize {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let between = self.text.get(self.offset..offset).unwrap_or_default();
        self.line += between.bytes().filter(|byte| *byte == b'\n').count();
        self.offset = self.offset.max(offset);
        self.line
    }
}

/// Walks over one row as it stands in its file. It must be JSON already; the walk is a loop, so
/// that no depth can harm it.
pub(super) fn place_of(row: &str, line: usize) -> Result<RowPlace, Twice> {
    let mut place = RowPlace { line, attributes: HashMap::new() };
    let mut here = line;
    // Of each open map the names so far; of each open list none.
    let mut open: Vec<Option<HashSet<String>>> = Vec::new();
    let mut rest = row;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '{' => open.push(Some(HashSet::new())),
            '[' => open.push(None),
            '}' | ']' => drop(open.pop()),
            '\n' => here += 1,
            '"' => {
                length = string_length(rest);
                let after = rest.get(length..).unwrap_or_default();
                let is_name = after.trim_start().starts_with(':');
                let depth = open.len();
                if let (true, Some(Some(names))) = (is_name, open.last_mut()) {
                    let text = rest.get(..length).unwrap_or_default();
                    let name: String = serde_json::from_str(text).unwrap_or_default();
                    if depth == 1 {
                        place.attributes.insert(name.clone(), here);
                    }
                    if !names.insert(name.clone()) {
                        return Err(Twice { name, line: here });
                    }
                }
            }
            _ => {}
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(place)
}

/// The length of the string in quotes that the text begins with, in bytes.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]
mod tests {
    use super::*;

    #[test]
    fn each_attribute_has_its_line() {
        let text =
            "[\n  {\"a\": \"x\\\"{\", \"b\": {\"a\": [{\"a\": 1}]},\n   \"c\\u0064\": \"n:\"}\n]";
        let row = &text[4..text.len() - 2];
        let line = Lines::new(text).of(row);
        let place = place_of(row, line).unwrap();
        let named = |name: &str| place.attributes.get(name).copied();
        assert_eq!((place.line, place.attributes.len()), (2, 3));
        assert_eq!((named("a"), named("b"), named("cd")), (Some(2), Some(2), Some(3)));
    }

    #[test]
    fn twice_in_one_map() {
        for (row, name, line) in [
            ("{\"a\": 1,\n\"a\": 2}", "a", 8),
            ("{\"a\": 1, \"\\u0061\": 2}", "a", 7),
            ("{\"x\": [{\"a\": 1,\n\n\"a\": 2}]}", "a", 9),
        ] {
            assert_eq!(place_of(row, 7).unwrap_err(), Twice { name: name.into(), line });
        }
        place_of("{\"a\": {\"a\": \"a\"}, \"b\": [\"a\", \"a\"]}", 1).unwrap();
        place_of(&"[".repeat(100_000), 1).unwrap();
    }
}
