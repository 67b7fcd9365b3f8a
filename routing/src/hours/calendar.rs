//! Calendars' names in a text where they stand beside other things.

use crate::text::cut;

/// The entries of a list that was typed as one text, where some are names of calendars; hours keep
/// their commas.
pub(super) fn entries(text: &str) -> Vec<&str> {
    let is_name = |text: &str| text.trim_start().starts_with(['@', '＠']);
    let mut entries = Vec::new();
    let (mut begin, mut at) = (0, 0);
    for piece in text.split_inclusive([',', ';', '，', '；', '、', '\n']) {
        let end = at + piece.len();
        let rest = text.get(end..).unwrap_or_default();
        // A name ends an entry, and so does what stands before a name.
        let ends =
            rest.trim().is_empty() || is_name(rest) || text.get(begin..end).is_some_and(is_name);
        if ends {
            let entry = text.get(begin..end).unwrap_or_default().trim();
            let entry = entry.trim_end_matches([',', ';', '，', '；', '、']).trim();
            if !entry.is_empty() {
                entries.push(entry);
            }
            begin = end;
        }
        at = end;
    }
    entries
}

/// How they are written; the list itself where all of it is `good`.
pub(super) fn as_a_list(entries: &[&str], good: bool) -> String {
    const ALONE: &str = "a calendar stands alone in its entry";
    if !good {
        return format!(
            "{ALONE}; write a list (L), with each calendar and all other hours as an entry of its \
            own"
        );
    }
    let quoted: Vec<String> = entries.iter().map(|entry| format!("\"{}\"", cut(entry))).collect();
    format!("{ALONE}; write the list `[{}]`", quoted.join(", "))
}

/// Words between a calendar and other hours.
const WITH: [&str; 9] = ["or ", "oder ", "and ", "und ", "plus ", "+", "&", "및 ", "또는 "];

/// What only closes, beside a calendar: of several entries, any one is open.
pub(super) fn closes(entry: &str) -> String {
    let entry = cut(entry);
    format!(
        "`{entry}` closes nothing of a calendar beside it; put `{entry}` at the end of the \
        calendar's own `Hours`, after a semicolon, and write the calendar alone here"
    )
}

/// Where hours or days beside a name were meant to narrow the calendar.
const NARROWED: &str = "a calendar has all of its hours, and nothing beside its name narrows them; \
    write the hours out, as in `Sa 10:00-14:00`, or make a calendar that has them";

/// What to write instead of a name with something before or behind it; `known` = there is such a
/// calendar; `off` = the hours only close.
pub(super) fn instead(
    text: &str,
    known: impl Fn(&str) -> bool,
    off: impl Fn(&str) -> bool,
) -> Option<String> {
    let at = text.find(['@', '＠'])?;
    let (before, behind) = (text.get(..at)?.trim(), text.get(at..)?);
    let behind = behind.trim_start_matches(['@', '＠']);
    if before.is_empty() {
        // `@support off`, `@support @night`
        let (name, rest) = behind.split_once(char::is_whitespace)?;
        if !known(name) {
            return None;
        }
        let rest = rest.trim();
        if WITH.iter().any(|word| rest.to_lowercase().starts_with(word)) {
            return Some(as_a_list(&[], false));
        }
        return Some(match rest.strip_prefix(['@', '＠']) {
            Some(other) if known(other.trim()) => as_a_list(&[&format!("@{name}"), rest], true),
            Some(_) => return None,
            _ if off(rest) && rest.contains(char::is_whitespace) => closes(rest),
            _ => NARROWED.to_owned(),
        });
    }
    if !known(behind.trim()) {
        return None;
    }
    let name = cut(behind.trim());
    let not = ["!", "not", "nicht", "außer", "except", "no", "without", "ohne"];
    Some(if not.contains(&before.to_lowercase().as_str()) {
        format!(
            "`@{name}` is open or not; in a rule, write `@{name}` into `NotHours` for when it is \
            closed"
        )
    } else {
        NARROWED.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_beside_other_hours() {
        for (text, expected) in [
            ("@support, Sa 10:00-14:00", &["@support", "Sa 10:00-14:00"][..]),
            ("@support; @night", &["@support", "@night"]),
            ("@support,@night,", &["@support", "@night"]),
            ("Mo-Fr 09:00-12:00,13:00-18:00; @night", &["Mo-Fr 09:00-12:00,13:00-18:00", "@night"]),
            ("@a，Mo 9:00-10:00, Tu 9:00-10:00", &["@a", "Mo 9:00-10:00, Tu 9:00-10:00"]),
            ("@support", &["@support"]),
        ] {
            assert_eq!(entries(text), expected, "{text}");
        }
    }

    #[test]
    fn a_calendar_with_something_beside_it() {
        for (text, says) in [
            ("@support off", Some("nothing beside its name narrows them")),
            ("@support PH off", Some("put `PH off` at the end of the calendar's own `Hours`")),
            ("@support 10:00-12:00", Some("nothing beside its name narrows them")),
            ("@support Sa", Some("nothing beside its name narrows them")),
            ("@support @night", Some("write the list `[\"@support\", \"@night\"]`")),
            ("not @support", Some("`NotHours`")),
            ("Mo-Fr @support", Some("nothing beside its name narrows them")),
            ("@support or Sa 10:00-14:00", Some("write a list (L)")),
            ("@support @other", None),
            ("@other off", None),
            ("ann@example.com", None),
        ] {
            let known = |name: &str| matches!(name, "support" | "night");
            let told = instead(text, known, |rest| rest.ends_with("off"));
            assert_eq!(told.is_some(), says.is_some(), "{text}: {told:?}");
            assert!(told.unwrap_or_default().contains(says.unwrap_or_default()), "{text}");
        }
    }
}
