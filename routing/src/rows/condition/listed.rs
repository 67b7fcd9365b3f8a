//! A condition in the list of all: its names, what stands in its attribute, and how it is read.

use super::kind::{Condition, Kind, Test};
use crate::hours::{Country, Zone};
use crate::packed::{BytesError, Packed, Unpacker};
use crate::rows::context::Context;
use crate::rows::reader::RowReader;

/// What reading a condition needs beside its row.
pub(in crate::rows) struct RuleContext<'c, 'a> {
    /// The row's zone, else the deployment's.
    pub zone: Zone,
    /// The row's country, else the deployment's.
    pub country: Option<Country>,
    /// All conditions that there are.
    pub listed: &'c [Listed],
    /// `PercentKey`, else the rule's id.
    pub split: &'c str,
    /// Calendars and the deployment's defaults.
    pub context: &'c mut Context<'a>,
}

/// Reads a condition out of the attribute of this name; `None` = it cannot be read, and the reader
/// has noted why.
pub(super) type ReadKind =
    fn(&mut RowReader<'_>, &'static str, &mut RuleContext<'_, '_>) -> Option<Box<dyn Kind>>;

/// What stands in a condition's attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueKind {
    /// Values that mean the same wherever they stand.
    Values,
    /// Hours, which may name calendars.
    Hours,
    /// Maps of other conditions.
    Maps,
}

/// How a condition is read. Where it stands in the list of all, it must say this.
pub(super) trait FromRow: Kind + Packed + Sized {
    /// What stands in its attribute.
    const VALUE_KIND: ValueKind = ValueKind::Values;
    /// Whether ids of users may stand in it, which a log may have to leave out.
    const NAMES_USERS: bool;

    /// Reads it; `None` = it cannot be read, and the reader has noted why.
    fn read(
        reader: &mut RowReader<'_>,
        attribute: &'static str,
        reading: &mut RuleContext<'_, '_>,
    ) -> Option<Self>;
}

/// A condition that there is.
pub(in crate::rows) struct Listed {
    /// The attribute's name, and that with `Not`.
    pub(super) names: (&'static str, &'static str),
    /// What stands in either.
    pub(super) value_kind: ValueKind,
    /// Whether ids of users may stand in either.
    pub(super) names_users: bool,
    /// Reads either.
    pub(super) read: ReadKind,
    /// Reads what was packed of either.
    pub(super) unpack: fn(&mut Unpacker<'_>) -> Result<Box<dyn Kind>, BytesError>,
}

impl Listed {
    /// Whether the attribute is this condition, or its negation.
    pub(super) fn is(&self, attribute: &str) -> bool {
        self.names.0 == attribute || self.names.1 == attribute
    }
}

/// Reads all conditions of a rule, or of one map in it.
pub(in crate::rows) fn read_listed(
    reader: &mut RowReader<'_>,
    reading: &mut RuleContext<'_, '_>,
) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for listed in reading.listed {
        for (attribute, negated) in [(listed.names.0, false), (listed.names.1, true)] {
            if !reader.has(attribute) {
                continue;
            }
            let Some(kind) = (listed.read)(reader, attribute, reading) else { continue };
            if kind.needs_customer() && !reading.context.defaults.customers {
                reader.error(
                    attribute,
                    "needs the customers table, but CUSTOMERS_TABLE is not set; \
                        set it, or remove the condition",
                );
            }
            conditions.push(Condition { attribute, negated, test: Test(kind) });
        }
    }
    conditions
}
