//! A level or a tier behind a name.

use crate::text::plain;

/// Highest proficiency of a skill.
pub(crate) const MAX_PROFICIENCY: i64 = 5;

/// A name with a small number behind it, as people write a level or a tier: `german:3`,
/// `german (3)`, `german>=3`.
pub(crate) fn leveled(entry: &str) -> Option<(String, i64)> {
    let plain = plain(entry).replace(['≥', '≧'], ">=");
    let plain = plain.trim().trim_end_matches([')', '+']).trim_end();
    let level = plain.chars().next_back()?.to_digit(10)?;
    let before = plain.get(..plain.len() - 1)?.trim_end();
    let name = before.trim_end_matches([':', '=', '>', '(']);
    let marked = name.len() < before.len() && (1..=MAX_PROFICIENCY).contains(&i64::from(level));
    // `>3` is more than 3.
    let is_sure = !before.ends_with('>') && !name.contains(['<', '>', '=', ':']);
    let name = name.trim_end();
    (marked && is_sure && !name.is_empty()).then(|| (name.to_owned(), i64::from(level)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_behind_a_name() {
        for (typed, meant) in [
            ("german:3", Some("german")),
            ("german： 3", Some("german")),
            ("german (3)", Some("german")),
            ("german>=3", Some("german")),
            ("german=3+", Some("german")),
            ("german>3", None),
            ("german 3", None),
            ("german:9", None),
            ("a:b:3", None),
            (":3", None),
            ("tier2", None),
        ] {
            assert_eq!(leveled(typed).map(|(name, _)| name).as_deref(), meant, "{typed}");
        }
    }
}
