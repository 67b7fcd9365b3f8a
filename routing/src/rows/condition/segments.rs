//! The condition on the customer's segments.

use std::any::Any;

use super::entries::{behind_minus, doubted, is_subset, joined, negates};
use super::kind::{Asked, Compared, Holds, Kind};
use super::listed::{FromRow, RuleContext};
use super::reach::Reach;
use crate::packed::packed_wrapper;
use crate::rows::customer::Customer;
use crate::rows::reader::{Empty, RowReader};
use crate::rows::value::Value;
use crate::text::{Logic, cut, entries_in_one, logic, name_key};

/// `Segments`: the customer is in one of them, by [`name_key`].
#[derive(Debug, Clone)]
pub(super) struct Segments(pub Vec<Box<str>>);

packed_wrapper!(Segments);

impl FromRow for Segments {
    const NAMES_USERS: bool = false;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        _reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        // Within `AnyOf`, or beside one, there is no other place for the second of two.
        let is_one = reader.value(attribute, Empty::IsError).is_some_and(|value| match value {
            Value::List(entries) | Value::Set(entries) => entries.len() == 1,
            value => value.as_text().is_some_and(|text| entries_in_one(text).is_none()),
        });
        let has_place = is_one && !reader.is_inside() && !reader.has("AnyOf");
        let read = |entry: &str| match no_segment(entry, attribute) {
            Some(message) => Err(message),
            None => Ok(name_key(entry).into()),
        };
        doubted(reader, attribute, read, |entry| doubt(entry, attribute, has_place)).map(Self)
    }
}

/// What to write instead of what is no segment's name.
fn no_segment(entry: &str, attribute: &str) -> Option<String> {
    let shown = cut(entry.trim_start_matches(['=', '＝']).trim());
    match logic(entry).or_else(|| behind_minus(entry)) {
        Some(Logic::Unlike(name)) => {
            let place = if negates(attribute).is_none() { " into `NotSegments`" } else { "" };
            Some(format!("has a sign that does not work here; write `{}`{place}", cut(&name)))
        }
        _ if entry.trim() == "*" => {
            Some("means any segment; a rule cannot ask for that; write their names".to_owned())
        }
        _ if entry.starts_with(['=', '＝']) && !shown.is_empty() => {
            Some(format!("needs no sign; write `{shown}`"))
        }
        _ => None,
    }
}

/// What to write, if a name was meant to be more than one name.
fn doubt(entry: &str, attribute: &str, has_place: bool) -> Option<String> {
    if entry.contains(['*', '＊']) && entry.trim() != "*" {
        return Some(
            "`*` stands for no other letters here; write the whole name of each segment".to_owned(),
        );
    }
    let negated = negates(attribute).is_some();
    if let Some(doubt) = no_name(entry, negated) {
        return Some(doubt);
    }
    let write = match logic(entry)? {
        Logic::Unlike(_) => return None,
        Logic::Not(name) if negated => format!("for users not in it write `{}`", cut(&name)),
        Logic::Not(name) => {
            format!("for users not in it write `{}` into `NotSegments`", cut(&name))
        }
        Logic::Any(names) if negated => {
            format!("for users in none of them write the list `{}`", list(&names))
        }
        Logic::Any(names) => format!("for users in any of them write the list `{}`", list(&names)),
        Logic::All(names) if negated => {
            format!("for users in none of them write the list `{}`", list(&names))
        }
        Logic::All(names) => match names.as_slice() {
            [one, other] if has_place => format!(
                "for users in both write `{}` here, and `[{{\"Segments\": [\"{}\"]}}]` into \
                `AnyOf`",
                cut(one),
                cut(other)
            ),
            _ => "of a list, any entry is enough; write one name, or a list of names".to_owned(),
        },
    };
    Some(format!("is read as one name; {write}"))
}

/// What to write instead of a name with a last day or a comparison in it, or, where segments are
/// left out, of several names in one.
fn no_name(entry: &str, negated: bool) -> Option<String> {
    let dated = entry.split_once([':', '：', '(', '（', '=']).filter(|(_, until)| {
        // `cohort:2026-05` and `age:20-29` are names.
        let begins_with_a_year = until.trim().chars().take_while(char::is_ascii_digit).count() == 4;
        begins_with_a_year && until.matches(['-', '/', '.']).count() >= 2
    });
    if let Some((segment, _)) = dated {
        return Some(format!(
            "is read as one name; a rule names the segment alone, and the customer's row its last \
            day: write `{}`",
            cut(segment.trim())
        ));
    }
    if entry.contains(['>', '<', '≥', '≤', '＞', '＜']) {
        return Some(
            "is read as one name; segments are not compared: write the names of all that are meant"
                .to_owned(),
        );
    }
    let parts: Vec<String> = entry.split(['/', '+']).map(|part| part.trim().to_owned()).collect();
    let are_several = parts.len() > 1 && parts.iter().all(|part| part.chars().nth(1).is_some());
    (negated && are_several).then(|| {
        format!("is read as one name; if these are several, write the list `{}`", list(&parts))
    })
}

/// Names as the text of a list.
fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{}\"", cut(name))).collect();
    format!("[{}]", quoted.join(", "))
}

impl Kind for Segments {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        asked.of_customer(|customer| {
            self.0.iter().any(|segment| customer.in_segment(segment, asked.now))
        })
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let segments = |customer: &Customer| joined(customer.segments_at(asked.now));
        Compared { expected: joined(&self.0), found: asked.shown_of_customer(segments) }
    }

    fn needs_customer(&self) -> bool {
        true
    }

    fn reach(&self) -> Reach<'_> {
        Reach::Segments(&self.0)
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| is_subset(&self.0, &other.0))
    }
}

#[cfg(test)]
mod tests;
