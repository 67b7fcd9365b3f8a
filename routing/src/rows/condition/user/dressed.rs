//! Ids that were typed with something around them, or something else in place of an id: each would
//! be an id that nobody has.

use super::super::entries::{Ids, negates};
use super::super::pattern::{SPECIAL, beginning_in_words};
use crate::text::{cut, is_rounded, is_spreadsheet_error, name_key, plain};

/// Most ids that are told one by one.
const FEW: u64 = 10;
/// Words for all users.
const ALL: [&str; 14] = [
    "all",
    "any",
    "anyone",
    "everyone",
    "everybody",
    "전체",
    "모두",
    "모든",
    "全部",
    "所有",
    "全员",
    "すべて",
    "全て",
    "alle",
];
/// Words for no user.
const NONE: [&str; 13] = [
    "none",
    "null",
    "nil",
    "n/a",
    "na",
    "nobody",
    "-",
    "없음",
    "해당없음",
    "无",
    "無",
    "なし",
    "keine",
];

/// What to write instead of an entry that surely is no id.
pub(super) fn no_id(entry: &str, attribute: &str, ids: Ids) -> Option<String> {
    if is_spreadsheet_error(entry) {
        return Some("is a spreadsheet's error, not an id; write the id".to_owned());
    }
    if is_rounded(entry) {
        return Some(
            "is a long number that a spreadsheet rounded; write the id with all digits".to_owned(),
        );
    }
    let key = name_key(entry);
    // Ids may begin like any word.
    let is_whole = ids != Ids::UserPrefixes;
    if is_whole && (NONE.contains(&key.as_str()) || key == "undefined") {
        return Some("is taken as one id; write an id, or remove the entry".to_owned());
    }
    if is_whole && ALL.contains(&key.as_str()) {
        return Some(match negates(attribute) {
            None => format!("is taken as one id; to ask for all of them, remove `{attribute}`"),
            Some(_) => "is taken as one id, so nobody else is left out; write the ids to leave \
                out, or, if the rule is for nobody, `\"Enabled\": false`"
                .to_owned(),
        });
    }
    if let Some(bare) = undressed(entry) {
        return Some(format!(
            "is compared exactly as typed, with what is around the id; write `{}`",
            cut(bare)
        ));
    }
    if let Some(told) = percent(entry, attribute, ids).or_else(|| glob(entry, attribute, ids)) {
        return Some(told);
    }
    range(entry).map(|ids| match ids.as_slice() {
        [] => "is taken as one id; write each id as an entry of its own".to_owned(),
        ids => format!(
            "is taken as one id; if these are several, write each as an entry of its own: {}",
            ids.iter().map(|id| format!("`{}`", cut(id))).collect::<Vec<_>>().join(", ")
        ),
    })
}

/// What to write instead of an entry that surely is not how ids begin.
pub(super) fn no_prefix(entry: &str, attribute: &str) -> Option<String> {
    if let Some(letters) = beginning_in_words(entry) {
        return Some(format!(
            "is compared exactly as typed, with its words; write `{}`",
            cut(letters)
        ));
    }
    let bare = entry.trim_end_matches(['.', '…']);
    if !bare.is_empty() && (entry.ends_with("..") || entry.ends_with('…')) {
        return Some(format!("is compared exactly as typed, with its dots; write `{}`", cut(bare)));
    }
    let pattern = attribute.replace("Prefixes", "Pattern");
    // An account of Tencent's own begins with `@` too: `@TGS#…`.
    if entry.starts_with('@') && entry.contains('.') && !entry.contains(['#', ' ']) {
        return Some(format!(
            "is how ids begin, not how they end; for all ids that end so write `.*{}` into \
            `{pattern}`",
            cut(&entry.replace('.', "\\."))
        ));
    }
    let class = entry.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    if class.is_some_and(|(letters, _)| !letters.is_empty() && !letters.contains(SPECIAL))
        && entry.matches(['[', ']']).count() == 2
        && !entry.contains(|c| SPECIAL.contains(&c) && !matches!(c, '[' | ']' | '-'))
    {
        return Some(format!(
            "is compared exactly as typed, with its brackets; write `{}.*` into `{pattern}`",
            cut(entry)
        ));
    }
    let bare = entry.trim_end_matches(['?', '？']);
    (bare.len() < entry.len() && !bare.is_empty()).then(|| {
        format!(
            "is compared exactly as typed, with `?`; write the beginning alone: `{}`",
            cut(bare)
        )
    })
}

fn prefixes(attribute: &str) -> &'static str {
    match negates(attribute) {
        None => "ClientUserIdPrefixes",
        Some(_) => "NotClientUserIdPrefixes",
    }
}

/// The id without the mark of a list before it, a note behind it, or a name and `mailto:`.
fn undressed(entry: &str) -> Option<&str> {
    let one = |text: &'_ str| !text.is_empty() && !text.contains(char::is_whitespace);
    let id = |text: &'_ str| one(text) && text.contains(char::is_alphanumeric);
    if let Some(id_behind) = behind_mark(entry).filter(|bare| id(bare)) {
        return Some(id_behind);
    }
    if let Some(address) = entry.strip_prefix("mailto:").filter(|bare| id(bare)) {
        return Some(address);
    }
    if let Some((_, inner)) = entry.strip_suffix('>').and_then(|rest| rest.rsplit_once('<'))
        && id(inner)
        && inner.contains('@')
    {
        return Some(inner);
    }
    const NOTES: [&str; 6] = [" (", "（", " #", " //", " --", "\t("];
    let (before, note) =
        NOTES.iter().find_map(|sign| Some((entry.split_once(sign)?.0.trim(), *sign)))?;
    let is_closed = !note.ends_with(['(', '（']) || entry.ends_with([')', '）']);
    (id(before) && is_closed).then_some(before)
}

/// What stands behind `- `, `・` or `1. `.
fn behind_mark(entry: &str) -> Option<&str> {
    if let Some(rest) = entry.strip_prefix(['・', '•', '‣', '◦', '▪', '●', '·']) {
        return Some(rest.trim_start());
    }
    let rest = entry.strip_prefix(['-', '–', '—']).or_else(|| {
        let rest = entry.trim_start_matches(|c: char| c.is_ascii_digit());
        (rest.len() < entry.len()).then(|| rest.strip_prefix(['.', ')']))?
    })?;
    rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
}

/// A `%` at the end, as databases have it for any letters.
fn percent(entry: &str, attribute: &str, ids: Ids) -> Option<String> {
    let bare = entry.strip_suffix(['%', '％'])?;
    let place = match ids {
        Ids::Users => format!(" into `{}`", prefixes(attribute)),
        Ids::UserPrefixes => String::new(),
        Ids::Accounts => return None,
    };
    let good = !bare.is_empty() && !bare.contains(SPECIAL);
    good.then(|| {
        format!(
            "is compared exactly as typed, with `%`; for all ids that begin so write `{}`{place}",
            cut(bare)
        )
    })
}

/// `u?` or `u[0-9]`, as file names and patterns have them for any letter.
fn glob(entry: &str, attribute: &str, ids: Ids) -> Option<String> {
    let class = entry.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    let has_class = class.is_some_and(|(inside, _)| inside.contains('-'));
    if ids != Ids::Users || !(entry.ends_with(['?', '？']) || has_class) {
        return None;
    }
    let bare = entry.replace(['?', '？', '[', ']'], "");
    let good = !bare.is_empty() && !bare.contains(|c| c != '.' && SPECIAL.contains(&c));
    let not = if negates(attribute).is_some() { "Not" } else { "" };
    good.then(|| {
        format!(
            "is taken exactly as typed; for any letter there write `{}` into \
            `{not}ClientUserIdPattern`",
            cut(&entry.replace('.', "\\.").replace(['?', '？'], "."))
        )
    })
}

/// The ids of `u1~u5`; none = there are too many to tell.
fn range(entry: &str) -> Option<Vec<String>> {
    let entry = plain(entry);
    let (first, last) = ["~", "..", " - ", " to ", "〜"]
        .iter()
        .find_map(|between| entry.split_once(between))
        .map(|(first, last)| (first.trim(), last.trim()))?;
    let cut_at = |id: &str| id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (letters, from) = first.split_at_checked(cut_at(first))?;
    let (other, until) = last.split_at_checked(cut_at(last))?;
    let same = other == letters || other.is_empty();
    if !same || (letters.is_empty() && other.is_empty() && from.len() != until.len()) {
        return None;
    }
    let (low, high): (u64, u64) = (from.parse().ok()?, until.parse().ok()?);
    let count = high.checked_sub(low).filter(|count| *count > 0)?;
    if count >= FEW || (from.starts_with('0') && from.len() != until.len()) {
        return Some(Vec::new());
    }
    let width = if from.len() == until.len() { from.len() } else { 0 };
    Some((low..=high).map(|number| format!("{letters}{number:0width$}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_id_is_told_what_to_write() {
        for (typed, says) in [
            ("- u1", "write `u1`"),
            ("・u1", "write `u1`"),
            ("2) u1", "write `u1`"),
            ("u1 (VIP)", "write `u1`"),
            ("u1（단골）", "write `u1`"),
            ("u1 # kim", "write `u1`"),
            ("Kim <u1@example.com>", "write `u1@example.com`"),
            ("mailto:u1@example.com", "write `u1@example.com`"),
            ("all", "to ask for all of them, remove `ClientUserIds`"),
            ("N/A", "write an id, or remove the entry"),
            ("#N/A", "is a spreadsheet's error"),
            ("1.23E+12", "with all digits"),
            ("gold-%", "write `gold-` into `ClientUserIdPrefixes`"),
            ("u?", "write `u.` into `ClientUserIdPattern`"),
            ("u[0-9]", "write `u[0-9]` into `ClientUserIdPattern`"),
            ("undefined", "write an id, or remove the entry"),
            ("u1~u3", "of its own: `u1`, `u2`, `u3`"),
            ("u08..u10", "of its own: `u08`, `u09`, `u10`"),
            ("u001 ~ u100", "write each id as an entry of its own"),
        ] {
            let told = no_id(typed, "ClientUserIds", Ids::Users).unwrap_or_default();
            assert!(told.contains(says), "{typed}: {told}");
        }
        let left_out = no_id("모두", "NotClientUserIds", Ids::Users).unwrap_or_default();
        assert!(left_out.contains("so nobody else is left out"), "{left_out}");
        for good in [
            "u1",
            "u1-u5",
            "u1(VIP)",
            "@TGS#1 A",
            "-u1",
            "1.u1",
            "u~1",
            "5~3",
            "a..b",
            "allen",
            "kim minji",
            "kim%40x.com",
            "5e3",
            "u1..u1",
        ] {
            assert_eq!(no_id(good, "ClientUserIds", Ids::Users), None, "{good}");
        }
    }

    #[test]
    fn what_is_no_beginning_is_told_what_to_write() {
        for (typed, says) in [
            ("starts with gold-", "write `gold-`"),
            ("gold-으로 시작", "write `gold-`"),
            ("gold...", "write `gold`"),
            ("gold…", "write `gold`"),
            ("gold-??", "alone: `gold-`"),
            ("gold-[0-9]", "write `gold-[0-9].*` into `ClientUserIdPattern`"),
            ("@example.com", "write `.*@example\\.com` into `ClientUserIdPattern`"),
        ] {
            let told = no_prefix(typed, "ClientUserIdPrefixes").unwrap_or_default();
            assert!(told.contains(says), "{typed}: {told}");
        }
        for good in ["gold-", "@TGS#", "@", "a.b", "gold.", "[", "u?x", "?"] {
            assert_eq!(no_prefix(good, "ClientUserIdPrefixes"), None, "{good}");
        }
        for good in ["any", "na", "all"] {
            assert_eq!(no_id(good, "ClientUserIdPrefixes", Ids::UserPrefixes), None, "{good}");
        }
    }
}
