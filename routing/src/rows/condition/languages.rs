//! The condition on the customer's language.

use std::any::Any;

use super::entries::{all_but, behind_minus, doubted, is_each_in, joined, negates, several};
use super::kind::{Asked, Compared, Holds, Kind};
use super::listed::{FromRow, RuleContext};
use crate::language::{self, covers};
use crate::packed::packed_wrapper;
use crate::rows::customer::Customer;
use crate::rows::reader::RowReader;
use crate::text::{Logic, logic, name_key};

/// `Languages`: the customer's language is one of them, or is covered by one, by
/// [`language::parse`].
#[derive(Debug, Clone)]
pub(super) struct Languages(pub Vec<String>);

packed_wrapper!(Languages);

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
        asked.of_customer(|customer| {
            let spoken = customer.language.as_deref().unwrap_or_default();
            self.0.iter().any(|language| covers(language, spoken))
        })
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let language =
            |customer: &Customer| customer.language.as_deref().unwrap_or("none").to_owned();
        Compared { expected: joined(&self.0), found: asked.shown_of_customer(language) }
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

#[cfg(test)]
mod tests;
