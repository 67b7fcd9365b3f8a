//! What every row tells its editor, out of all rows together and of what is live.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::text::{RowState, Said, Verdict};
use crate::hours::Interner;
use crate::inspect::check::{Checked, Input, check_settled};
use crate::release::{Settled, of_complete_rows};
use crate::rows::agent::Agent;
use crate::rows::rule::Rule;
use crate::rows::{Context, Finding, Patterns, Read, Row, Severity, Table, calendar};
use crate::text::key_cut;

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
    /// Whether it is an earlier release again, so that it may have another version of a row in
    /// error than the row says.
    pub is_back: bool,
}

/// A row, and what it is to tell its editor.
#[derive(Debug)]
pub struct Told<'a> {
    /// The row's table.
    pub table: Table,
    /// The row's key as it stands, to write to.
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
    // Beside the rows stands what is live after the look, which the next look finds.
    let checked_input = Input { live: live.map(|live| live.holds), ..input };
    let (checked, findings) = check_settled(checked_input, settled, findings);
    let mut by_row: HashMap<(Table, &str), Vec<&Finding>> = HashMap::new();
    for finding in &findings {
        by_row.entry((finding.table, &finding.key)).or_default().push(finding);
    }
    let mut facts = facts(&checked);
    let mut told = Vec::new();
    for table in TABLES {
        for row in input.rows_of(table) {
            let Some(key) = table.key_of(row) else { continue };
            // A finding has the beginning of a long key, with what nobody sees written out.
            let short = key_cut(key);
            let own: &[&Finding] = by_row.get(&(table, short.as_str())).map_or(&[], Vec::as_slice);
            let version = settled.version(table, key);
            let in_force = live.and_then(|live| live.holds.version(table, key));
            let state = if in_error.contains(&(table, short.clone())) {
                match (live, in_force) {
                    (Some(live), Some(_)) => RowState::Kept(live.number),
                    _ => RowState::NotUsed,
                }
            } else if version.is_none() {
                RowState::Disabled
            } else {
                RowState::Good
            };
            let waits = live.and_then(|live| live.waits).filter(|_| version != in_force);
            let facts = match state {
                RowState::Good => facts.remove(&(table, key)).unwrap_or_default(),
                RowState::Disabled | RowState::Kept(_) | RowState::NotUsed => Said::default(),
            };
            let verdict = Verdict::new(state, waits, own, facts);
            let verdict = match live {
                Some(Live { is_back: true, .. }) => verdict.of_this_release(),
                _ => verdict,
            };
            told.push(Told { table, key, row, verdict });
        }
    }
    told
}

/// What the rows in force mean.
fn facts<'c>(checked: &'c Checked<'_>) -> HashMap<(Table, &'c str), Said> {
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

fn of_rule(rule: &Rule, input: &Input<'_>) -> Said {
    let mut facts = Said::default();
    for condition in &rule.conditions {
        let (name, kind) = (condition.attribute, condition.test.kind());
        let meaning = kind.meaning(input.defaults.time_zone);
        facts.meaning.extend(meaning.map(|meaning| format!("`{name}`: {meaning}")));
        facts.now.extend(kind.at(input.now).map(|now| format!("`{name}`: {now}")));
    }
    facts
}

fn of_agent(agent: &Agent, input: &Input<'_>) -> Said {
    let mut facts = Said::default();
    if let Some(shifts) = &agent.shifts {
        facts.meaning.extend(shifts.by_calendars().map(|said| format!("`Shifts`: {said}")));
        facts.now.extend(shifts.open_by_itself(input.now).map(|said| format!("`Shifts`: {said}")));
    }
    facts.now.extend(agent.why_away(input.now).map(|why| format!("`Away`: on leave: {why}")));
    facts
}

fn of_calendars<'c>(
    calendars: Option<&'c BTreeMap<String, Row>>,
    input: &Input<'_>,
    facts: &mut HashMap<(Table, &'c str), Said>,
) {
    let mut hours = Interner::new(input.now.date_naive());
    let defaults = &of_complete_rows();
    for (key, row) in calendars.into_iter().flatten() {
        let patterns = &mut Patterns::default();
        let context = &mut Context { defaults, hours: &mut hours, patterns };
        if let Ok((_, Read::Good(hours), _)) = calendar::read(row, context) {
            let now = vec![format!("`Hours`: {}", hours.open_now(input.now))];
            facts.insert((Table::Calendars, key), Said { meaning: Vec::new(), now });
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use proptest::prelude::*;

    use super::*;
    use crate::hours::Zone;
    use crate::release::settle;
    use crate::release::tests::random_rows::rows;
    use crate::rows::{Defaults, Rows, Value};

    fn defaults() -> Defaults {
        Defaults {
            time_zone: Zone::parse("Asia/Seoul").unwrap(),
            holiday_country: None,
            customers: true,
            assignments: true,
        }
    }

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap() + TimeDelta::minutes(minute)
    }

    /// One look: what is settled, and what each row is to tell by what is live after it.
    fn look(
        rows: &Rows,
        live: Option<&Settled>,
        waits: Option<&str>,
        number: u64,
        now: DateTime<Utc>,
    ) -> (Settled, Vec<(Table, String, Verdict)>) {
        let defaults = &defaults();
        let (settled, findings) = settle(rows, live, defaults, now);
        let holds = match (live, waits) {
            (Some(live), Some(_)) => live,
            _ => &settled,
        };
        let input =
            Input { rows, customers: None, live, defaults, default_group: None, now, from: at(0) };
        let live = Some(Live { number, holds, waits, is_back: false });
        let told = verdicts(input, &settled, findings, live);
        let told = told.into_iter().map(|told| (told.table, told.key.to_owned(), told.verdict));
        let told = told.collect();
        (settled, told)
    }

    fn write(rows: &mut Rows, told: &[(Table, String, Verdict)], now: DateTime<Utc>) {
        for (table, all) in [
            (Table::Rules, &mut rows.rules),
            (Table::Agents, &mut rows.agents),
            (Table::Calendars, &mut rows.calendars),
        ] {
            for row in all {
                let key = table.key_of(row).unwrap().to_owned();
                let of = |(of, name, _): &&(Table, String, Verdict)| *of == table && *name == key;
                let (_, _, verdict) = told.iter().find(of).unwrap();
                let text = verdict.text(now, defaults().time_zone);
                row.insert("_Check".to_owned(), Value::Text(text));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        /// Through any edits, held or not: every row is told what became of it, and a second look
        /// has nothing to write.
        #[test]
        fn a_second_look_writes_nothing(
            worlds in prop::collection::vec((rows(), any::<bool>()), 1..4),
        ) {
            let mut live: Option<Settled> = None;
            let mut number = 0;
            for (mut rows, held) in worlds {
                let waits = (held && live.is_some()).then_some("release 3 stays live");
                let (settled, told) = look(&rows, live.as_ref(), waits, number, at(0));
                let count = rows.rules.len() + rows.agents.len() + rows.calendars.len();
                prop_assert_eq!(told.len(), count);
                if waits.is_none() {
                    live = Some(settled.clone());
                    number += 1;
                }
                let in_force = live.as_ref().unwrap();
                for (table, key, verdict) in &told {
                    let text = verdict.text(at(0), Zone::utc());
                    let is_in_force = in_force.version(*table, key).is_some();
                    let is_live = in_force.version(*table, key) == settled.version(*table, key);
                    if text.starts_with("IN ERROR") {
                        prop_assert!(is_in_force, "{key}: {text}");
                    } else if text.starts_with("NOT USED") {
                        prop_assert!(!is_in_force, "{key}: {text}");
                    } else {
                        prop_assert_eq!(text.contains(", WAITS: "), !is_live, "{}: {}", key, text);
                        let is_kept = settled.version(*table, key).is_some();
                        let is_ok = text.starts_with("ok") && is_kept;
                        prop_assert!(is_ok || text.starts_with("disabled"), "{key}: {text}");
                    }
                }
                write(&mut rows, &told, at(0));
                let (again, told) = look(&rows, live.as_ref(), waits, number + 7, at(3));
                prop_assert_eq!(again, settled);
                for (table, key, verdict) in &told {
                    let is_its = |row: &&Row| table.key_of(row) == Some(key.as_str());
                    let row = rows.of(*table).iter().find(is_its);
                    let check = row.unwrap().get("_Check");
                    prop_assert!(verdict.is_said_by(check), "{check:?} is not {verdict:?}");
                }
            }
        }
    }
}
