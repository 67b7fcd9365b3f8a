//! A customer's own attributes (`Plan`, `Country`, `Spend`), as rules compare them.

use std::collections::BTreeSet;

use super::decimal::Decimal;
use super::limits::MAX_ENTRIES;
use super::value::Value;
use crate::packed::packed_struct;
use crate::text::{Entries, entries, is_company, is_form_of_company, name_key, number_meant};

/// Longest text that is compared, in bytes: no rule may ask for a longer one.
const LONGEST: usize = super::limits::MAX_ID_BYTES;

/// One value: a text compared as a name, or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// By [`name_key`].
    name: Box<str>,
    /// The number that it is, also when typed as text.
    number: Option<Decimal>,
    /// Whether it was typed as a number.
    is_number: bool,
}

packed_struct!(Own { name, number, is_number });

impl Own {
    /// A text, a number or a BOOL; `None` for other kinds, and for what is too long or blank.
    pub fn new(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) if !text.is_empty() && text.len() <= LONGEST => Some(Self {
                name: name_key(text).into(),
                number: Decimal::parse(text),
                is_number: false,
            }),
            Value::Number(text) => Some(Self {
                name: text.as_str().into(),
                number: Decimal::parse(text),
                is_number: true,
            }),
            Value::Bool(b) => Some(Self {
                name: if *b { "true" } else { "false" }.into(),
                number: None,
                is_number: false,
            }),
            _ => None,
        }
    }

    /// All values of an attribute: one, those of a list or a set, and of each text that is a list
    /// also its parts. What no rule can ask for (a map, an empty entry, a very long text) is none.
    /// `None` = there are more than 1,000.
    pub fn all(value: &Value) -> Option<Vec<Self>> {
        let mut all = Vec::new();
        let values = match value {
            Value::List(values) | Value::Set(values) => values.as_slice(),
            other => std::slice::from_ref(other),
        };
        for value in values {
            all.extend(Self::new(value));
            if let Value::Text(text) = value {
                all.extend(Self::parts(text)?);
            }
            if all.len() > MAX_ENTRIES {
                return None;
            }
        }
        Some(all)
    }

    /// The entries of a text that is also a list, such as `Seoul, Korea`; `1,000` is one number
    /// badly written. `None` = there are more than 1,000.
    fn parts(text: &str) -> Option<Vec<Self>> {
        let Entries::Of(parts) = entries(text, MAX_ENTRIES) else { return None };
        if parts.len() < 2 || number_meant(text).is_some() {
            return Some(Vec::new());
        }
        // Of `Acme, Inc.` the second would be what all companies share.
        let is_company = is_company(text);
        let parts = parts.into_iter().filter(|p| !is_company || !is_form_of_company(p));
        Some(parts.filter_map(|part| Self::new(&Value::Text(part.to_owned()))).collect())
    }

    /// Whether the two are the same: as numbers where one was typed as such, else as names.
    pub fn is(&self, other: &Self) -> bool {
        if self.is_number || other.is_number {
            self.number.is_some() && self.number == other.number
        } else {
            self.name == other.name
        }
    }

    /// Whether every value that is `other` is this one too: `1` typed as a number is also the text
    /// `01`, which the text `1` is not.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.is(other) && (self.is_number || !other.is_number)
    }

    /// As a number; `None` for a text that is none.
    pub fn number(&self) -> Option<&Decimal> {
        self.number.as_ref()
    }

    /// As compared.
    pub fn as_str(&self) -> &str {
        &self.name
    }
}

/// A value that a rule asks for and no customer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmet<'a> {
    /// A text or a number.
    Value(&'a Own),
    /// A comparison: its sign, and the number as typed.
    Comparison(&'static str, &'a str),
}

/// The values that all customers have of one attribute, to look one up among many.
#[derive(Debug, Default)]
pub struct OwnValues {
    names: BTreeSet<Box<str>>,
    /// Everything that is a number, also when typed as text.
    numbers: BTreeSet<Decimal>,
    /// What was typed as a number.
    typed: BTreeSet<Decimal>,
}

impl OwnValues {
    /// Adds a value.
    pub fn add(&mut self, own: &Own) {
        if let Some(number) = &own.number {
            self.numbers.insert(number.clone());
        }
        match &own.number {
            Some(number) if own.is_number => self.typed.insert(number.clone()),
            _ => self.names.insert(own.name.clone()),
        };
    }

    /// Whether one of the values [is](Own::is) this.
    pub fn has(&self, own: &Own) -> bool {
        let among = |all: &BTreeSet<Decimal>| own.number.as_ref().is_some_and(|n| all.contains(n));
        if own.is_number {
            among(&self.numbers)
        } else {
            self.names.contains(&own.name) || among(&self.typed)
        }
    }

    /// The texts, as compared.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// The least and the largest number; `None` when no value is a number.
    pub fn range(&self) -> Option<(&Decimal, &Decimal)> {
        self.numbers.first().zip(self.numbers.last())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn number(number: &str) -> Value {
        Value::Number(number.to_owned())
    }

    #[test]
    fn values_compared() {
        for (a, b, same) in [
            (text("Pro"), text("ｐｒｏ"), true),
            (text("pro"), text("free"), false),
            (number("3"), text("3"), true),
            (number("3.0"), number("3"), true),
            (number("9007199254740993"), number("9007199254740992"), false),
            (text("007"), text("7"), false),
            (text("3.0"), number("3"), true),
            (Value::Bool(true), text("TRUE"), true),
            (Value::Bool(true), number("1"), false),
            (text("a lot"), number("1"), false),
        ] {
            let (a, b) = (Own::new(&a).unwrap(), Own::new(&b).unwrap());
            assert_eq!((a.is(&b), b.is(&a)), (same, same), "{a:?} {b:?}");
        }
    }

    #[test]
    fn a_value_is_found_among_many_as_it_is_compared_with_each() {
        let values = [number("3"), text("5"), text("Pro"), Value::Bool(true)];
        let values = values.map(|value| Own::new(&value).unwrap());
        let mut all = OwnValues::default();
        for value in &values {
            all.add(value);
        }
        for (asked, found) in [
            (text("3.0"), true),
            (number("3.0"), true),
            (text("5"), true),
            (text("5.0"), false),
            (number("5.0"), true),
            (text("pro"), true),
            (text("4"), false),
            (number("4"), false),
            (text("true"), true),
        ] {
            let asked = Own::new(&asked).unwrap();
            assert_eq!(all.has(&asked), found, "{asked:?}");
            assert_eq!(values.iter().any(|value| asked.is(value)), found, "{asked:?}");
        }
    }

    #[test]
    fn all_values_of_an_attribute() {
        let shown = |value: &Value| {
            Own::all(value).iter().flatten().map(|own| own.as_str().to_owned()).collect::<Vec<_>>()
        };
        for (value, expected) in [
            (text("pro"), &["pro"][..]),
            (text("Pro， Basic"), &["pro, basic", "pro", "basic"]),
            (text("1,000"), &["1,000"]),
            (text("Acme, Inc."), &["acme, inc.", "acme"]),
            (text("Acme Co., Ltd."), &["acme co., ltd.", "acme co."]),
            (text("a, b, c"), &["a, b, c", "a", "b", "c"]),
            (Value::List(vec![text("a"), number("1"), Value::Null]), &["a", "1"]),
            (Value::Set(vec![text("a")]), &["a"]),
            (Value::Binary, &[]),
            (text(&"x".repeat(513)), &[]),
        ] {
            assert_eq!(shown(&value), expected, "{value:?}");
        }
    }
}
