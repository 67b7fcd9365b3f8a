//! Hours of the coming week in which a rule is open and nobody of its agents is eligible.

use chrono::{DateTime, TimeDelta, Timelike, Utc};

use super::{Checked, warning};
use crate::decide::eligible_agents;
use crate::rows::condition::{Asked, Holds};
use crate::rows::rule::Rule;
use crate::rows::{Fact, Finding, Table};
use crate::session::Session;

/// Hours in a week.
const WEEK: i64 = 168;

pub(super) fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let zone = checked.input.defaults.time_zone;
    let now = checked.input.now;
    let start = now
        .with_minute(0)
        .and_then(|now| now.with_second(0))
        .and_then(|now| now.with_nanosecond(0))
        .unwrap_or(now);
    let hours: Vec<DateTime<Utc>> = (0..WEEK).map(|hour| start + TimeDelta::hours(hour)).collect();
    for linked in checked.snapshot.rules() {
        let rule = &linked.rule;
        if !rule.names_agents() || rule.group_if_nobody {
            continue;
        }
        let empty: Vec<DateTime<Utc>> = hours
            .iter()
            .copied()
            .filter(|hour| {
                is_open(rule, *hour) && eligible_agents(&checked.snapshot, linked, *hour).is_empty()
            })
            .collect();
        let Some(first) = empty.first() else { continue };
        let attribute = if rule.rosters.is_empty() { "AgentIds" } else { "Rosters" };
        let message = format!(
            "the rule is open but nobody of its agents is eligible in {} of the coming week's {WEEK} hours, first on {} ({zone}); add agents or shifts, close the rule then (`Hours`), or give it `IfNobody: group`",
            empty.len(),
            first.with_timezone(&zone).format("%a %Y-%m-%d %H:%M"),
        );
        findings.push(warning(
            Table::Rules,
            &rule.id,
            Some(attribute),
            checked.value(Table::Rules, &rule.id, attribute),
            message,
        ));
    }
}

/// Whether the rule's conditions of time hold; those of the user are taken to.
fn is_open(rule: &Rule, now: DateTime<Utc>) -> bool {
    let session = Session::new("", "", 0, 0);
    let asked = Asked { session: &session, now, customer: &Fact::Unknown };
    rule.conditions
        .iter()
        .filter(|condition| condition.test.kind().is_of_time())
        .all(|condition| condition.holds(&asked) == Holds::Yes)
}
