//! Values of a customer's attribute that were meant as more than a text: numbers in words, ranges,
//! several in one.

use crate::rows::Decimal;
use crate::text::{cut, plain};

/// What to write instead of `1000+`, `1000-2000`, `pro or business`.
pub(super) fn meant(text: &str) -> Option<String> {
    const OR: [&str; 8] = [" or ", " oder ", "||", "|", " 또는 ", " 혹은 ", "或", "または"];
    if let Some(number) = of_numbers(text).filter(|_| crate::text::number_meant(text).is_none()) {
        return Some(number);
    }
    let text = plain(text);
    OR.iter().find_map(|or| {
        let parts: Vec<&str> = text.split(or).map(str::trim).collect();
        let several = parts.len() > 1 && parts.iter().all(|part| !part.is_empty());
        several.then(|| {
            let list: Vec<String> = parts.iter().map(|part| format!("\"{}\"", cut(part))).collect();
            format!("for any of several write the list `[{}]`", list.join(", "))
        })
    })
}

/// What to write instead of a number, or a comparison of numbers, in words.
pub(super) fn of_numbers(text: &str) -> Option<String> {
    const AT_LEAST: [&str; 9] =
        ["+", "or more", "and more", "or above", "and up", "이상", "以上", "及以上", "oder mehr"];
    const AT_MOST: [&str; 6] = ["or less", "or below", "이하", "以下", "及以下", "oder weniger"];
    const BETWEEN: [&str; 6] = ["-", "~", "–", "..", " to ", " bis "];
    let text = plain(text);
    let number = |text: &str| {
        let text = text.trim();
        let number = Decimal::parse(text).map(|_| text.to_owned());
        let number = number.or_else(|| crate::text::number_meant(text))?;
        (Decimal::parse(&number).is_some() && !number.starts_with('-')).then_some(number)
    };
    let ended = |words: &[&str]| words.iter().find_map(|word| number(text.strip_suffix(word)?));
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
        format!("for a range of numbers write `>= {from}` here, and `> {until}` into `NotCustomer`")
    })
}
