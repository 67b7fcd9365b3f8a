//! Numbers, also typed as text.

use super::base::{Empty, Reader};
use crate::rows::value::Value;
use crate::text::{number_meant, plain};

impl Reader<'_> {
    /// A number, also typed as text; `expected` says which are `good`.
    pub(crate) fn number(
        &mut self,
        attribute: &str,
        empty: Empty,
        expected: &str,
        good: impl Fn(f64) -> bool,
    ) -> Option<f64> {
        let value = self.value(attribute, empty)?;
        let read = number(value).filter(|n| good(*n));
        if read.is_none() {
            let meant = meant(value, |value| number(value).is_some_and(&good));
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
        let value = self.value(attribute, empty)?;
        let read = whole(value).filter(|n| (min..=max).contains(n));
        if read.is_none() {
            let good = |value: &Value| whole(value).is_some_and(|n| (min..=max).contains(&n));
            let meant = meant(value, good);
            self.error(attribute, format!("expected {}; {meant}", whole_range(min, max)));
        }
        read
    }
}

/// What to write instead of a value that is no number.
fn meant(value: &Value, good: impl Fn(&Value) -> bool) -> String {
    let only = match value {
        Value::List(entries) | Value::Set(entries) if entries.len() == 1 => entries.first(),
        other => Some(other),
    };
    if let Some(Value::Text(text) | Value::Number(text)) = only {
        let inner = text.trim();
        let typed = number_meant(text).or_else(|| (only != Some(value)).then(|| inner.to_owned()));
        if let Some(meant) = typed.filter(|meant| good(&Value::Number(meant.clone()))) {
            return format!("write `{meant}`");
        }
    }
    "write such a number (N), with digits alone".to_owned()
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
