//! Conditions on the customer's row.

use std::any::Any;

use super::entries::{
    all_but, behind_minus, doubted, is_each_in, is_subset, joined, negates, several,
};
use super::kind::{Asked, Compared, Holds, Kind};
use super::listed::{FromRow, RuleContext};
use super::reach::Reach;
use crate::language::{self, covers};
use crate::packed::packed_wrapper;
use crate::rows::Fact;
use crate::rows::customer::Customer;
use crate::rows::reader::{Empty, RowReader};
use crate::rows::value::Value;
use crate::text::{Logic, cut, entries_in_one, logic, name_key};

/// `Segments`: the customer is in one of them, by [`name_key`].
#[derive(Debug, Clone)]
pub(super) struct Segments(pub Vec<Box<str>>);

packed_wrapper!(Segments, Languages);

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
        of_customer(asked, |customer| {
            self.0.iter().any(|segment| customer.in_segment(segment, asked.now))
        })
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let segments = |customer: &Customer| joined(customer.segments_at(asked.now));
        Compared { expected: joined(&self.0), found: found(asked, segments) }
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

/// `Languages`: the customer's language is one of them, or is covered by one, by
/// [`language::parse`].
#[derive(Debug, Clone)]
pub(super) struct Languages(pub Vec<String>);

impl FromRow for Languages {
    const NAMES_USERS: bool = false;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        _reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        let read = |entry: &str| {
            language::parse(entry).map_err(|message| {
                match logic(entry).or_else(|| behind_minus(entry)) {
                    Some(Logic::Unlike(code) | Logic::Not(code))
                        if language::parse(&code).is_ok() =>
                    {
                        format!(
                            "is not a language code; for all others {}",
                            all_but(&code, attribute)
                        )
                    }
                    _ => several(entry, |code| language::parse(code).err())
                        .or_else(|| no_language(entry, attribute))
                        .unwrap_or(message),
                }
            })
        };
        let doubt = |entry: &str| {
            match name_key(entry).as_str() {
            // To remove it here would let everybody in.
            "all" | "any" if attribute.starts_with("Not") => Some(
                "is a rare language, so nearly nobody is left out by it; write the languages to \
                leave out, or, if the rule is for nobody, `\"Enabled\": false`".to_owned(),
            ),
            _ => language::doubt(entry),
        }
        };
        doubted(reader, attribute, read, doubt).map(Self)
    }
}

/// What to write instead of several languages in one, or a word for all of them.
fn no_language(entry: &str, attribute: &str) -> Option<String> {
    if let Some(codes) = language::several(entry) {
        return Some(format!("is not a language code; write each as an entry of its own: {codes}"));
    }
    let is_all = matches!(name_key(entry).as_str(), "*" | "every" | "전체" | "모두" | "全部");
    is_all.then(|| match negates(attribute) {
        None => format!("is not a language code; to ask for every language, remove `{attribute}`"),
        Some(_) => "is not a language code; write the languages to leave out, or, if the rule is \
            for nobody, `\"Enabled\": false`"
            .to_owned(),
    })
}

impl Kind for Languages {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        of_customer(asked, |customer| {
            let spoken = customer.language.as_deref().unwrap_or_default();
            self.0.iter().any(|language| covers(language, spoken))
        })
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let language =
            |customer: &Customer| customer.language.as_deref().unwrap_or("none").to_owned();
        Compared { expected: joined(&self.0), found: found(asked, language) }
    }

    fn needs_customer(&self) -> bool {
        true
    }

    fn is_within(&self, other: &dyn Any) -> bool {
        other
            .downcast_ref::<Self>()
            .is_some_and(|other| is_each_in(&self.0, &other.0, |own, other| covers(other, own)))
    }
}

/// Whether a test of the customer holds. A user without a row is in no segment and speaks no
/// language.
pub(super) fn of_customer(asked: &Asked<'_>, test: impl Fn(&Customer) -> bool) -> Holds {
    match asked.customer {
        Fact::NotRead => Holds::NeedsCustomer,
        Fact::Unknown => Holds::Unknown,
        Fact::Is(customer) => customer.as_ref().is_some_and(test).into(),
    }
}

/// What a trace shows of the customer.
pub(super) fn found(asked: &Asked<'_>, show: impl Fn(&Customer) -> String) -> String {
    match asked.customer {
        Fact::Is(Some(customer)) => show(customer),
        Fact::Is(None) => "no customer row".to_owned(),
        Fact::Unknown => "unknown: the customer could not be read".to_owned(),
        Fact::NotRead => "not asked: nothing depends on the customer here".to_owned(),
    }
}

#[cfg(test)]
mod tests;
