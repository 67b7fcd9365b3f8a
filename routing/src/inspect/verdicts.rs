//! What every row tells its editor, out of all rows together and of what is live.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::check::{Checked, Input, check_settled};
use super::verdict::{Facts, State, Verdict};
use crate::hours::Interner;
use crate::release::{Settled, of_complete_rows};
use crate::rows::agent::Agent;
use crate::rows::rule::Rule;
use crate::rows::{Context, Finding, Patterns, Read, Row, Severity, Table, calendar};
use crate::text::cut;

/// The tables whose rows are told by all rows together.
const TABLES: [Table; 3] = [Table::Rules, Table::Agents, Table::Calendars];

/// What is live, as rows tell it.
#[derive(Debug, Clone, Copy)]
pub struct Live<'a> {
    /// The number of the release of which versions are kept.
    pub number: u64,
    /// What is in force.
    pub holds: &'a Settled,
    /// Why rows that are not live yet wait; `None` when all are.
    pub waits: Option<&'a str>,
}

/// A row, and what it is to tell its editor.
#[derive(Debug)]
pub struct Told<'a> {
    /// The row's table.
    pub table: Table,
    /// Its key.
    pub key: &'a str,
    /// The row as it stands.
    pub row: &'a Row,
    /// What it is to tell.
    pub verdict: Verdict,
}

/// What every rule, agent and calendar tells its editor. `settled` and `findings` are what the
/// rows of `input` were settled to; without `live` the tables are read directly, so that nothing
/// is kept and nothing waits.
pub fn verdicts<'a>(
    input: Input<'a>,
    settled: &'a Settled,
    findings: Vec<Finding>,
    live: Option<Live<'_>>,
) -> Vec<Told<'a>> {
    let is_error = |finding: &&Finding| finding.severity == Severity::Error;
    let in_error: HashSet<(Table, String)> = findings
        .iter()
        .filter(is_error)
        .map(|finding| (finding.table, finding.key.clone()))
        .collect();
    let (checked, findings) = check_settled(input, settled, findings);
    let mut by_row: HashMap<(Table, &str), Vec<&Finding>> = HashMap::new();
    for finding in &findings {
        by_row.entry((finding.table, &finding.key)).or_default().push(finding);
    }
    let mut facts = facts(&checked);
    let mut told = Vec::new();
    for table in TABLES {
        for row in input.rows_of(table) {
            let Some(key) = table.key_of(row) else { continue };
            // A finding has the beginning of a long key.
            let short = cut(key);
            let own: &[&Finding] = by_row.get(&(table, short.as_str())).map_or(&[], Vec::as_slice);
            let version = settled.version(table, key);
            let in_force = live.and_then(|live| live.holds.version(table, key));
            let state = if in_error.contains(&(table, short.clone())) {
                match (live, in_force) {
                    (Some(live), Some(_)) => State::Kept(live.number),
                    _ => State::NotUsed,
                }
            } else if version.is_none() {
                State::Disabled
            } else {
                State::Good
            };
            let waits = live.and_then(|live| live.waits).filter(|_| version != in_force);
            let facts = match state {
                State::Good => facts.remove(&(table, key)).unwrap_or_default(),
                State::Disabled | State::Kept(_) | State::NotUsed => Facts::default(),
            };
            told.push(Told { table, key, row, verdict: Verdict::new(state, waits, own, facts) });
        }
    }
    told
}

/// What the rows in force mean.
fn facts<'c>(checked: &'c Checked<'_>) -> HashMap<(Table, &'c str), Facts> {
    let rules = checked.snapshot.rules().iter().map(|linked| {
        ((Table::Rules, linked.rule.id.as_ref()), of_rule(&linked.rule, checked.input()))
    });
    let agents = checked.snapshot.members().iter().map(|member| {
        ((Table::Agents, member.agent.id.as_ref()), of_agent(&member.agent, checked.input()))
    });
    let mut facts: HashMap<_, _> = rules.chain(agents).collect();
    let calendars = checked.settled.rows(Table::Calendars);
    of_calendars(calendars, checked.input(), &mut facts);
    facts
}

fn of_rule(rule: &Rule, input: &Input<'_>) -> Facts {
    let mut facts = Facts::default();
    for condition in &rule.conditions {
        let (name, kind) = (condition.attribute, condition.test.kind());
        let meaning = kind.meaning(input.defaults.time_zone);
        facts.meaning.extend(meaning.map(|meaning| format!("`{name}`: {meaning}")));
        facts.now.extend(kind.at(input.now).map(|now| format!("`{name}`: {now}")));
    }
    facts
}

fn of_agent(agent: &Agent, input: &Input<'_>) -> Facts {
    let mut facts = Facts::default();
    if let Some(shifts) = &agent.shifts {
        facts.meaning.extend(shifts.by_calendars().map(|said| format!("`Shifts`: {said}")));
        facts.now.extend(shifts.open_by_itself(input.now).map(|said| format!("`Shifts`: {said}")));
    }
    if agent.is_away(input.now) {
        facts.now.push("`Away`: on leave now".to_owned());
    }
    facts
}

fn of_calendars<'c>(
    calendars: Option<&'c BTreeMap<String, Row>>,
    input: &Input<'_>,
    facts: &mut HashMap<(Table, &'c str), Facts>,
) {
    let mut hours = Interner::new(input.now.date_naive(), Arc::default());
    let defaults = &of_complete_rows();
    for (key, row) in calendars.into_iter().flatten() {
        let patterns = &mut Patterns::default();
        let context = &mut Context { defaults, hours: &mut hours, patterns };
        if let Ok((_, Read::Good(hours), _)) = calendar::read(row, context) {
            let now = vec![format!("`Hours`: {}", hours.open_now(input.now))];
            facts.insert((Table::Calendars, key), Facts { meaning: Vec::new(), now });
        }
    }
}
