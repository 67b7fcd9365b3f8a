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
mod reach;

use checked::Checked;
pub use checked::Input;

use crate::rows::{Finding, Read, Table, customer};
use crate::snapshot::Snapshot;

/// All findings: errors first, then by table, row and attribute.
pub fn check(input: Input<'_>) -> Vec<Finding> {
    let snapshot = Snapshot::compile(input.rows, input.defaults, input.now);
    let mut findings = snapshot.findings().to_vec();
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
    let checked = Checked { input, snapshot, customers, unread_customers, rows: all.collect() };
    keys::find(&checked, &mut findings);
    reach::find(&checked, &mut findings);
    names::find(&checked, &mut findings);
    customers::find(&checked, &mut findings);
    holes::find(&checked, &mut findings);
    findings.sort();
    findings.dedup();
    findings
}

#[cfg(test)]
mod tests;
