//! Names of rosters that were meant as more than a name.

use super::reader::RowReader;
use crate::text::{Logic, cut, logic};

/// The names in `seoul > night`, or the name in `1. seoul`, in quotes.
fn in_order(roster: &str) -> Option<Vec<String>> {
    let numbered = |name: &str| -> Option<String> {
        let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.strip_prefix(['.', ')']).filter(|_| rest.len() < name.len())?;
        let bare = rest.strip_prefix(char::is_whitespace)?.trim();
        (!bare.is_empty()).then(|| bare.to_owned())
    };
    let arrows = [" > ", "->", "→", "⇒", "=>", " >> "];
    let parts = arrows.iter().find_map(|arrow| {
        let parts: Vec<&str> = roster.split(arrow).map(str::trim).collect();
        (parts.len() > 1 && parts.iter().all(|part| !part.is_empty())).then_some(parts)
    });
    let is_list = parts.is_some();
    let parts = parts.unwrap_or_else(|| vec![roster]);
    let is_numbered = parts.iter().all(|part| numbered(part).is_some());
    (is_list || is_numbered).then(|| {
        let bare = |part: &&str| numbered(part).unwrap_or_else(|| (*part).to_owned());
        parts.iter().map(|part| format!("\"{}\"", cut(&bare(part)))).collect()
    })
}

/// Whether a name is an e-mail address, as ids of agents are.
fn is_address(roster: &str) -> bool {
    roster.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !roster.contains(char::is_whitespace)
    })
}

/// Tells of entries of `Rosters` with logic in them (`support or night`); false = one is an error.
pub(super) fn are_names<'r>(
    reader: &mut RowReader<'_>,
    rosters: impl Iterator<Item = &'r str>,
) -> bool {
    let mut good = true;
    for roster in rosters {
        match logic(roster) {
            Some(Logic::Unlike(_)) => {
                let message = "a sign for `not` (such as `!`) is not possible here; remove the \
                    entry, or write the name alone";
                reader.error_at("Rosters", roster, message);
                good = false;
            }
            Some(Logic::Any(names) | Logic::All(names)) => {
                let quoted: Vec<String> =
                    names.iter().map(|name| format!("\"{}\"", cut(name))).collect();
                let message = format!(
                    "is read as one name; for several rosters write the list `[{}]`",
                    quoted.join(", ")
                );
                reader.warn_at("Rosters", roster, message);
            }
            _ if roster.trim() == "*" => reader.warn_at(
                "Rosters",
                roster,
                "stands for no other letters here; write the names of the rosters",
            ),
            _ if is_address(roster) => reader.warn_at(
                "Rosters",
                roster,
                "looks like an agent's id, not a roster's name; a rule names agents in `AgentIds`",
            ),
            _ => {
                if let Some(names) = in_order(roster) {
                    let message = match names.as_slice() {
                        [only] => format!(
                            "is read as one name, with its number; write the name alone: `{}`",
                            only.trim_matches('"')
                        ),
                        _ => format!(
                            "is read as one name; for one roster after the other write the list \
                            `[{}]`",
                            names.join(", ")
                        ),
                    };
                    reader.warn_at("Rosters", roster, message);
                }
            }
        }
    }
    good
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_no_roster() {
        assert!(is_address("minji@example.com"));
        for good in ["@support", "support@seoul", "night shift", "a@b.c d"] {
            assert!(!is_address(good), "{good}");
        }
    }

    #[test]
    fn an_order_in_one_text() {
        for (typed, names) in [
            ("seoul > night", Some("\"seoul\", \"night\"")),
            ("seoul→night", Some("\"seoul\", \"night\"")),
            ("1. seoul", Some("\"seoul\"")),
            ("2) night", Some("\"night\"")),
            ("2nd line", None),
            ("1.5", None),
            ("a>b", None),
        ] {
            let told = in_order(typed).map(|names| names.join(", "));
            assert_eq!(told.as_deref(), names, "{typed}");
        }
    }
}
