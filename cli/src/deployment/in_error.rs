//! Rows in error, for commands that say who is answered: what the answers leave out.

use std::collections::{BTreeMap, BTreeSet};

use routing::release::Settled;
use routing::rows::{Finding, Severity, Table};
use routing::snapshot::{Aside, AsideState};
use routing::text::key_cut;

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
        let mut all = Self::default();
        for ((table, key), state) in in_error(settled, findings) {
            let rows = match state {
                State::Broken => &mut all.broken,
                State::Kept => &mut all.kept,
            };
            rows.push(format!("{} `{key}`", table.name()));
        }
        all
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

/// What of a row in error is in force.
#[derive(Clone, Copy)]
enum State {
    Broken,
    Kept,
}

/// The rows in error by table and key, as findings name it.
fn in_error(settled: &Settled, findings: &[Finding]) -> BTreeMap<(Table, String), State> {
    let mut rows: BTreeSet<(Table, String)> = BTreeSet::new();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    rows.extend(errors.map(|finding| (finding.table, finding.key.clone())));
    // A release knows which rows were in error, without the findings.
    let asides = settled.asides().iter().filter(|aside| is_wrong(aside));
    rows.extend(asides.map(|aside| (Table::Rules, key_cut(&aside.id))));
    let agents = settled.agents_out().filter(|(_, is_disabled)| !is_disabled);
    rows.extend(agents.map(|(id, _)| (Table::Agents, key_cut(id))));
    if rows.is_empty() {
        return BTreeMap::new();
    }
    let in_force = Table::RELEASED.into_iter().flat_map(|table| {
        let keys = settled.rows(table).into_iter().flat_map(|rows| rows.keys());
        let in_force = keys.filter(move |key| settled.version(table, key).is_some());
        in_force.map(move |key| (table, key_cut(key)))
    });
    let in_force: BTreeSet<(Table, String)> = in_force.collect();
    let state = |row: &(Table, String)| match in_force.contains(row) {
        true => State::Kept,
        false => State::Broken,
    };
    rows.into_iter().map(|row| (row.clone(), state(&row))).collect()
}

fn is_wrong(aside: &Aside) -> bool {
    aside.state != AsideState::Disabled
}

/// What a release knows of rows that were in error when it was published, as findings: of rules
/// also why.
pub(crate) fn known_of(settled: &Settled) -> Vec<Finding> {
    let error = |table, key: &str, message: String| {
        Finding::new(Severity::Error, table, key, None, None, message)
    };
    let rules = settled.asides().iter().filter(|aside| is_wrong(aside)).map(|aside| {
        let so = match aside.state {
            AsideState::Kept => "its version of before is in the release",
            AsideState::InError | AsideState::Disabled => "it is not in the release",
        };
        let why = match aside.why.as_str() {
            "" => String::new(),
            why => format!(": {why}"),
        };
        let message = format!("the row was in error when this was published, so {so}{why}");
        error(Table::Rules, &aside.id, message)
    });
    let agents = settled.agents_out().filter(|(_, is_disabled)| !is_disabled).map(|(id, _)| {
        let message = "the row was in error when this was published, so nobody is answered by it; \
            `cargo desk check` says what is wrong with the row as it is now";
        error(Table::Agents, id, message.to_owned())
    });
    rules.chain(agents).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use chrono::DateTime;
    use routing::hours::Zone;
    use routing::release::settle;
    use routing::rows::{Defaults, Rows, json::parse};

    use super::*;

    /// Each row counts once, whether its findings or a release tell of it, and its key is seen.
    #[test]
    fn each_row_in_error_counts_once() {
        let long = "x".repeat(200);
        let rows = |priority: &str| Rows {
            rules: parse(&format!(
                r#"[{{"RuleId":"v\u200bip","Priority":1,"AgentGroupId":1}},
                    {{"RuleId":"vip","Priority":2,"AgentGroupId":1}},
                    {{"RuleId":"{long}","Priority":{priority},"AgentGroupId":1}}]"#
            ))
            .unwrap(),
            agents: parse(r#"[{"AgentId":"a\u00adnn","Rosters":["desk"]}]"#).unwrap(),
            ..Rows::default()
        };
        let defaults = Defaults {
            time_zone: Zone::utc(),
            holiday_country: None,
            customers: false,
            assignments: false,
        };
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let (live, _) = settle(&rows("3"), None, &defaults, now);
        let (settled, findings) = settle(&rows("\"x\""), Some(&live), &defaults, now);
        let broken = [r"agents `a\u{ad}nn`".to_owned(), r"rules `v\u{200b}ip`".to_owned()];
        let kept = [format!("rules `{}…`", "x".repeat(100))];
        // A release knows the same without the findings.
        for findings in [findings, Vec::new(), known_of(&settled)] {
            let all = InError::of(&settled, &findings);
            assert_eq!((&all.broken[..], &all.kept[..]), (&broken[..], &kept[..]));
        }
    }
}
