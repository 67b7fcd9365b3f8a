//! What is wrong with the rows, and what is legal but surely not meant: the findings of each row,
//! and those that only all rows together show.
//!
//! For people: `desk check`, and the operator function's daily check. The webhook itself uses none
//! of it.

mod checked;
mod conditions;
mod customers;
mod holes;
mod keys;
mod names;
mod nobody;
mod reach;
mod vain;

pub(super) use checked::Checked;
pub use checked::Input;

use crate::release::{Settled, settle};
use crate::rows::{Finding, Read, Table, customer};
use crate::snapshot::Snapshot;

/// All findings: errors first, then by table, row and attribute.
pub fn check(input: Input<'_>) -> Vec<Finding> {
    let (settled, findings) = settle(input.rows, input.live, input.defaults, input.now);
    check_settled(input, &settled, findings).1
}

/// The same of rows that are settled already, with the `findings` of that; and what was looked at.
pub(super) fn check_settled<'a>(
    input: Input<'a>,
    settled: &'a Settled,
    mut findings: Vec<Finding>,
) -> (Checked<'a>, Vec<Finding>) {
    let snapshot = Snapshot::of(settled, input.now);
    findings.extend_from_slice(snapshot.crossing());
    let (mut customers, mut unread_customers) = (Vec::new(), Vec::new());
    for row in input.customers.unwrap_or_default() {
        match customer::read(row, input.defaults, input.now) {
            Ok((key, read, mut found)) => {
                findings.append(&mut found);
                match read {
                    Read::Good(customer) => customers.push((key, customer)),
                    Read::Disabled(_) | Read::Bad => unread_customers.push(row),
                }
            }
            Err(finding) => {
                findings.push(finding);
                unread_customers.push(row);
            }
        }
    }
    let all = Table::ALL.into_iter().flat_map(|table| {
        input.rows_of(table).iter().filter_map(move |row| Some(((table, table.key_of(row)?), row)))
    });
    let rows = all.collect();
    let checked = Checked { input, settled, snapshot, customers, unread_customers, rows };
    keys::find(&checked, &mut findings);
    reach::find(&checked, &mut findings);
    vain::find(&checked, &mut findings);
    names::find(&checked, &mut findings);
    customers::find(&checked, &mut findings);
    let nobody = nobody::find(&checked, &mut findings);
    holes::find(&checked, &nobody, &mut findings);
    findings.sort();
    findings.dedup();
    (checked, findings)
}

#[cfg(test)]
mod tests;
