//! Numbers as people type them, and which they may mean.

use super::clean::plain;

/// What a text of a number was meant to be: `1,000` as `1000`, `10%` as `10`, `5,5` as `5.5`,
/// `３ 人` not at all. `None` when it cannot be told, or is a number as it stands.
///
/// Only the form is judged; whether the number is right here is the caller's to say.
pub(crate) fn number_meant(text: &str) -> Option<String> {
    let text = plain(text.trim());
    let text = text.trim();
    let bare = text
        .trim_start_matches(['+', '$', '€', '¥', '₩', '£', '#', '\'', '"', '`'])
        .trim_end_matches(['%', '.', '\'', '"', '`', '$', '€', '¥', '₩', '£', '元', '원', '円'])
        .trim();
    let (sign, body) = match bare.strip_prefix(['-', '−', '–']) {
        Some(body) => ("-", body),
        None => ("", bare),
    };
    let grouped = |mark: char| {
        let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
        (all_digits(fraction) && ungrouped(whole, mark).is_some()).then(|| body.replace(mark, ""))
    };
    let body = if is_decimal(body) {
        body.to_owned()
    } else if let Some(joined) =
        [',', ' ', '_', '\''].into_iter().find_map(|c| body.contains(c).then(|| grouped(c))?)
    {
        joined
    } else if let Some(joined) = dotted_thousands(body) {
        joined
    } else {
        let (whole, fraction) = body.split_once(',')?;
        // `1.000,50`, `1 000,5`
        let whole = without_groups(whole)?;
        (is_digits(&whole) && is_digits(fraction) && fraction.len() < 3)
            .then(|| format!("{whole}.{fraction}"))?
    };
    let meant = format!("{sign}{body}");
    (meant != text).then_some(meant)
}

/// The digits of a number whose thousands are grouped by this mark: `1'000` as `1000`.
fn ungrouped(whole: &str, mark: char) -> Option<String> {
    let (first, rest) = whole.split_once(mark)?;
    let is_grouped =
        (1..=3).contains(&first.len()) && rest.split(mark).all(|group| group.len() == 3);
    let digits = whole.replace(mark, "");
    (is_grouped && is_digits(&digits)).then_some(digits)
}

/// The same by whatever mark; a number without one as it stands.
fn without_groups(whole: &str) -> Option<String> {
    match [' ', '\'', '_', '.'].into_iter().find(|mark| whole.contains(*mark)) {
        Some(mark) => ungrouped(whole, mark),
        None => Some(whole.to_owned()),
    }
}

/// The two numbers that a text may mean: `1.500` is 1500 where a dot groups thousands, and 1.5
/// elsewhere. Each as it is written without doubt.
pub(crate) fn two_numbers(text: &str) -> Option<(String, String)> {
    let text = plain(text.trim());
    let (whole, fraction) = text.trim().split_once('.')?;
    let is_group = fraction.len() == 3 && is_digits(fraction);
    if !is_group || !is_digits(whole) || whole.len() > 3 || whole.starts_with('0') {
        return None;
    }
    let short = fraction.trim_end_matches('0');
    let decimal = match short.len() {
        0 => whole.to_owned(),
        // A zero more, and nobody takes it for thousands.
        3 => format!("{whole}.{fraction}0"),
        _ => format!("{whole}.{short}"),
    };
    Some((format!("{whole}{fraction}"), decimal))
}

/// `1.200.000`. One dot alone may be that of a decimal.
fn dotted_thousands(body: &str) -> Option<String> {
    ungrouped(body, '.').filter(|_| body.matches('.').count() > 1)
}

fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    is_digits(whole) && is_digits(fraction)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && all_digits(text)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_were_meant() {
        for (typed, meant) in [
            ("10%", Some("10")),
            ("1,000", Some("1000")),
            ("12,345,678.5", Some("12345678.5")),
            ("1 000", Some("1000")),
            ("5,5", Some("5.5")),
            ("１０％", Some("10")),
            ("'6521'", Some("6521")),
            ("-1,000", Some("-1000")),
            ("1,00,0", None),
            ("10", None),
            ("ten", None),
            ("", None),
            ("1.2.3", None),
            ("--1", None),
            ("1.200.000", Some("1200000")),
            ("1.200.00", None),
            ("1.200", None),
            ("1.000,5", Some("1000.5")),
            ("1 000,50", Some("1000.50")),
            ("1.000,505", None),
            ("5,", None),
            ("a,5", None),
            ("5,a", None),
            ("1000,25", Some("1000.25")),
        ] {
            assert_eq!(number_meant(typed).as_deref(), meant, "{typed}");
        }
    }

    #[test]
    fn a_dot_may_group_thousands() {
        for (typed, meant) in [
            ("1.000", Some(("1000", "1"))),
            ("１．５００", Some(("1500", "1.5"))),
            ("12.125", Some(("12125", "12.1250"))),
            ("0.125", None),
            ("1.5", None),
            ("1000.000", None),
            ("123.456", Some(("123456", "123.4560"))),
            ("1.0000", None),
            ("1.00a", None),
        ] {
            let two = two_numbers(typed);
            let two = two.as_ref().map(|(many, few)| (many.as_str(), few.as_str()));
            assert_eq!(two, meant, "{typed}");
            for number in two.into_iter().flat_map(|(many, few)| [many, few]) {
                assert_eq!(two_numbers(number), None, "{number} is clear");
            }
        }
    }
}
