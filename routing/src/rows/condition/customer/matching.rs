//! What a value of a customer's attribute may be: this text or number, or a number compared.

use crate::packed::packed_enum;
use crate::rows::condition::own::{ValuePlace, meant};
use crate::rows::{Decimal, Own, OwnValues, Unmet};

/// What a value of a customer may be.
#[derive(Debug, Clone)]
pub(super) enum Match {
    Is(Own),
    Than(Sign, Decimal, Box<str>),
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    AtLeast,
    Above,
    AtMost,
    Below,
}

packed_enum!(Match { 0 = Is(own), 1 = Than(sign, number, typed) });
packed_enum!(Sign { 0 = AtLeast, 1 = Above, 2 = AtMost, 3 = Below });

impl Sign {
    /// Each as people type it.
    pub(super) const ALL: [(&'static str, Self); 8] = [
        (">=", Self::AtLeast),
        ("≥", Self::AtLeast),
        ("≧", Self::AtLeast),
        ("<=", Self::AtMost),
        ("≤", Self::AtMost),
        ("≦", Self::AtMost),
        (">", Self::Above),
        ("<", Self::Below),
    ];

    /// As it is usually typed.
    pub(super) fn shown(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Above => ">",
            Self::AtMost => "<=",
            Self::Below => "<",
        }
    }

    /// Whether it is so of two numbers.
    pub(super) fn holds(self, found: &Decimal, asked: &Decimal) -> bool {
        match self {
            Self::AtLeast => found >= asked,
            Self::Above => found > asked,
            Self::AtMost => found <= asked,
            Self::Below => found < asked,
        }
    }
}

impl Match {
    /// Whether a value is what is asked for.
    pub(super) fn holds(&self, own: &Own) -> bool {
        match self {
            Self::Is(asked) => asked.is(own),
            Self::Than(sign, asked, _) => own.number().is_some_and(|own| sign.holds(own, asked)),
        }
    }

    /// What of it no customer with these values has.
    pub(super) fn unmet(&self, values: &OwnValues) -> Option<Unmet<'_>> {
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
    pub(super) fn doubt(&self, place: ValuePlace<'_>) -> Option<String> {
        let Self::Is(own) = self else { return None };
        if own.number().is_none() {
            return meant(own.as_str(), place);
        }
        let (many, few) = crate::text::two_numbers(own.as_str())?;
        Some(format!("may mean two numbers; write `{many}`, or `{few}`"))
    }

    /// Whether what meets this meets `other`.
    pub(super) fn is_within(&self, other: &Self) -> bool {
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

    /// For people.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Is(own) => own.as_str().to_owned(),
            Self::Than(sign, _, number) => format!("{} {number}", sign.shown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn than(sign: Sign, number: &str) -> Match {
        Match::Than(sign, Decimal::parse(number).unwrap(), number.into())
    }

    #[test]
    fn a_comparison_within_another() {
        for ((own, from), (other, number), is_within) in [
            ((Sign::AtLeast, "5"), (Sign::Above, "5"), false),
            ((Sign::AtLeast, "6"), (Sign::Above, "5"), true),
            ((Sign::Above, "5"), (Sign::Above, "5"), true),
            ((Sign::Above, "5"), (Sign::AtLeast, "5"), true),
            ((Sign::Above, "4"), (Sign::AtLeast, "5"), false),
            ((Sign::AtMost, "5"), (Sign::Below, "5"), false),
            ((Sign::AtMost, "4"), (Sign::Below, "5"), true),
            ((Sign::Below, "5"), (Sign::Below, "5"), true),
            ((Sign::Below, "5"), (Sign::AtMost, "5"), true),
            ((Sign::Below, "6"), (Sign::AtMost, "5"), false),
            ((Sign::AtLeast, "6"), (Sign::AtMost, "5"), false),
            ((Sign::AtMost, "4"), (Sign::AtLeast, "5"), false),
        ] {
            let (own, other) = (than(own, from), than(other, number));
            assert_eq!(own.is_within(&other), is_within, "{} in {}", own.shown(), other.shown());
        }
    }
}
