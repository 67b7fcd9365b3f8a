//! Rules that are not in force, or not as their rows stand: for traces, so that nobody looks for a
//! rule in vain.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::in_force::InForce;
use crate::rows::rule::Rule;
use crate::rows::{Finding, Read, Row, Severity, Table, Value};

/// A rule's row that does not count as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Aside {
    /// `RuleId`.
    pub id: Arc<str>,
    /// `Priority`, where it could be read.
    pub priority: Option<f64>,
    /// What is with it.
    pub state: AsideState,
    /// Why, for people: the row's first error. Empty for a disabled row.
    pub why: String,
}

/// What is with a row that does not count as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsideState {
    /// In error, and no earlier version of it is in force.
    InError,
    /// In error; an earlier version of it is in force, which is among the rules.
    Kept,
    /// `Enabled` is false.
    Disabled,
}

/// Rules by key with the version in force, and the priorities of the rows as they stand.
pub(super) fn asides(
    rules: &BTreeMap<String, InForce<Arc<Rule>>>,
    priorities: &BTreeMap<String, f64>,
    findings: &[Finding],
) -> Vec<Aside> {
    let mut errors: BTreeMap<&str, &Finding> = BTreeMap::new();
    let of_rules = findings.iter().filter(|finding| finding.table == Table::Rules);
    for finding in of_rules.filter(|finding| finding.severity == Severity::Error) {
        errors.entry(finding.key.as_str()).or_insert(finding);
    }
    let of = |(key, rule): (&String, &InForce<Arc<Rule>>)| {
        let state = match &rule.read {
            Read::Disabled(_) => AsideState::Disabled,
            Read::Bad => AsideState::InError,
            Read::Good(_) if rule.is_kept => AsideState::Kept,
            Read::Good(_) => return None,
        };
        let error = errors.get(crate::text::cut(key).as_str());
        let why = error.filter(|_| state != AsideState::Disabled).map(|finding| {
            match &finding.attribute {
                Some(attribute) => format!("`{attribute}`: {}", finding.message),
                None => finding.message.clone(),
            }
        });
        Some(Aside {
            id: key.as_str().into(),
            priority: priorities.get(key).copied(),
            state,
            why: why.unwrap_or_default(),
        })
    };
    rules.iter().filter_map(of).collect()
}

/// A row's priority as it stands, also where the row is in error.
pub(super) fn priority(row: &Row) -> Option<f64> {
    match row.get("Priority")? {
        Value::Number(text) | Value::Text(text) => {
            text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
        }
        _ => None,
    }
}
