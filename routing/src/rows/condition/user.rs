//! Conditions on the user's id, exactly as typed.

mod dressed;

use std::any::Any;
use std::borrow::Cow;

use super::entries::{Ids, all_but, is_disjoint, is_each_in, is_subset, joined, negates};
use super::kind::{Asked, Compared, Holds, Kind};
use super::listed::{FromRow, RuleContext};
use super::pattern::instead_of_star;
use super::reach::Reach;
use crate::packed::packed_wrapper;
use crate::rows::limits::MAX_ENTRIES;
use crate::rows::reader::{Empty, RowReader};
use crate::text::{Logic, cut, logic, plain};
use dressed::{no_id, no_prefix};

/// Most entries of `ClientUserIds`.
const MAX_USER_IDS: usize = 10_000;

/// `ClientUserIds`: the exact id; sorted.
#[derive(Debug, Clone)]
pub(super) struct ClientUserIds(pub Vec<Box<str>>);

packed_wrapper!(ClientUserIds, ClientUserIdPrefixes);

impl FromRow for ClientUserIds {
    const NAMES_USERS: bool = true;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        _reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        let mut ids = exact(reader, attribute, MAX_USER_IDS, Ids::Users)?;
        ids.sort_unstable();
        Some(Self(ids))
    }
}

impl Kind for ClientUserIds {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        let user = asked.session.client_user_id.as_str();
        self.0.binary_search_by(|id| id.as_ref().cmp(user)).is_ok().into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        Compared { expected: joined(&self.0), found: asked.session.client_user_id.clone() }
    }

    fn reach(&self) -> Reach<'_> {
        Reach::Users(&self.0)
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        if let Some(ClientUserIdPrefixes(other)) = other.downcast_ref() {
            return is_each_in(&self.0, other, |id, prefix| id.starts_with(prefix.as_ref()));
        }
        other.downcast_ref::<Self>().is_some_and(|other| is_subset(&self.0, &other.0))
    }

    fn is_apart(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| is_disjoint(&self.0, &other.0))
    }
}

/// `ClientUserIdPrefixes`: how the id begins.
#[derive(Debug, Clone)]
pub(super) struct ClientUserIdPrefixes(pub Vec<Box<str>>);

impl FromRow for ClientUserIdPrefixes {
    const NAMES_USERS: bool = true;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        _reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        exact(reader, attribute, MAX_ENTRIES, Ids::UserPrefixes).map(Self)
    }
}

impl Kind for ClientUserIdPrefixes {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        let user = asked.session.client_user_id.as_str();
        self.0.iter().any(|prefix| user.starts_with(prefix.as_ref())).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        Compared { expected: joined(&self.0), found: asked.session.client_user_id.clone() }
    }

    fn reach(&self) -> Reach<'_> {
        Reach::Prefixes(&self.0)
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| {
            is_each_in(&self.0, &other.0, |own, other| own.starts_with(other.as_ref()))
        })
    }
}

/// Ids or beginnings of ids, exactly as typed.
pub(super) fn exact(
    reader: &mut RowReader<'_>,
    attribute: &str,
    max: usize,
    ids: Ids,
) -> Option<Vec<Box<str>>> {
    let entries = reader.list(attribute, Empty::IsError, max)?;
    let mut good = true;
    for entry in &entries {
        if let Some(message) = instead_of_star(entry, attribute, ids) {
            reader.error_at(attribute, entry, message);
            good = false;
        } else if let Some(doubt) =
            of_logic(entry, attribute).or_else(|| dressed(entry, attribute, ids))
        {
            reader.warn_at(attribute, entry, doubt);
        } else if let Some(parts) = entries_apart(entry) {
            let message = format!(
                "holds white space, which is taken as a part of the id; if these are several, \
                write each as an entry of its own: {parts}"
            );
            reader.warn_at(attribute, entry, message);
        } else if let Some(message) =
            other_letters(entry).or_else(|| slashes(entry, attribute, ids))
        {
            reader.warn_at(attribute, entry, message);
        }
    }
    good.then(|| boxed(entries))
}

/// What to write instead of an entry that surely is no id, or beginning of ids, as it stands.
fn dressed(entry: &str, attribute: &str, ids: Ids) -> Option<String> {
    let no_prefix = || no_prefix(entry, attribute).filter(|_| ids == Ids::UserPrefixes);
    no_prefix().or_else(|| no_id(entry, attribute, ids))
}

/// What to write, if an id was meant to say `not`, `or`, `and`. A `|` may stand in an id.
fn of_logic(entry: &str, attribute: &str) -> Option<String> {
    match logic(entry)? {
        Logic::Unlike(id) | Logic::Not(id) => Some(format!(
            "is compared exactly as typed; for all but this id {}",
            all_but(&id, attribute)
        )),
        Logic::Any(ids) | Logic::All(ids)
            if entry.contains(char::is_whitespace) || !entry.contains(['|', '&']) =>
        {
            Some(taken_as_one(ids.iter().map(String::as_str)))
        }
        _ => None,
    }
}

/// What to write instead of an id in full-width letters, or in letters that are put together of
/// several characters: it looks like the id that was meant, and is nobody's.
fn other_letters(entry: &str) -> Option<String> {
    let meant = plain(entry);
    (meant != entry).then(|| {
        format!(
            "is compared exactly as typed, and its letters are not those of a keyboard; write \
            `{}`, unless the id really has them",
            cut(&meant)
        )
    })
}

/// A `/` may stand in an id; but where ids are left out, several in one would leave out nobody.
fn slashes(entry: &str, attribute: &str, ids: Ids) -> Option<String> {
    negates(attribute)?;
    let entry = ["<br>", "<br/>", "\\n", "→"].iter().fold(Cow::Borrowed(entry), |entry, sign| {
        if entry.contains(sign) { entry.replace(sign, "/").into() } else { entry }
    });
    let is_between = |c: char| c == '/' || c == '|' && ids == Ids::UserPrefixes;
    let parts: Vec<&str> =
        entry.split(is_between).map(str::trim).filter(|p| !p.is_empty()).collect();
    // `org/team` is one beginning; `gold-/silver-` surely is two.
    let good = ids != Ids::UserPrefixes || parts.iter().all(|part| part.ends_with(['-', '_', ':']));
    (parts.len() > 1 && good).then(|| taken_as_one(parts.into_iter()))
}

/// What is said of an id that several may have been meant by.
fn taken_as_one<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let shown: Vec<String> = parts.take(10).map(|part| format!("`{}`", cut(part))).collect();
    let shown = shown.join(", ");
    format!("is taken as one id; if these are several, write each as an entry of its own: {shown}")
}

/// The parts of an id with white space or a middle dot in it, as they would be typed.
fn entries_apart(entry: &str) -> Option<String> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '・' | '·');
    let parts: Vec<&str> = entry.split(is_between).filter(|part| !part.is_empty()).collect();
    let shown = |part: &&str| format!("`{}`", cut(part));
    (parts.len() > 1).then(|| parts.iter().take(10).map(shown).collect::<Vec<_>>().join(", "))
}

fn boxed(entries: Vec<&str>) -> Vec<Box<str>> {
    entries.into_iter().map(Box::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_ids_in_one() {
        assert_eq!(entries_apart("u1 u2").as_deref(), Some("`u1`, `u2`"));
        assert_eq!(entries_apart("u1・u2").as_deref(), Some("`u1`, `u2`"));
        assert_eq!(entries_apart("auth0|u1"), None);
    }

    #[test]
    fn ids_in_other_letters() {
        for (typed, write) in [
            ("ｍallory", "write `mallory`"),
            ("\u{1109}\u{1165}\u{110b}\u{1167}\u{11ab}", "write `서연`"),
            ("ｕ＿１", "write `u_1`"),
        ] {
            let told = other_letters(typed).unwrap_or_default();
            assert!(told.contains(write), "{typed}: {told}");
        }
        for good in ["mallory", "서연", "u_1", "@TGS#2J4 SZEAEL+😀", "Mallory"] {
            assert_eq!(other_letters(good), None, "{good}");
        }
    }

    #[test]
    fn a_slash_where_ids_are_left_out() {
        let told = slashes("u1/u2", "NotClientUserIds", Ids::Users).unwrap_or_default();
        assert!(told.contains("write each as an entry of its own: `u1`, `u2`"), "{told}");
        assert_eq!(slashes("u1/u2", "ClientUserIds", Ids::Users), None, "it is for fewer");
        assert_eq!(slashes("org/team", "NotClientUserIdPrefixes", Ids::UserPrefixes), None);
        assert_eq!(slashes("u1/", "NotClientUserIds", Ids::Users), None);
        for (typed, attribute, ids) in [
            ("u1<br>u2", "NotClientUserIds", Ids::Users),
            ("u1→u2", "NotClientUserIds", Ids::Users),
            ("u1\\nu2", "NotClientUserIds", Ids::Users),
            ("gold-/silver-", "NotClientUserIdPrefixes", Ids::UserPrefixes),
            ("gold-|silver-", "NotClientUserIdPrefixes", Ids::UserPrefixes),
        ] {
            let told = slashes(typed, attribute, ids).unwrap_or_default();
            assert!(told.contains("if these are several"), "{typed}: {told}");
        }
    }

    #[test]
    fn logic_in_an_id() {
        for (typed, attribute, says) in [
            ("!u1", "ClientUserIds", Some("write `u1` into `NotClientUserIds`")),
            ("not u1", "NotClientUserIds", Some("write `u1`")),
            ("u1 or u2", "ClientUserIds", Some("of its own: `u1`, `u2`")),
            ("u1 and u2", "ClientUserIds", Some("of its own: `u1`, `u2`")),
            ("auth0|u1", "ClientUserIds", None),
            ("u1 u2", "ClientUserIds", None),
        ] {
            let told = of_logic(typed, attribute);
            assert_eq!(told.is_some(), says.is_some(), "{typed}: {told:?}");
            assert!(told.unwrap_or_default().contains(says.unwrap_or_default()), "{typed}");
        }
    }
}
