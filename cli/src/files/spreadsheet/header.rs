//! The first row of a spreadsheet, which names the columns, and what separates its cells.

use anyhow::{Result, bail};
use routing::text::{cut, name_key};

/// The column that a file must have.
const KEY: &str = "ClientUserId";
/// What separates cells.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// Most rows above the names that are looked at to say that they must go.
const FEW_ROWS: usize = 10;

/// The text to read, its separator, and how many lines were left out. Excel may say the separator
/// in a first line `sep=;`; else it is the one that the header has most of. Empty rows above the
/// header are left out.
pub(super) fn separator(text: &str) -> (&str, u8, u64) {
    let mut text = text.trim_start_matches('\u{feff}');
    let mut skipped = 0;
    let is_empty = |line: &str| line.bytes().all(|b| SEPARATORS.contains(&b) || b == b'\r');
    let (first, rest) = loop {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        if rest.is_empty() || !is_empty(first) {
            break (first, rest);
        }
        (text, skipped) = (rest, skipped + 1);
    };
    if let Some(said) = first.trim_end().trim_matches('"').strip_prefix("sep=")
        && let [said] = said.as_bytes()
    {
        return (rest, *said, skipped + 1);
    }
    // What stands in quotes is part of a name.
    let outside = first.split('"').step_by(2);
    let count = |separator: &u8| {
        outside.clone().flat_map(str::bytes).filter(|byte| byte == separator).count()
    };
    // Of equally many the first: a header of one column has none.
    let most = SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(b',');
    (text, most, skipped)
}

/// Refuses names that cannot be those of columns; `text` is the file behind the lines that were
/// left out.
///
/// # Errors
/// There is no column `ClientUserId`, one has no name, or two have the same.
pub(super) fn check(names: &[&str], text: &str, skipped: u64) -> Result<()> {
    if !names.contains(&KEY) {
        match names.iter().find(|name| is_key(name)) {
            Some(near) => bail!("the column `{near}` must be named `{KEY}`"),
            None => bail!("{}", without_key(names, text, skipped)),
        }
    }
    for (place, name) in names.iter().enumerate() {
        if name.is_empty() {
            bail!("column {} has no name; give it one, or delete the column", place + 1);
        }
        if names.iter().take(place).any(|before| before == name) {
            bail!("there are two columns `{name}`; keep one of them");
        }
    }
    Ok(())
}

fn is_key(name: &str) -> bool {
    let letters = |name: &str| name_key(name).replace([' ', '_', '-'], "");
    letters(name) == letters(KEY)
}

/// What to do with a file that has no column for the users' ids.
fn without_key(names: &[&str], text: &str, skipped: u64) -> String {
    if text.trim().is_empty() {
        return format!("the file is empty; its first row names the columns, such as `{KEY}`");
    }
    if text.trim_start().starts_with(['[', '{']) {
        return "is JSON, not CSV; save it as `customers.json` in a folder of its own, and import \
            the folder: `cargo desk import DIR`"
            .to_owned();
    }
    let is_between = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'));
    if let [only] = names
        && let Some(other) = only.split(is_between).find(|name| is_key(name))
        && other.len() < only.len()
    {
        return "its cells are not separated by commas, semicolons or tabs; save it from the \
            spreadsheet as `CSV UTF-8`"
            .to_owned();
    }
    let below = (skipped + 1..).zip(text.lines().take(FEW_ROWS)).skip(1);
    let mut below = below.filter(|(_, row)| row.split(is_between).any(is_key));
    if let Some((line, _)) = below.next() {
        return format!(
            "the first row must name the columns, and line {line} does; delete what stands above it"
        );
    }
    let shown: Vec<String> = names.iter().map(|name| cut(name)).collect();
    format!(
        "there is no column `{KEY}`; the columns are {}; name the one with the users' ids `{KEY}`, \
        or put a row with the names of the columns first",
        shown.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_separates_cells() {
        for (text, separator_is, begins, left_out) in [
            ("a,b\n", b',', "a", 0),
            ("a;b;c,d\n", b';', "a", 0),
            ("sep=|\r\na|b\n", b'|', "a", 1),
            ("\"sep=;\"\r\na;b\n", b';', "a", 1),
            (",,\r\n\na,b\n", b',', "a", 2),
            ("a\n", b',', "a", 0),
        ] {
            let (rest, separator, skipped) = separator(text);
            assert_eq!((separator, skipped), (separator_is, left_out), "{text:?}");
            assert!(rest.starts_with(begins), "{text:?}");
        }
    }

    #[test]
    fn a_file_without_the_column_is_told_what_to_do() {
        for (names, text, says) in [
            (&["ClientUserId|Plan"][..], "ClientUserId|Plan\nu|pro\n", "save it"),
            (&["ClientUserId，Plan"], "ClientUserId，Plan\n", "as `CSV UTF-8`"),
            (&["고객 목록"], "고객 목록\nClientUserId,Plan\n", "line 2 does; delete"),
            (&["UserId", "Plan"], "UserId,Plan\nu,pro\n", "are UserId, Plan; name the one with"),
            (&[], "", "the file is empty"),
            (&["[{}]"], "[{}]", "is JSON, not CSV"),
            (&["client_user_id"], "client_user_id\n", "must be named `ClientUserId`"),
        ] {
            let told =
                check(names, text, 0).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(told.contains(says), "{names:?}: {told}");
        }
    }
}
