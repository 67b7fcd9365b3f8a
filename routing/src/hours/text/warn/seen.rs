//! On which days of a year the parts of a text count.

use chrono::NaiveDate;

use crate::hours::pattern::{Part, Pattern};

/// Days that are searched: a year, with its leap day.
pub(super) const YEAR: usize = 366;

/// Days as bits, from the first day of the search.
pub(super) type Bits = [u64; YEAR.div_ceil(64)];

/// A pattern with the days on which its parts count.
pub(super) struct PartDays<'a> {
    pub(super) pattern: &'a Pattern,
    first: NaiveDate,
    /// By part.
    days: Vec<Bits>,
    /// By part: days that could count in another year, when holidays fall otherwise.
    possible: Vec<Bits>,
}

impl<'a> PartDays<'a> {
    pub(super) fn new(pattern: &'a Pattern, first: NaiveDate, days: usize) -> Self {
        let bits = |contains: &dyn Fn(NaiveDate) -> bool| {
            let mut bits = Bits::default();
            for (index, date) in first.iter_days().take(days).enumerate() {
                if contains(date)
                    && let Some(word) = bits.get_mut(index / 64)
                {
                    *word |= 1 << (index % 64);
                }
            }
            bits
        };
        let by_part = |part: &Part| bits(&|date| part.days.contain(date, pattern.country));
        let days: Vec<Bits> = pattern.parts.iter().map(by_part).collect();
        let possible = pattern.parts.iter().zip(&days).map(|(part, days)| {
            if part.days.holidays().next().is_some() {
                bits(&|date| part.days.could_contain(date))
            } else {
                *days
            }
        });
        Self { pattern, first, possible: possible.collect(), days }
    }

    pub(super) fn never_opens(&self) -> bool {
        let parts = self.pattern.parts.iter().zip(&self.days);
        let open = parts
            .filter(|(part, _)| !part.off)
            .fold(Bits::default(), |all, (_, days)| both(&all, days, |a, b| a | b));
        let mut dates = self.first.iter_days().enumerate().take(YEAR);
        !dates.any(|(index, date)| {
            open.get(index / 64).is_some_and(|word| word & (1 << (index % 64)) != 0)
                && !self.pattern.starting(date).is_empty()
        })
    }

    pub(super) fn part(&self, index: usize) -> Option<(&Part, &Bits, &Bits)> {
        Some((self.pattern.parts.get(index)?, self.days.get(index)?, self.possible.get(index)?))
    }

    /// All pairs of an earlier and a later part.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let parts = self.pattern.parts.len();
        (0..parts).flat_map(move |later| (0..later).map(move |earlier| (earlier, later)))
    }
}

fn both(a: &Bits, b: &Bits, with: impl Fn(u64, u64) -> u64) -> Bits {
    let mut out = Bits::default();
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = with(*a, *b);
    }
    out
}

pub(super) fn meet(a: &Bits, b: &Bits) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}

pub(super) fn within(a: &Bits, b: &Bits) -> bool {
    a.iter().zip(b).all(|(a, b)| a & !b == 0)
}

pub(super) fn count(bits: &Bits) -> u32 {
    bits.iter().map(|word| word.count_ones()).sum()
}
