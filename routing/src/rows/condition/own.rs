//! What to write instead of a value of a customer's own that is none.

mod words;

use super::entries::negates;
use crate::rows::Value;
use crate::rows::decimal::Decimal;
use crate::rows::json::print_value;
use crate::text::{Logic, cut, logic, name_key, plain};

/// A list of values, for findings.
pub(super) const LIST: &str = r#"`["pro", "business"]`"#;

/// What a comparison begins with.
const SIGNS: [char; 9] = ['<', '>', '=', '≥', '≤', '≧', '≦', '≠', '!'];

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) struct ValuePlace<'a> {
    /// `Customer` or `NotCustomer`.
    pub(super) attribute: &'a str,
    /// The customer's attribute.
    pub(super) name: &'a str,
}

impl ValuePlace<'_> {
    /// How to ask for a range of numbers, or for all outside of it.
    pub(super) fn range(self, lower: (&str, &str), upper: (&str, &str)) -> String {
        let (below, above) = (otherwise(lower.0), otherwise(upper.0));
        if self.attribute == "Customer" {
            format!(
                "for a range of numbers write `{} {}` here, and `{above} {}` into `NotCustomer`",
                lower.0, lower.1, upper.1
            )
        } else {
            format!(
                "for all numbers outside a range write `{{\"{}\": [\"{below} {}\", \"{above} \
                {}\"]}}` into `Customer`",
                cut(self.name),
                lower.1,
                upper.1
            )
        }
    }

    /// How to ask for all but this value.
    fn without(self, value: &str) -> String {
        let value = cut(value);
        if negates(self.attribute).is_none() {
            let quote = if Decimal::parse(&value).is_some() { "" } else { "\"" };
            let name = cut(self.name);
            format!("write `{{\"{name}\": {quote}{value}{quote}}}` into `NotCustomer`")
        } else {
            format!("write `{value}`")
        }
    }
}

/// What to write instead of a name with a sign, such as `Spend >=`.
pub(super) fn instead_of_name(place: ValuePlace<'_>) -> Option<String> {
    let text = plain(place.name);
    let bare = text.trim_matches(|c: char| SIGNS.contains(&c) || c.is_whitespace());
    let has_sign = text.starts_with(SIGNS) || text.ends_with(SIGNS);
    (has_sign && !bare.is_empty()).then(|| {
        format!(
            "write the sign before the value, not in the name; write such as `{{\"{}\": \">= \
            3\"}}`, or without a sign",
            cut(bare)
        )
    })
}

/// What to write, if a name was meant to say `Not`.
pub(super) fn doubt_of_name(place: ValuePlace<'_>) -> Option<String> {
    let bare =
        place.name.strip_prefix("Not").filter(|bare| bare.starts_with(char::is_uppercase))?;
    let (bare, name) = (cut(bare), cut(place.name));
    negates(place.attribute).is_none().then(|| {
        format!(
            "asks for an attribute named `{name}`; to leave out users with this `{bare}`, write \
            `{bare}` into `NotCustomer` instead"
        )
    })
}

/// Whether a text begins with a sign of a comparison.
pub(super) fn is_comparison(text: &str) -> bool {
    plain(text).starts_with(SIGNS)
}

/// What to write instead of `1000+`, `1000-2000`, `pro or business`.
pub(super) fn meant(text: &str, place: ValuePlace<'_>) -> Option<String> {
    if let Some(number) =
        of_numbers(text, place).filter(|_| crate::text::number_meant(text).is_none())
    {
        return Some(format!("is compared as a text; {number}"));
    }
    let list = |names: &[String]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{}\"", cut(name))).collect();
        format!("for any of several write the list `[{}]`", quoted.join(", "))
    };
    let write = match logic(text)? {
        Logic::Unlike(name) | Logic::Not(name) => {
            format!("to leave it out, {}", place.without(&name))
        }
        Logic::Any(names) => list(&names),
        // `Sales and Marketing` is a name like others; with signs it is none.
        Logic::All(names) if plain(text).contains("&&") => list(&names),
        Logic::All(_) => return None,
    };
    Some(format!("is compared as a text; {write}"))
}

/// What to write instead of a number, or a comparison of numbers, in words.
pub(super) fn of_numbers(text: &str, place: ValuePlace<'_>) -> Option<String> {
    const AT_LEAST: [&str; 9] =
        ["+", "or more", "and more", "or above", "and up", "이상", "以上", "及以上", "oder mehr"];
    const AT_MOST: [&str; 6] = ["or less", "or below", "이하", "以下", "及以下", "oder weniger"];
    const BETWEEN: [&str; 6] = ["-", "~", "–", "..", " to ", " bis "];
    let text = plain(text);
    let number = |text: &str| {
        let text = text.trim();
        let number = Decimal::parse(text).map(|_| text.to_owned());
        let number = number.or_else(|| crate::text::number_meant(text))?;
        Decimal::parse(&number).is_some().then_some(number)
    };
    let ended = |words: &[&str]| words.iter().find_map(|word| number(text.strip_suffix(word)?));
    if let Some((sign, number)) = words::comparison(&text, number) {
        return Some(format!("for a number write `{sign} {number}`"));
    }
    if let Some(number) = ended(&AT_LEAST) {
        return Some(format!("for a number write `>= {number}`"));
    }
    if let Some(number) = ended(&AT_MOST) {
        return Some(format!("for a number write `<= {number}`"));
    }
    let (from, until) = BETWEEN
        .iter()
        .find_map(|between| {
            let (from, until) = text.split_once(between)?;
            Some((number(from)?, number(until)?))
        })
        .filter(|(from, until)| Decimal::parse(from) < Decimal::parse(until))
        .or_else(|| number(&text).map(|number| (number, String::new())))?;
    Some(if until.is_empty() {
        format!("write the number `{from}`")
    } else {
        place.range((">=", from.as_str()), ("<=", until.as_str()))
    })
}

/// What to write instead of a map as programs have it: `{"gte": 1000}`, `{"$in": ["pro"]}`.
pub(super) fn of_operator(value: &Value, place: ValuePlace<'_>) -> Option<String> {
    let Value::Map(map) = value else { return None };
    let (name, inner) = map.iter().next().filter(|_| map.len() == 1)?;
    let name = name_key(name);
    let name = name.trim_start_matches('$');
    let text = match inner {
        Value::Text(text) | Value::Number(text) => Some(text.trim()),
        _ => None,
    };
    let is_number = text.is_some_and(|text| Decimal::parse(text).is_some());
    if let Some(sign) = words::sign(name) {
        return text.filter(|_| is_number).map(|number| format!("write `{sign} {number}`"));
    }
    match (name, inner) {
        ("in" | "any", Value::List(entries) | Value::Set(entries)) if !entries.is_empty() => {
            Some(format!("write the list alone: `{}`", cut(&print_value(inner))))
        }
        ("eq" | "is" | "=", _) => Some(format!("write the value alone: `{}`", cut(text?))),
        ("ne" | "not" | "!=", _) => Some(place.without(text?)),
        _ => None,
    }
}

/// What to write instead of two comparisons in one text: `>= 1000 < 2000`.
pub(super) fn of_two_ends(text: &str, place: ValuePlace<'_>) -> Option<String> {
    let text = plain(text).replace("&&", " ").replace([',', ';'], " ").replace(" and ", " ");
    let mut rest = text.trim();
    let mut ends: Vec<(&str, &str)> = Vec::new();
    while !rest.is_empty() {
        let (sign, behind) =
            COMPARED.iter().find_map(|(typed, sign)| Some((*sign, rest.strip_prefix(typed)?)))?;
        let end = behind
            .trim_start()
            .find(SIGNS)
            .map(|end| end + behind.len() - behind.trim_start().len());
        let (number, behind) = behind.split_at_checked(end.unwrap_or(behind.len()))?;
        let number = number.trim();
        Decimal::parse(number)?;
        ends.push((sign, number));
        rest = behind;
    }
    match ends.as_slice() {
        [lower, upper] if lower.0.starts_with('>') && upper.0.starts_with('<') => {
            Some(place.range(*lower, *upper))
        }
        [upper, lower] if lower.0.starts_with('>') && upper.0.starts_with('<') => {
            Some(place.range(*lower, *upper))
        }
        _ => None,
    }
}

/// Signs of comparisons as typed, and as written.
const COMPARED: [(&str, &str); 8] = [
    (">=", ">="),
    ("≥", ">="),
    ("≧", ">="),
    ("<=", "<="),
    ("≤", "<="),
    ("≦", "<="),
    (">", ">"),
    ("<", "<"),
];

/// The sign that holds where this one does not.
fn otherwise(sign: &str) -> &'static str {
    match sign {
        ">=" => "<",
        ">" => "<=",
        "<=" => ">",
        _ => ">=",
    }
}

/// What to write instead of what begins with a sign, but compares no number.
pub(super) fn instead_of_comparison(text: &str, place: ValuePlace<'_>) -> String {
    let bare = text.trim_start_matches(SIGNS).trim();
    let signs = text.get(..text.len() - text.trim_start_matches(SIGNS).len());
    let number = match Decimal::parse(bare) {
        Some(_) => Some(bare.to_owned()),
        None => crate::text::number_meant(bare).filter(|meant| Decimal::parse(meant).is_some()),
    };
    match (signs.unwrap_or_default(), number) {
        ("=" | "==" | "===", _) => format!("needs no sign; write `{}`", cut(bare)),
        ("!=" | "<>" | "≠" | "!" | "!==", _) => {
            format!("has a sign that does not work here; {}", place.without(bare))
        }
        ("=>", Some(number)) => format!("has its signs reversed; write `>= {number}`"),
        ("=<", Some(number)) => format!("has its signs reversed; write `<= {number}`"),
        (sign @ (">=" | ">" | "<=" | "<"), Some(number)) => {
            format!("is not a number as it stands; write `{sign} {number}`")
        }
        ("≥" | "≧", Some(number)) => format!("write `>= {number}`"),
        ("≤" | "≦", Some(number)) => format!("write `<= {number}`"),
        _ => "compares numbers only; write such as `>= 1000`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::json::parse_value;

    #[test]
    fn a_map_as_programs_have_it() {
        let place = ValuePlace { attribute: "Customer", name: "Spend" };
        for (typed, write) in [
            (r#"{"gte": 1000}"#, Some("write `>= 1000`")),
            (r#"{"$lt": "5"}"#, Some("write `< 5`")),
            (r#"{">=": 1000}"#, Some("write `>= 1000`")),
            (r#"{"$in": ["pro", "max"]}"#, Some(r#"write the list alone: `["pro", "max"]`"#)),
            (r#"{"eq": "pro"}"#, Some("write the value alone: `pro`")),
            (r#"{"$ne": "free"}"#, Some(r#"write `{"Spend": "free"}` into `NotCustomer`"#)),
            (r#"{"gte": 1, "lt": 5}"#, None),
            (r#"{"gte": "much"}"#, None),
            (r#"{"like": "pro"}"#, None),
        ] {
            let told = of_operator(&parse_value(typed).unwrap(), place);
            assert_eq!(told.as_deref(), write, "{typed}");
        }
    }
}
