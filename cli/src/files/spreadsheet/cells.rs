//! One cell as the console would have it.

use anyhow::{Result, bail};
use routing::hours::parse_end;
use routing::rows::customer::instead_of_seconds;
use routing::rows::{Defaults, Value};
use routing::text::{is_rounded, is_spreadsheet_error, name_key};

/// Most digits of a number in DynamoDB.
const MAX_DIGITS: usize = 38;

/// What stands between the segments of a cell.
pub(super) const SEPARATORS: [char; 7] = [';', ',', '、', '，', '；', '\n', '\r'];
/// How databases write that there is nothing.
const NOTHING: [&str; 4] = ["NULL", "\\N", "(null)", "<null>"];
/// What stands in front of a row of sums, as names are compared.
const SUMS: [&str; 12] = [
    "합계", "총계", "소계", "total", "totals", "sum", "总计", "合计", "小计", "合計", "總計",
    "summe",
];

/// Why a row is no customer, by its id and how many cells it has.
pub(super) fn no_customer(id: &str, cells: usize) -> Option<String> {
    if cells == 1 && (id.starts_with("# ") || id.starts_with("//")) {
        return Some("looks like a comment; delete the row".to_owned());
    }
    SUMS.contains(&name_key(id).as_str())
        .then(|| "looks like the row of a sum; delete the row".to_owned())
}

/// A cell as the console would have it.
pub(super) fn value(name: &str, cell: &str, defaults: &Defaults) -> Result<Value> {
    if is_rounded(cell) {
        bail!(
            "the spreadsheet wrote a long number in exponent form and lost its digits; give the \
            column the format Text, type the number again, and save"
        );
    }
    if is_spreadsheet_error(cell) {
        bail!("is a spreadsheet's error, and no value; correct the formula, or empty the cell");
    }
    if NOTHING.contains(&cell) {
        bail!("is how databases write that there is no value; empty the cell");
    }
    if cell.contains('\u{fffd}') {
        bail!(
            "letters were lost when the file was saved; save it again from the spreadsheet as `CSV \
            UTF-8`"
        );
    }
    let whole = cell.strip_suffix(".0").filter(|_| matches!(name, "ClientUserId" | "Owner"));
    if let Some(whole) = whole.filter(|whole| whole.bytes().all(|byte| byte.is_ascii_digit())) {
        bail!("a program made a fraction of the id; write `{whole}`");
    }
    // `="007"` is how a spreadsheet keeps the zeros of a text.
    let text = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    if let Some(text) = text.filter(|text| !text.is_empty() && name != "Segments") {
        return Ok(Value::Text(text.to_owned()));
    }
    // So does a quote in front.
    let digits = cell.strip_prefix('\'');
    if let Some(digits) = digits.filter(|text| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && name != "Segments"
    }) {
        return Ok(Value::Text(digits.to_owned()));
    }
    if name == "ExpiresAt"
        && let Some(meant) = cell.parse().ok().and_then(instead_of_seconds)
    {
        bail!("is read as seconds, and surely is not in seconds; write `{meant}`");
    }
    match name {
        "Segments" => segments(cell, defaults),
        "ExpiresAt" if is_exact_number(cell) => Ok(Value::Number(cell.to_owned())),
        "ExpiresAt" => match parse_end(cell, defaults.time_zone) {
            Ok(end) => Ok(Value::Number(end.timestamp().to_string())),
            Err(message) => bail!("{message}"),
        },
        "ClientUserId" | "Language" | "Owner" => Ok(Value::Text(cell.to_owned())),
        _ if is_exact_number(cell) => Ok(Value::Number(cell.to_owned())),
        _ => Ok(Value::Text(cell.to_owned())),
    }
}

/// Segments as a list, or with last days (`vip:2027-06-30`) as a map.
fn segments(cell: &str, defaults: &Defaults) -> Result<Value> {
    if cell.starts_with('{') {
        bail!("{}", instead_of_map(cell));
    }
    let entries = cell.split(SEPARATORS).map(str::trim);
    let entries: Vec<&str> = entries.filter(|entry| !entry.is_empty()).collect();
    // As part of the name, the last day would never come.
    for entry in &entries {
        let behind = entry
            .split_once(['=', '(', '（', '＝'])
            .or_else(|| entry.rsplit_once(char::is_whitespace))
            .filter(|_| !entry.contains([':', '：']));
        if let Some((name, until)) = behind
            && let until = until.trim_end_matches([')', '）']).trim()
            && !name.trim().is_empty()
            && parse_end(until, defaults.time_zone).is_ok()
        {
            bail!("`{entry}` has its last day after the name; write `{}:{until}`", name.trim());
        }
    }
    let dated = |entry: &&str| entry.contains([':', '：']);
    if !entries.iter().any(dated) {
        return Ok(Value::List(entries.iter().map(|entry| Value::Text((*entry).into())).collect()));
    }
    let mut map = std::collections::BTreeMap::new();
    for entry in entries {
        let Some((name, until)) = entry.split_once([':', '：']) else {
            bail!(
                "`{entry}` has no last day, and other segments here have one; write \
                `{entry}:2027-12-31`, or no last day at all"
            );
        };
        let until = Value::Text(until.trim().to_owned());
        if map.insert(name.trim().to_owned(), until).is_some() {
            bail!("`{}` is in the cell twice; keep one of them", name.trim());
        }
    }
    Ok(Value::Map(map))
}

/// What to write instead of a map as JSON has it: `{"vip": "2027-06-30"}`.
fn instead_of_map(cell: &str) -> String {
    let map = serde_json::from_str::<std::collections::BTreeMap<String, String>>(cell);
    match map {
        Ok(map) if !map.is_empty() => {
            let each: Vec<String> =
                map.iter().map(|(name, until)| format!("{name}:{until}")).collect();
            format!("is a map as rows have it; in a cell write `{}`", each.join("; "))
        }
        _ => "holds braces; in a cell write such as `vip:2027-12-31`".to_owned(),
    }
}

/// Whether DynamoDB keeps every digit of the text as a number: no zeros in front or at the end of
/// a fraction, no plus, at most 38 digits.
fn is_exact_number(cell: &str) -> bool {
    let number = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(a, b)| (a, Some(b)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(|fraction| digits(fraction) && !fraction.ends_with('0'))
        && number.len() <= MAX_DIGITS
        && cell != "-0"
}
