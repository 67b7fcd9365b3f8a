//! The condition on the customer's own attributes.

use std::any::Any;

use super::customer::{found, of_customer};
use super::entries::is_each_in;
use super::kind::{Asked, Compared, Content, Holds, Kind, Reading};
use super::own::{
    LIST, ValuePlace, doubt_of_name, instead_of_comparison, instead_of_name, is_comparison, meant,
    of_numbers, of_two_ends,
};
use crate::packed::{packed_enum, packed_struct, packed_wrapper};
use crate::rows::customer::{Customer as Row, ours};
use crate::rows::limits::MAX_ENTRIES;
use crate::rows::notes::is_note;
use crate::rows::reader::{Empty, RowReader, map_typed_as_text};
use crate::rows::{Decimal, Own, OwnValues, Unmet, Value};
use crate::text::{Entries, cut, entries, is_company, name_key, plain};

/// What the attribute must look like.
const EXAMPLE: &str = "`{\"Plan\": [\"pro\", \"business\"], \"Spend\": \">= 1000\"}`";

/// `Customer`: all of these attributes of the customer are as asked for.
#[derive(Debug, Clone)]
pub(super) struct Customer(Vec<Wanted>);

/// One attribute, and what it may be.
#[derive(Debug, Clone)]
struct Wanted {
    /// As typed, for people.
    name: Box<str>,
    /// As compared.
    key: String,
    /// Any of these will do.
    any: Vec<Match>,
}

#[derive(Debug, Clone)]
enum Match {
    Is(Own),
    Than(Sign, Decimal, Box<str>),
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    AtLeast,
    Above,
    AtMost,
    Below,
}

packed_wrapper!(Customer);
packed_struct!(Wanted { name, key, any });
packed_enum!(Match { 0 = Is(own), 1 = Than(sign, number, typed) });
packed_enum!(Sign { 0 = AtLeast, 1 = Above, 2 = AtMost, 3 = Below });

impl Sign {
    const ALL: [(&'static str, Self); 8] = [
        (">=", Self::AtLeast),
        ("≥", Self::AtLeast),
        ("≧", Self::AtLeast),
        ("<=", Self::AtMost),
        ("≤", Self::AtMost),
        ("≦", Self::AtMost),
        (">", Self::Above),
        ("<", Self::Below),
    ];

    fn shown(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Above => ">",
            Self::AtMost => "<=",
            Self::Below => "<",
        }
    }

    fn holds(self, found: &Decimal, asked: &Decimal) -> bool {
        match self {
            Self::AtLeast => found >= asked,
            Self::Above => found > asked,
            Self::AtMost => found <= asked,
            Self::Below => found < asked,
        }
    }
}

impl Match {
    fn holds(&self, own: &Own) -> bool {
        match self {
            Self::Is(asked) => asked.is(own),
            Self::Than(sign, asked, _) => own.number().is_some_and(|own| sign.holds(own, asked)),
        }
    }

    fn unmet(&self, values: &OwnValues) -> Option<Unmet<'_>> {
        match self {
            Self::Is(own) => (!values.has(own)).then_some(Unmet::Value(own)),
            Self::Than(sign, number, typed) => {
                let met = values.range().is_some_and(|(least, most)| match sign {
                    Sign::AtLeast | Sign::Above => sign.holds(most, number),
                    Sign::AtMost | Sign::Below => sign.holds(least, number),
                });
                (!met).then_some(Unmet::Comparison(sign.shown(), typed))
            }
        }
    }

    /// What to write, if a text was meant to be more than one, or a number.
    fn doubt(&self, place: ValuePlace<'_>) -> Option<String> {
        let Self::Is(own) = self else { return None };
        if own.number().is_none() {
            return meant(own.as_str(), place);
        }
        let (many, few) = crate::text::two_numbers(own.as_str())?;
        Some(format!("may mean two numbers; write `{many}`, or `{few}`"))
    }

    /// Whether what meets this meets `other`.
    fn is_within(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Is(own), Self::Is(other)) => other.covers(own),
            (Self::Is(own), Self::Than(..)) => other.holds(own),
            (Self::Than(..), Self::Is(_)) => false,
            (Self::Than(own, from, _), Self::Than(sign, number, _)) => match (own, sign) {
                (Sign::AtLeast, Sign::Above) => from > number,
                (Sign::AtLeast | Sign::Above, Sign::AtLeast | Sign::Above) => from >= number,
                (Sign::AtMost, Sign::Below) => from < number,
                (Sign::AtMost | Sign::Below, Sign::AtMost | Sign::Below) => from <= number,
                _ => false,
            },
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Is(own) => own.as_str().to_owned(),
            Self::Than(sign, _, number) => format!("{} {number}", sign.shown()),
        }
    }
}

impl Wanted {
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

impl Customer {
    pub(super) const CONTENT: Content = Content::Values;
    /// Whether ids of users may stand in it, which a log may have to leave out.
    pub(super) const NAMES_USERS: bool = true;

    pub(super) fn read(
        reader: &mut RowReader<'_>,
        attribute: &str,
        _reading: &mut Reading<'_, '_>,
    ) -> Option<Self> {
        let value = reader.value(attribute, Empty::IsError)?;
        let Value::Map(map) = value else {
            let typed = value.as_text().and_then(map_typed_as_text);
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
                    all.push(Wanted { name: name.into(), key: name_key(name), any });
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

/// Reads what one attribute may be.
fn wanted(place: ValuePlace<'_>, value: &Value) -> Result<Vec<Match>, String> {
    if let Some(message) = instead_of_name(place) {
        return Err(message);
    }
    if is_note(place.name) {
        return Err(
            "is a note, which no rule reads; give customers the value under another name, \
            and write that here"
                .to_owned(),
        );
    }
    if let Some(ours) = ours(place.name) {
        return Err(match ours {
            "Segments" => {
                "is not an attribute of the customer's own; write the condition `Segments`"
            }
            "Language" => {
                "is not an attribute of the customer's own; write the condition `Languages`"
            }
            "ClientUserId" => {
                "is not an attribute of the customer's own; write the condition `ClientUserIds`"
            }
            _ => "is not an attribute of the customer's own, and no rule can ask for it; remove it",
        }
        .to_owned());
    }
    match value {
        Value::Text(text) if is_comparison(text) => Ok(vec![comparison(text, place)?]),
        // `1,000` would be the two values 1 and 000.
        Value::Text(text) if text.contains([',', '，']) && of_numbers(text, place).is_some() => {
            let write = of_numbers(text, place).unwrap_or_default();
            Err(format!("a comma stands between two values; {write}"))
        }
        // `Acme, Inc.` is one text.
        Value::Text(text) if is_company(text) => Ok(vec![one(value, place)?]),
        Value::Text(text) => match entries(text, MAX_ENTRIES) {
            Entries::TooMany => Err(too_many()),
            Entries::Of(parts) if parts.is_empty() => Err(empty()),
            Entries::Of(parts) => {
                parts.into_iter().map(|part| entry(&Value::Text(part.to_owned()), place)).collect()
            }
        },
        Value::List(values) | Value::Set(values) if values.len() > MAX_ENTRIES => Err(too_many()),
        Value::List(values) | Value::Set(values) if values.is_empty() => Err(empty()),
        Value::List(values) | Value::Set(values) => {
            values.iter().map(|value| entry(value, place)).collect::<Result<_, _>>()
        }
        other => Ok(vec![one(other, place)?]),
    }
}

fn entry(value: &Value, place: ValuePlace<'_>) -> Result<Match, String> {
    match value {
        // What is left of a list or map that was typed as text would never be a customer's value.
        Value::Text(text) if text.contains(['[', ']', '{', '}']) => Err(format!(
            "holds brackets, which no value has; write a value alone, or a list such as {LIST}"
        )),
        Value::Text(text) if is_company(text) => one(value, place),
        Value::Text(text) if !is_comparison(text) => {
            crate::rows::reader::wrong_entry(text).map_or_else(|| one(value, place), Err)
        }
        other => one(other, place),
    }
}

fn one(value: &Value, place: ValuePlace<'_>) -> Result<Match, String> {
    match value {
        Value::Text(text) if is_comparison(text) => comparison(text, place),
        Value::Null => Err(empty()),
        Value::Text(text) if text.is_empty() => Err(empty()),
        Value::Text(text) if text == "*" => {
            Err("means any value; a rule cannot ask for that; write the values".to_owned())
        }
        Value::Number(number) if Decimal::parse(number).is_none() => {
            Err("is a number too long to compare; write a shorter one".to_owned())
        }
        _ => Own::new(value).map(Match::Is).ok_or_else(|| {
            "expected a text, a number, true or false, or a list of these; write one of them"
                .to_owned()
        }),
    }
}

fn empty() -> String {
    "is empty; write a value, or remove the attribute".to_owned()
}

fn too_many() -> String {
    format!("has too many entries, the limit is {MAX_ENTRIES}; write fewer")
}

/// Reads `>= 1000`.
fn comparison(text: &str, place: ValuePlace<'_>) -> Result<Match, String> {
    let text = plain(text);
    if let Some((sign, rest)) =
        Sign::ALL.into_iter().find_map(|(typed, sign)| Some((sign, text.strip_prefix(typed)?)))
        && let Some(number) = Decimal::parse(rest)
    {
        if let Some((many, few)) = crate::text::two_numbers(rest) {
            let sign = sign.shown();
            return Err(format!("may mean two numbers; write `{sign} {many}`, or `{sign} {few}`"));
        }
        return Ok(Match::Than(sign, number, rest.trim().into()));
    }
    if let Some(range) = of_two_ends(&text, place) {
        return Err(format!("holds two comparisons, and one is possible; {range}"));
    }
    Err(instead_of_comparison(&text, place))
}

/// What to write, if a list asks for "at least this, or at most a larger one": a range was meant.
fn range_in_vain(any: &[Match], place: ValuePlace<'_>) -> Option<String> {
    let ends = |is_lower: bool| {
        any.iter().filter_map(move |asked| match asked {
            Match::Than(sign, number, typed) => {
                let lower = matches!(sign, Sign::AtLeast | Sign::Above);
                (lower == is_lower).then_some((number, (sign.shown(), &**typed)))
            }
            Match::Is(_) => None,
        })
    };
    let least = ends(true).min_by_key(|(number, _)| *number)?;
    let most = ends(false).max_by_key(|(number, _)| *number)?;
    let is_negated = place.attribute != "Customer";
    let so = if is_negated { "is left out" } else { "does" };
    (least.0 <= most.0).then(|| {
        format!(
            "any entry of the list will do, so nearly every number {so}; {}",
            place.range(least.1, most.1)
        )
    })
}

impl Kind for Customer {
    fn holds(&self, asked: &Asked<'_>) -> Holds {
        of_customer(asked, |customer| self.0.iter().all(|wanted| wanted.holds(customer)))
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
        let expected = self.0.iter().take(10).map(Wanted::shown).collect::<Vec<_>>();
        Compared { expected: cut(&expected.join("; ")), found: found(asked, has) }
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
        let is_asked = |wanted: &Wanted| {
            let mut own = self.0.iter().filter(|own| own.key == wanted.key);
            own.any(|own| is_each_in(&own.any, &wanted.any, Match::is_within))
        };
        other.iter().all(is_asked)
    }
}
