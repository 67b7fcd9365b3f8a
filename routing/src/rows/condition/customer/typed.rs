//! What is typed for a customer's attribute: a value, a comparison, or a list of these.

use super::matching::{Match, Sign};
use crate::rows::condition::own::{
    LIST, ValuePlace, instead_of_comparison, instead_of_name, is_comparison, of_numbers,
    of_operator, of_two_ends,
};
use crate::rows::customer::ours;
use crate::rows::limits::MAX_ENTRIES;
use crate::rows::notes::is_note;
use crate::rows::{Decimal, Own, Value};
use crate::text::{Entries, entries, is_company, plain};

/// Reads what one attribute may be.
pub(super) fn wanted(place: ValuePlace<'_>, value: &Value) -> Result<Vec<Match>, String> {
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
        Value::Text(text) if is_left_of_a_list(text) => Err(format!(
            "holds brackets, which no value has; write a value alone, or a list such as {LIST}"
        )),
        Value::Text(text) if is_company(text) => one(value, place),
        Value::Text(text) if !is_comparison(text) => {
            crate::rows::reader::wrong_entry(text).map_or_else(|| one(value, place), Err)
        }
        other => one(other, place),
    }
}

/// Whether brackets stand around a text, or at one side alone: `[VIP] Gold` is a value.
fn is_left_of_a_list(text: &str) -> bool {
    let is_whole = text.starts_with('[') && text.ends_with(']');
    is_whole || text.contains(['{', '}']) || text.matches('[').count() != text.matches(']').count()
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
            const EXPECTED: &str = "expected a text, a number, true or false, or a list of these";
            let write = of_operator(value, place).unwrap_or_else(|| "write one of them".to_owned());
            format!("{EXPECTED}; {write}")
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
pub(super) fn range_in_vain(any: &[Match], place: ValuePlace<'_>) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_is_too_long_to_compare() {
        let place = ValuePlace { attribute: "Customer", name: "A" };
        for typed in ["1e9999".to_owned(), "9".repeat(101)] {
            let told = wanted(place, &Value::Number(typed)).unwrap_err();
            assert_eq!(told, "is a number too long to compare; write a shorter one");
        }
        assert!(wanted(place, &Value::Number("9".repeat(100))).is_ok());
    }
}
