//! What is wrong with the rows, and what is legal but surely not meant: the findings of each row,
//! and those that only all rows together show.
//!
//! For people: `desk check`, and the operator function's daily check. The webhook itself uses none
//! of it.

mod checked;
mod conditions;
mod customers;
mod holes;
mod input;
mod keys;
mod names;
mod nobody;
mod reach;
mod seen;
mod typed;
mod vain;

pub(super) use checked::Checked;
pub use input::Input;

use crate::release::{Settled, settle};
use crate::rows::{Finding, Row};
use crate::snapshot::Snapshot;
use seen::CustomersSeen;

/// All findings: errors first, then by table, row and attribute.
pub fn check(input: Input<'_>) -> Vec<Finding> {
    let mut checking = Checking::begin(input);
    if let Some(customers) = input.customers {
        checking.customers(customers);
    }
    checking.end()
}

/// A check to which customers come page by page: hardly anything of them is kept. The `customers`
/// of the input are left aside.
pub struct Checking<'a> {
    input: Input<'a>,
    settled: Settled,
    snapshot: Snapshot,
    findings: Vec<Finding>,
    seen: Option<CustomersSeen<'a>>,
}

impl<'a> Checking<'a> {
    /// Looks at all rows but customers.
    pub fn begin(input: Input<'a>) -> Self {
        let (settled, findings) = settle(input.rows, input.live, input.defaults, input.now);
        let snapshot = Snapshot::of(&settled, input.now);
        Self { input, settled, snapshot, findings, seen: None }
    }

    /// Looks at some customers; none of a page that is empty, but then there is such a table.
    pub fn customers(&mut self, page: &[Row]) {
        let Self { input, snapshot, .. } = self;
        let seen = self.seen.get_or_insert_with(|| CustomersSeen::new(*input, snapshot));
        page.iter().for_each(|row| seen.look(row));
    }

    /// All findings: errors first, then by table, row and attribute.
    pub fn end(self) -> Vec<Finding> {
        let Self { input, settled, snapshot, findings, seen } = self;
        find(&Checked::new(input, &settled, snapshot, seen), findings)
    }
}

/// The same of rows that are settled already, with the `findings` of that, and without customers;
/// and what was looked at.
pub(super) fn check_settled<'a>(
    input: Input<'a>,
    settled: &'a Settled,
    findings: Vec<Finding>,
) -> (Checked<'a>, Vec<Finding>) {
    let checked = Checked::new(input, settled, Snapshot::of(settled, input.now), None);
    let findings = find(&checked, findings);
    (checked, findings)
}

/// These findings and all that only all rows together show, in order.
fn find(checked: &Checked<'_>, mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.extend_from_slice(checked.snapshot.crossing());
    findings.extend(checked.seen.iter().flat_map(|seen| seen.findings.iter().cloned()));
    keys::find(checked, &mut findings);
    reach::find(checked, &mut findings);
    vain::find(checked, &mut findings);
    names::find(checked, &mut findings);
    customers::find(checked, &mut findings);
    let nobody = nobody::find(checked, &mut findings);
    holes::find(checked, &nobody, &mut findings);
    findings.sort();
    findings.dedup();
    findings
}

#[cfg(test)]
mod tests;
