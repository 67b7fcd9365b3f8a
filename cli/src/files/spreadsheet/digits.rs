//! Long numbers of which a spreadsheet kept fifteen digits and wrote zeros for the others:
//! `123456789012345678` as `123456789012345000`.

use std::collections::HashMap;

/// Digits that a spreadsheet keeps of a number.
const KEPT: usize = 15;
/// Zeros behind those that are no chance any more: one id in a thousand has three of its own.
const TELLING: usize = 3;

/// The long numbers of each column.
#[derive(Default)]
pub(super) struct Digits<'t> {
    columns: HashMap<&'t str, Column>,
}

#[derive(Default)]
struct Column {
    /// Zeros in place of the digits that are not kept, in all cells together.
    zeros: usize,
    /// Whether a number has other digits there: then none was lost.
    has_others: bool,
    /// The first that may have lost some, with its line.
    first: Option<(u64, String)>,
}

impl<'t> Digits<'t> {
    /// Notes a cell.
    pub(super) fn note(&mut self, column: &'t str, line: u64, cell: &str) {
        if cell.len() <= KEPT || !cell.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        let digits = cell.trim_start_matches('0');
        let behind = digits.get(KEPT..).unwrap_or_default();
        let column = self.columns.entry(column).or_default();
        column.has_others |= behind.bytes().any(|byte| byte != b'0');
        column.zeros += behind.len();
        column.first.get_or_insert_with(|| (line, cell.to_owned()));
    }

    /// What to do, when the digits of a column are lost.
    pub(super) fn lost(self) -> Option<String> {
        let lost = |column: &Column| !column.has_others && column.zeros >= TELLING;
        let mut lost: Vec<(u64, String)> = self
            .columns
            .into_iter()
            .filter(|(_, column)| lost(column))
            .filter_map(|(name, column)| {
                let (line, cell) = column.first?;
                Some((line, format!("line {line}, `{name}` is `{cell}`")))
            })
            .collect();
        lost.sort();
        lost.into_iter().next().map(|(_, place)| {
            format!(
                "{place}: all long numbers in this column have only zeros after the first {KEPT} \
                digits, because the spreadsheet lost the others; give the column the format Text, \
                type the numbers again, and save"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_lost_when_no_long_number_has_others() {
        for (cells, are_lost) in [
            (&["123456789012345000"][..], true),
            (&["1234567890123450", "2234567890123450", "3234567890123450"], true),
            (&["1234567890123450"], false),
            (&["123456789012345000", "123456789012345678"], false),
            (&["123456789012345", "12"], false),
            (&["000000000000000000"], false),
            (&["u12345678901234500000"], false),
        ] {
            let mut digits = Digits::default();
            for (line, cell) in (2..).zip(cells) {
                digits.note("ClientUserId", line, cell);
            }
            let told = digits.lost();
            assert_eq!(told.is_some(), are_lost, "{cells:?}: {told:?}");
            if let (Some(told), Some(first)) = (told, cells.first()) {
                let begin = format!("line 2, `ClientUserId` is `{first}`: all long");
                assert!(told.starts_with(&begin), "{told}");
            }
        }
    }
}
