//! Decimal numbers as DynamoDB keeps them, compared without the loss of floating point.

use std::cmp::Ordering;

use crate::packed::packed_struct;
use crate::text::plain;

/// Longest number, in characters; DynamoDB keeps 38 digits.
const LONGEST: usize = 100;
/// Largest exponent; DynamoDB's is 125.
const LARGEST_EXPONENT: i32 = 1_000;

/// A number: `0.digits × 10^exponent`, with its sign.
///
/// ```
/// use routing::rows::Decimal;
/// let number = |text| Decimal::parse(text).unwrap();
/// assert_eq!(number("1000.0"), number("1E3"));
/// assert!(number("9007199254740993") > number("9007199254740992"));
/// assert!(number("-2") < number("0.1"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// Neither the first nor the last is 0; none at all for zero.
    digits: Box<[u8]>,
    exponent: i32,
}

packed_struct!(Decimal { negative, digits, exponent } if |number| {
    let exponents = -2 * LARGEST_EXPONENT..=2 * LARGEST_EXPONENT;
    exponents.contains(&number.exponent) && number.digits.iter().all(u8::is_ascii_digit)
});

impl Decimal {
    /// Reads `1000`, `-0.5`, `+3`, `1e3`, also in full-width digits. `None` for what is no number.
    pub fn parse(text: &str) -> Option<Self> {
        let text = plain(text.trim());
        if text.len() > LONGEST {
            return None;
        }
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
            None => (rest, 0_i32),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_number = !(whole.is_empty() && fraction.is_empty())
            && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
            && exponent.abs() <= LARGEST_EXPONENT;
        if !is_number {
            return None;
        }
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let leading = all.iter().take_while(|digit| **digit == b'0').count();
        let trailing = all.iter().rev().take_while(|digit| **digit == b'0').count();
        let Some(digits) = all.get(leading..all.len().saturating_sub(trailing)) else {
            return Some(Self { negative: false, digits: Box::from([]), exponent: 0 });
        };
        let before_point = i32::try_from(whole.len()).ok()? - i32::try_from(leading).ok()?;
        Some(Self { negative, digits: digits.into(), exponent: before_point + exponent })
    }

    /// How many digits it has, without zeros before and behind.
    pub(super) fn digits(&self) -> usize {
        self.digits.len()
    }

    /// Whether DynamoDB keeps numbers of this size: from 1E-130 to below 1E126.
    pub(super) fn is_of_usual_size(&self) -> bool {
        self.digits.is_empty() || (-129..=126).contains(&self.exponent)
    }

    fn magnitude(&self) -> (bool, i32, &[u8]) {
        (!self.digits.is_empty(), self.exponent, &self.digits)
    }
}

/// As people write it; with an exponent only where there would be very many zeros.
impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const LONG: i32 = 40;
        let digits: String = self.digits.iter().map(|digit| char::from(*digit)).collect();
        let sign = if self.negative { "-" } else { "" };
        let (length, point) = (digits.len(), self.exponent);
        if digits.is_empty() {
            return f.write_str("0");
        }
        if point.abs() > LONG {
            return write!(f, "{sign}0.{digits}E{point}");
        }
        match usize::try_from(point) {
            Ok(whole) if whole >= length => write!(f, "{sign}{digits:0<whole$}"),
            Ok(whole) if whole > 0 => {
                let (whole, rest) = digits.split_at_checked(whole).unwrap_or((&digits, ""));
                write!(f, "{sign}{whole}.{rest}")
            }
            _ => {
                let width = length + usize::try_from(-point).unwrap_or(0);
                write!(f, "{sign}0.{digits:0>width$}")
            }
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude().cmp(&other.magnitude()),
            (true, true) => other.magnitude().cmp(&self.magnitude()),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_in_every_spelling() {
        for (a, b) in [
            ("0", "-0.00"),
            ("1000", "1e3"),
            ("1000", "+1000.000"),
            ("0.5", ".5"),
            ("5", "5."),
            ("120E-1", "12"),
            ("００７", "7"),
        ] {
            assert_eq!(Decimal::parse(a).unwrap(), Decimal::parse(b).unwrap(), "{a} {b}");
        }
        for text in ["", ".", "-", "1,000", "a lot", "1e", "0x10", "inf", "NaN", "1e9999", "1 0"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert!(Decimal::parse(&"9".repeat(100)).is_some());
        assert_eq!(Decimal::parse(&"9".repeat(101)), None);
    }

    #[test]
    fn shown_as_people_write_them() {
        for (typed, shown) in [
            ("0.00", "0"),
            ("1e3", "1000"),
            ("-1000.50", "-1000.5"),
            ("12.34", "12.34"),
            (".05", "0.05"),
            ("0.5", "0.5"),
            ("-.25", "-0.25"),
            ("1e39", "1000000000000000000000000000000000000000"),
            ("1e100", "0.1E101"),
        ] {
            let number = Decimal::parse(typed).unwrap();
            assert_eq!(number.to_string(), shown);
            assert_eq!(Decimal::parse(shown), Some(number));
        }
    }

    #[test]
    fn numbers_in_order() {
        let order = [
            "-1e10",
            "-100.5",
            "-100",
            "-2",
            "-0.1",
            "0",
            "1e-30",
            "0.09",
            "0.1",
            "0.11",
            "1",
            "5",
            "9.99",
            "10",
            "99.99",
            "999.99",
            "1000",
            "1000.5",
            "9007199254740992",
            "9007199254740993",
            "1e40",
        ];
        let numbers: Vec<Decimal> =
            order.iter().map(|text| Decimal::parse(text).unwrap()).collect();
        for (a, first) in numbers.iter().enumerate() {
            for (b, second) in numbers.iter().enumerate() {
                assert_eq!(first.cmp(second), a.cmp(&b), "{} {}", order[a], order[b]);
            }
        }
    }
}
