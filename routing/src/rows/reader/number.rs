//! Numbers, also typed as text.

use super::base::{Empty, RowReader};
use crate::rows::value::Value;
use crate::text::{number_meant, plain, two_numbers};

/// Words beside a number that say no more than its attribute does: `1순위`, `group 6521`.
const WORDS: [&str; 32] = [
    "순위",
    "번",
    "번호",
    "티어",
    "그룹",
    "등급",
    "명",
    "개",
    "组",
    "組",
    "级",
    "級",
    "号",
    "號",
    "位",
    "人",
    "名",
    "番",
    "グループ",
    "ティア",
    "group",
    "gruppe",
    "tier",
    "stufe",
    "priority",
    "prio",
    "agents",
    "agent",
    "no.",
    "nr.",
    "#",
    "st",
];

impl RowReader<'_> {
    /// A number, also typed as text; `expected` says which are `good`, `units` are words behind it
    /// that say what it counts.
    pub(crate) fn number(
        &mut self,
        attribute: &str,
        empty: Empty,
        expected: &str,
        units: &[&str],
        good: impl Fn(f64) -> bool,
    ) -> Option<f64> {
        let value = self.value(attribute, empty)?;
        // Where only one of the two is good here, that is meant.
        let both = doubtful(value, |value| number(value).is_some_and(&good));
        if let Some(message) = both.filter(|doubtful| doubtful.both_good).map(|both| both.message) {
            self.error(attribute, message);
            return None;
        }
        let read = number(value).filter(|n| good(*n));
        if read.is_none() {
            let meant = meant(value, units, |value| number(value).is_some_and(&good));
            self.error(attribute, format!("expected {expected}; {meant}"));
        }
        read
    }

    /// A whole number between `min` and `max`, also typed as text or with a zero fraction
    /// (`6521.0`).
    pub(crate) fn whole(
        &mut self,
        attribute: &str,
        empty: Empty,
        min: i64,
        max: i64,
    ) -> Option<i64> {
        self.counted(attribute, empty, min, max, &[])
    }

    /// The same, with words behind the number that say what it counts.
    pub(crate) fn counted(
        &mut self,
        attribute: &str,
        empty: Empty,
        min: i64,
        max: i64,
        units: &[&str],
    ) -> Option<i64> {
        let value = self.value(attribute, empty)?;
        let read = whole(value).filter(|n| (min..=max).contains(n));
        if read.is_none() {
            let good = |value: &Value| whole(value).is_some_and(|n| (min..=max).contains(&n));
            let expected = whole_range(min, max);
            let message = match doubtful(value, good) {
                Some(doubtful) if doubtful.both_good => doubtful.message,
                Some(doubtful) => format!("expected {expected}; {}", doubtful.message),
                None => format!("expected {expected}; {}", meant(value, units, good)),
            };
            self.error(attribute, message);
        }
        read
    }
}

/// What to write instead of a value that is no number.
fn meant(value: &Value, units: &[&str], good: impl Fn(&Value) -> bool) -> String {
    let only = match value {
        Value::List(entries) | Value::Set(entries) if entries.len() == 1 => entries.first(),
        // As DynamoDB's own JSON has it.
        Value::Map(map) if map.len() == 1 => map.get("N").or_else(|| map.get("S")),
        other => Some(other),
    };
    if let Some(Value::Text(text) | Value::Number(text)) = only {
        let inner = text.trim();
        let typed = number_meant(text).or_else(|| (only != Some(value)).then(|| inner.to_owned()));
        if let Some(meant) = typed.filter(|meant| good(&Value::Number(meant.clone()))) {
            return format!("write `{meant}`");
        }
    }
    let number = number_before(value, units).or_else(|| number_beside(value, &WORDS));
    if let Some(number) = number
        && good(&Value::Number(number.to_string()))
    {
        return format!("write `{number}`");
    }
    "write such a number (N), with digits alone".to_owned()
}

/// The whole number before one of these words.
pub(crate) fn number_before(value: &Value, words: &[&str]) -> Option<i64> {
    let Value::Text(text) = value else { return None };
    let text = plain(text.trim()).to_lowercase();
    let number = words.iter().find_map(|word| text.strip_suffix(word))?.trim_end();
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| number.parse().ok()).flatten()
}

/// The whole number before or behind one of these words.
fn number_beside(value: &Value, words: &[&str]) -> Option<i64> {
    number_before(value, words).or_else(|| {
        let Value::Text(text) = value else { return None };
        let text = plain(text.trim()).to_lowercase();
        let number = words.iter().find_map(|word| text.strip_prefix(word))?;
        number.trim_start_matches([':', ' ']).parse().ok()
    })
}

/// Why a number is doubtful.
pub(crate) struct Doubtful {
    /// What to write, as a sentence.
    pub(crate) message: String,
    /// Whether both numbers that it can be are good here.
    pub(crate) both_good: bool,
}

/// A number with a dot that may group thousands: `1.000`.
pub(crate) fn doubtful(value: &Value, good: impl Fn(&Value) -> bool) -> Option<Doubtful> {
    let (Value::Text(text) | Value::Number(text)) = value else { return None };
    let (many, few) = two_numbers(text)?;
    let good = |number: &str| good(&Value::Number(number.to_owned()));
    let (good_many, good_few) = (good(&many), good(&few));
    let message = match (good_many, good_few) {
        (true, true) => format!("may mean two numbers; write `{many}`, or `{few}`"),
        (true, false) => format!("write `{many}`"),
        (false, true) => format!("it may mean {many} or {few}; for {few} write `{few}`"),
        (false, false) => return None,
    };
    Some(Doubtful { message, both_good: good_many && good_few })
}

/// A finite number, also typed as text.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(text) | Value::Text(text) => {
            plain(text.trim()).trim().parse().ok().filter(|n: &f64| n.is_finite())
        }
        _ => None,
    }
}

/// A whole number, also typed as text or with a zero fraction.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(text) | Value::Text(text) => whole_text(text),
        _ => None,
    }
}

/// A whole number in a text, also with a zero fraction.
pub(crate) fn whole_text(text: &str) -> Option<i64> {
    /// Above this, a floating-point number no longer tells neighbours apart.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let text = plain(text.trim());
    let text = text.trim();
    // `1.000` is a thousand to many.
    if two_numbers(text).is_some() {
        return None;
    }
    if let Ok(exact) = text.parse() {
        return Some(exact);
    }
    let number: f64 = text.parse().ok()?;
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

pub(super) fn whole_range(min: i64, max: i64) -> String {
    if max == i64::MAX {
        format!("a whole number, `{min}` or more")
    } else {
        format!("a whole number from `{min}` to `{max}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn a_number_that_may_be_two_is_none() {
        for typed in ["1.000", "12.500", "１.０００", "6.521"] {
            assert_eq!(whole(&text(typed)), None, "{typed}");
        }
        for (typed, number) in [("1000", 1000), ("1000.00", 1000), ("6521.0", 6521), ("0.000", 0)] {
            assert_eq!(whole(&text(typed)), Some(number), "{typed}");
        }
        let up_to = |most: i64| move |value: &Value| whole(value).is_some_and(|n| n <= most);
        let both = doubtful(&text("1.000"), up_to(5_000)).unwrap();
        assert!(both.both_good && both.message.contains("write `1000`, or `1`"));
        let one = doubtful(&text("1.000"), up_to(100)).unwrap();
        assert!(!one.both_good && one.message.contains("for 1 write `1`"));
        assert!(doubtful(&text("1000"), up_to(5_000)).is_none());
    }

    #[test]
    fn numbers_with_what_they_count() {
        assert_eq!(number_before(&text("14 days"), &["days"]), Some(14));
        assert_eq!(number_before(&text("14일"), &["일"]), Some(14));
        assert_eq!(number_before(&text("2 weeks"), &["days"]), None);
        assert_eq!(number_before(&text("days"), &["days"]), None);
        for (typed, number) in [
            ("1순위", Some(1)),
            ("2티어", Some(2)),
            ("Tier: 2", Some(2)),
            ("group 6521", Some(6521)),
            ("#6521", Some(6521)),
            ("No. 6521", Some(6521)),
            ("2 hours", None),
        ] {
            assert_eq!(number_beside(&text(typed), &WORDS), number, "{typed}");
        }
    }
}
