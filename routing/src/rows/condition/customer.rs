//! The condition on the customer's own attributes.

mod matching;
mod typed;

use std::any::Any;

use super::entries::is_each_in;
use super::kind::{Asked, Compared, Holds, Kind};
use super::listed::{FromRow, RuleContext};
use super::own::{ValuePlace, doubt_of_name};
use crate::packed::{packed_struct, packed_wrapper};
use crate::rows::customer::Customer as Row;
use crate::rows::json::print_value;
use crate::rows::reader::{Empty, RowReader, map_typed_as_text};
use crate::rows::{Own, OwnValues, Unmet, Value};
use crate::text::{cut, name_key};
use matching::Match;
use typed::{range_in_vain, wanted};

/// What the attribute must look like.
const EXAMPLE: &str = "`{\"Plan\": [\"pro\", \"business\"], \"Spend\": \">= 1000\"}`";

/// `Customer`: all of these attributes of the customer are as asked for.
#[derive(Debug, Clone)]
pub(super) struct Customer(Vec<Requirement>);

/// One attribute, and what it may be.
#[derive(Debug, Clone)]
struct Requirement {
    /// As typed, for people.
    name: Box<str>,
    /// As compared.
    key: String,
    /// Any of these will do.
    any: Vec<Match>,
}

packed_wrapper!(Customer);
packed_struct!(Requirement { name, key, any });

impl Requirement {
    fn holds(&self, customer: &Row) -> bool {
        let owns = customer.attributes.get(&self.key);
        owns.is_some_and(|owns| {
            self.any.iter().any(|asked| owns.iter().any(|own| asked.holds(own)))
        })
    }

    fn shown(&self) -> String {
        let any: Vec<String> = self.any.iter().take(10).map(Match::shown).collect();
        format!("{} {}", self.name, any.join(" or "))
    }
}

impl FromRow for Customer {
    const NAMES_USERS: bool = true;

    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        _reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self> {
        let value = reader.value(attribute, Empty::IsError)?;
        let Value::Map(map) = value else {
            let typed = value.as_text().and_then(map_typed_as_text);
            if let Value::List(entries) = value
                && let [map @ Value::Map(_)] = entries.as_slice()
            {
                let map = cut(&print_value(map));
                reader.error(attribute, format!("expected a map (M), not a list; write `{map}`"));
                return None;
            }
            let message = typed.map_or_else(
                || format!("expected a map (M) of attributes to values; write such as {EXAMPLE}"),
                |map| format!("is a map typed as a text; write it as a map (M): `{map}`"),
            );
            reader.error(attribute, message);
            return None;
        };
        let named = reader.map_entries(attribute, map, Some, || "a value".to_owned())?;
        let mut good = true;
        let mut all = Vec::with_capacity(named.len());
        for (name, value) in named {
            let place = ValuePlace { attribute, name };
            match wanted(place, value) {
                Ok(any) => {
                    if let Some(message) = range_in_vain(&any, place) {
                        reader.warn_at(attribute, name, message);
                    }
                    if let Some(doubt) = doubt_of_name(place) {
                        reader.warn_at(attribute, name, doubt);
                    }
                    if let Some(doubt) = any.iter().find_map(|asked| asked.doubt(place)) {
                        reader.warn_at(attribute, &format!("{name}: {}", value.shown()), doubt);
                    }
                    all.push(Requirement { name: name.into(), key: name_key(name), any });
                }
                Err(message) => {
                    reader.error_at(attribute, &format!("{name}: {}", value.shown()), message);
                    good = false;
                }
            }
        }
        good.then_some(Self(all))
    }
}

impl Kind for Customer {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        asked.of_customer(|customer| self.0.iter().all(|wanted| wanted.holds(customer)))
    }

    fn compared(&self, asked: &Asked<'_>) -> Compared {
        let has = |customer: &Row| {
            let each = self.0.iter().take(10).map(|wanted| {
                let owns = customer.attributes.get(&wanted.key);
                let shown: Vec<&str> =
                    owns.into_iter().flatten().take(10).map(Own::as_str).collect();
                let shown = if shown.is_empty() { "missing".to_owned() } else { shown.join(", ") };
                format!("{} {shown}", wanted.name)
            });
            cut(&each.collect::<Vec<_>>().join("; "))
        };
        let expected = self.0.iter().take(10).map(Requirement::shown).collect::<Vec<_>>();
        Compared { expected: cut(&expected.join("; ")), found: asked.shown_of_customer(has) }
    }

    fn needs_customer(&self) -> bool {
        true
    }

    fn own_attributes(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|wanted| (wanted.name.as_ref(), wanted.key.as_str())).collect()
    }

    fn unmet<'c>(&'c self, key: &str, values: &OwnValues) -> Vec<Unmet<'c>> {
        let wanted = self.0.iter().filter(|wanted| wanted.key == key);
        wanted.flat_map(|wanted| &wanted.any).filter_map(|asked| asked.unmet(values)).collect()
    }
    fn is_within(&self, other: &dyn Any) -> bool {
        let Some(Self(other)) = other.downcast_ref() else { return false };
        let is_asked = |wanted: &Requirement| {
            let mut own = self.0.iter().filter(|own| own.key == wanted.key);
            own.any(|own| is_each_in(&own.any, &wanted.any, Match::is_within))
        };
        other.iter().all(is_asked)
    }
}
