//! Rows in error, for commands that say who is answered: what the answers leave out.

use std::collections::BTreeSet;

use routing::release::Settled;
use routing::rows::{Finding, Severity, Table};
use routing::snapshot::{Aside, AsideState};

use crate::terminal::counted;

/// The rows in error, each once, as "rules `vip`".
#[derive(Debug, Clone, Default)]
pub struct InError {
    /// Those that are not used.
    pub broken: Vec<String>,
    /// Those that go by their version in the live release.
    pub kept: Vec<String>,
}

impl InError {
    /// Of what is in force, and what is said of the rows.
    pub fn of(settled: &Settled, findings: &[Finding]) -> Self {
        let mut rows: BTreeSet<(Table, &str)> = BTreeSet::new();
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        rows.extend(errors.map(|finding| (finding.table, finding.key.as_str())));
        // A release knows which rows were in error, without the findings.
        let is_wrong = |aside: &&Aside| aside.state != AsideState::Disabled;
        let asides = settled.asides().iter().filter(is_wrong);
        rows.extend(asides.map(|aside| (Table::Rules, &*aside.id)));
        let agents = settled.agents_out().filter(|(_, is_disabled)| !is_disabled);
        rows.extend(agents.map(|(id, _)| (Table::Agents, id)));
        let (kept, broken): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|(table, key)| settled.version(*table, key).is_some());
        let named = |rows: Vec<(Table, &str)>| {
            rows.into_iter().map(|(table, key)| format!("{} `{key}`", table.name())).collect()
        };
        Self { broken: named(broken), kept: named(kept) }
    }

    /// A sentence for each kind that there is.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = String> {
        let kinds = [
            (&self.broken, "in error and not used"),
            (&self.kept, "in error and used as in the live release"),
        ];
        kinds.into_iter().filter(|(rows, _)| !rows.is_empty()).map(|(rows, what)| {
            let (count, rows) = (counted(rows.len(), "row"), rows.join(", "));
            format!("{count} {what} (`cargo desk check` says why): {rows}")
        })
    }
}
