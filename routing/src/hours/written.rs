//! Hours as a row writes them.

use chrono::NaiveDate;

use super::country::Country;
use super::pattern::{Pattern, Span};
use crate::packed::{BytesError, Packed, Packer, Unpacker};

/// A text of hours with what it means, read once for all rows that have it.
#[derive(Debug)]
pub struct Written {
    /// As it stands in the row.
    pub text: String,
    /// Whose public holidays `PH` means.
    pub country: Option<Country>,
    /// What it means.
    pub pattern: Pattern,
    /// What its author may not have meant.
    pub warnings: Vec<String>,
}

impl Written {
    /// The windows that start on `date`.
    pub(super) fn starting(&self, date: NaiveDate) -> Vec<Span> {
        self.pattern.starting(date)
    }

    /// The name of the public holiday on `date`, when the text speaks of them and nothing starts
    /// then.
    pub(super) fn holiday(&self, date: NaiveDate) -> Option<String> {
        let mut parts = self.pattern.parts.iter();
        let speaks = parts.any(|part| part.days.holidays().next().is_some())
            && self.starting(date).is_empty();
        let country = self.country.filter(|_| speaks)?;
        country.holiday(date).map(|_| country.code().to_owned())
    }

    /// How many parts it has.
    pub fn parts(&self) -> usize {
        self.pattern.parts.len()
    }
}

/// Without the warnings: they are for the row's editor, and change from day to day.
impl Packed for Written {
    fn pack(&self, to: &mut Packer) {
        let Self { text, country, pattern, warnings: _ } = self;
        text.pack(to);
        country.pack(to);
        pattern.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Result<Self, BytesError> {
        Ok(Self {
            text: Packed::unpack(from)?,
            country: Packed::unpack(from)?,
            pattern: Packed::unpack(from)?,
            warnings: Vec::new(),
        })
    }
}
