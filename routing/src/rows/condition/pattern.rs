//! The condition that is a regular expression for the user's whole id.

mod ends;
mod meant;
mod mend;
mod shape;
mod words;

#[cfg(test)]
mod tests;

use std::any::Any;
use std::sync::Arc;

use super::entries::{Ids, negates};
use super::kind::{Asked, Compared, Holds, Kind};
use super::listed::{FromRow, RuleContext};
use crate::packed::packed_wrapper;
use crate::rows::Value;
use crate::rows::patterns::Compiled;
use crate::rows::reader::{Empty, RowReader};
use crate::text::cut;
use ends::bare_beginning;
use meant::{not_meant, of_glob};
pub(super) use shape::SPECIAL;
pub(super) use words::beginning_in_words;

/// Longest pattern, in characters.
const MAX_PATTERN: usize = 256;

/// `ClientUserIdPattern`: a regular expression for the whole id.
#[derive(Debug, Clone)]
pub(super) struct ClientUserIdPattern(Arc<Compiled>);

packed_wrapper!(ClientUserIdPattern);

impl FromRow for ClientUserIdPattern {
    const NAMES_USERS: bool = true;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        if let Some(Value::List(entries) | Value::Set(entries)) =
            reader.value(attribute, Empty::IsAbsent)
            && let Some(patterns) = entries.iter().map(Value::as_text).collect::<Option<Vec<_>>>()
            && patterns.len() > 1
        {
            let patterns = patterns.join("|");
            let write = not_meant(&patterns, attribute).map_or_else(
                || format!("write `{}`", cut(&patterns)),
                |_| "write them with `|` between".to_owned(),
            );
            reader.error(attribute, format!("expected one text (S), not a list; {write}"));
            return None;
        }
        let text = reader.text(attribute, Empty::IsError)?;
        let length = text.chars().count();
        if length > MAX_PATTERN {
            let message = format!(
                "has {length} characters, and at most {MAX_PATTERN} are allowed; write a shorter \
                one, or list the ids in `ClientUserIds`"
            );
            reader.error(attribute, message);
            return None;
        }
        if let Some(message) = not_meant(text, attribute) {
            reader.error(attribute, message);
            return None;
        }
        if let Some(message) = bare_beginning(text) {
            reader.warn(attribute, message);
        }
        // The pattern must be one by itself: `a)|(b` would escape the brackets that make it match
        // the whole id.
        match reading.context.patterns.compile(text) {
            Ok(compiled) => Some(Self(compiled)),
            Err(message) => {
                reader.error(attribute, message);
                None
            }
        }
    }
}

impl Kind for ClientUserIdPattern {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        self.0.matches(&asked.session.client_user_id).into()
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let found = asked.session.client_user_id.clone();
        Compared { expected: cut(self.0.text()), found }
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self.0.text() == other.0.text())
    }
}

/// What to write instead of an id with `*` in a list of exact ids or of beginnings; `None` when it
/// has none.
pub(super) fn instead_of_star(entry: &str, attribute: &str, ids: Ids) -> Option<String> {
    let anchored = entry.starts_with('^') && entry.len() > 1;
    if !entry.contains('*') && !anchored {
        return None;
    }
    let sign = if entry.contains('*') { '*' } else { '^' };
    let not = if negates(attribute).is_some() { "Not" } else { "" };
    let beginning = entry.strip_suffix(".*").or_else(|| entry.strip_suffix('*')).unwrap_or(entry);
    let beginning = beginning.strip_prefix('^').unwrap_or(beginning);
    let lists_users = ids != Ids::Accounts;
    Some(if beginning.is_empty() && !not.is_empty() {
        "would mean every id, so that the rule would be for nobody; write the ids to leave out, or \
        switch the rule off with `\"Enabled\": false`"
            .to_owned()
    } else if beginning.is_empty() {
        format!("would mean every id; to ask for all of them, remove `{attribute}`")
    } else if !beginning.contains(SPECIAL) && (entry.ends_with('*') || anchored) && lists_users {
        if ids == Ids::UserPrefixes {
            format!("is compared exactly as typed, with `{sign}`; write `{}`", cut(beginning))
        } else {
            format!(
                "is compared exactly as typed, with `{sign}`; write `{}` into \
                `{not}ClientUserIdPrefixes`",
                cut(beginning)
            )
        }
    } else if lists_users {
        let pattern = of_glob(entry).unwrap_or_else(|| entry.to_owned());
        format!(
            "is compared exactly as typed, with `{sign}`; write `{}` into \
            `{not}ClientUserIdPattern`",
            cut(&pattern)
        )
    } else {
        format!("is compared exactly as typed, with `{sign}`; write each id whole")
    })
}
