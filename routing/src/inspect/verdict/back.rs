//! What a `_Check` that a row has says of it, read again out of its text.

use super::text::{KEPT, NOT_USED, Verdict};

impl Verdict {
    /// Whether a row's `_Check` says that the row is in error.
    pub fn is_of_error(check: &str) -> bool {
        check.starts_with(KEPT) || check.starts_with(NOT_USED)
    }

    /// What a row's `_Check` says of the row as a whole, with nothing out of the row in it.
    pub fn in_short(check: &str) -> String {
        const MORE: &str = "…";
        if let Some(rest) = check.strip_prefix(KEPT) {
            let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
            return format!("{KEPT}{number} stays in force");
        }
        if check.starts_with(NOT_USED) {
            return NOT_USED.trim_end_matches([':', ' ']).to_owned();
        }
        let heads = ["ok", "disabled"];
        let known = heads.into_iter().find_map(|head| Some((head, check.strip_prefix(head)?)));
        match known {
            Some((head, rest)) if rest.starts_with(", WAITS: ") => format!("{head}, WAITS"),
            Some((head, rest)) if rest.starts_with(", but ") => format!("{head}, but {MORE}"),
            Some((head, rest)) if rest.starts_with("; ") => head.to_owned(),
            _ => MORE.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_short_nothing_of_the_row_is_said() {
        for (check, expected) in [
            ("ok; `Hours`: user-1; checked 2026", "ok"),
            ("ok; checked 2026", "ok"),
            ("ok, but `Segments`: user-1; checked 2026", "ok, but …"),
            ("ok, WAITS: user-1; but user-1; checked 2026", "ok, WAITS"),
            ("disabled; before enabling: user-1", "disabled"),
            ("NOT USED: `ClientUserIds`: user-1", "NOT USED"),
            (
                "IN ERROR, the version of release 41 stays in force: user-1",
                "IN ERROR, the version of release 41 stays in force",
            ),
            ("okuser-1", "…"),
            ("user-1", "…"),
        ] {
            assert_eq!(Verdict::in_short(check), expected, "{check}");
        }
    }
}
