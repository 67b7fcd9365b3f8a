//! Settles which version of every row is in force.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::Settled;
use super::complete::{calendars_of, complete, is_in_order};
use super::settled::{AsideState, asides, of_complete_rows, priority};
use crate::hours::{Hours, Interner};
use crate::rows::agent::{self, Agent};
use crate::rows::rule::{self, Rule};
use crate::rows::{
    Context, Defaults, Finding, Patterns, Read, ReadRow, Row, Rows, Table, calendar,
};

/// What a row comes to by itself.
enum Version {
    /// Itself, complete.
    Good(Row),
    /// None: it is disabled. Complete where it could be read.
    Disabled(Option<Row>),
    /// In error: its version in the live release, if it has one there.
    Bad,
}

type Versions<'r> = BTreeMap<&'r str, Version>;

/// What was read out of rows by their keys, where reading them as they will be in force gives the
/// same.
#[derive(Default)]
pub(super) struct ReadRows<'r> {
    pub(super) agents: BTreeMap<&'r str, Agent>,
    pub(super) rules: BTreeMap<&'r str, Rule>,
}

/// Which version of each of `rows` is in force, and what is wrong or odd about the rows
/// themselves. `live` is what the live release holds.
///
/// A good row: itself. A row in error: its version in the live release, if it has one there. A
/// disabled or deleted row: none. A row that uses a calendar in error goes by that calendar's
/// version in force; one that uses a deleted or unknown calendar is in error itself, and its
/// earlier version goes by the calendar as it was.
pub fn settle(
    rows: &Rows,
    live: Option<&Settled>,
    defaults: &Defaults,
    now: DateTime<Utc>,
) -> (Settled, Vec<Finding>) {
    settle_and_keep(rows, live, defaults, now, None)
}

/// The same; what was read out of the rows goes into `read`, for whoever wants it at once.
pub(super) fn settle_and_keep<'r>(
    rows: &'r Rows,
    live: Option<&Settled>,
    defaults: &Defaults,
    now: DateTime<Utc>,
    read: Option<&mut ReadRows<'r>>,
) -> (Settled, Vec<Finding>) {
    let nothing = Settled::default();
    let live = live.unwrap_or(&nothing);
    let mut settled = Settled::default();
    let mut findings = Vec::new();
    let mut hours = Interner::new(now.date_naive());
    let mut patterns = Patterns::default();

    let calendars = calendars(rows, live, defaults, &mut hours, &mut settled, &mut findings);
    let mut context = Context { defaults, hours: &mut hours, patterns: &mut patterns };
    let (kept_agents, kept_rules) = read.map(|read| (&mut read.agents, &mut read.rules)).unzip();
    let agents = (Table::Agents, rows.agents.as_slice());
    let agents = versions(agents, &mut context, &mut findings, agent::read, kept_agents);
    let rules = (Table::Rules, rows.rules.as_slice());
    let rules = versions(rules, &mut context, &mut findings, rule::read, kept_rules);

    let mut earlier = Earlier::new(live, calendars, patterns, now);
    earlier.keep(Table::Agents, &agents);
    earlier.keep(Table::Rules, &rules);
    let mut states = Vec::new();
    for (id, version) in agents {
        match version {
            Version::Good(row) => {
                settled.agents.insert(id.to_owned(), row);
            }
            Version::Disabled(row) => {
                settled.agents_out.insert(id.to_owned(), true);
                settled.agents.extend(row.map(|row| (id.to_owned(), row)));
            }
            Version::Bad => match earlier.take(Table::Agents, id, &mut settled.calendars) {
                Some(row) => {
                    settled.agents.insert(id.to_owned(), row);
                }
                None => {
                    settled.agents_out.insert(id.to_owned(), false);
                }
            },
        }
    }
    for (id, version) in rules {
        let (row, state) = match version {
            Version::Good(row) => (Some(row), None),
            Version::Disabled(_) => (None, Some(AsideState::Disabled)),
            Version::Bad => match earlier.take(Table::Rules, id, &mut settled.calendars) {
                Some(row) => (Some(row), Some(AsideState::Kept)),
                None => (None, Some(AsideState::InError)),
            },
        };
        settled.rules.extend(row.map(|row| (id.to_owned(), row)));
        states.extend(state.map(|state| (id, state)));
    }
    findings.sort();
    findings.dedup();
    let priorities = rows
        .rules
        .iter()
        .filter_map(|row| Some((Table::Rules.key_of(row)?.to_owned(), priority(row)?)));
    settled.asides = asides(states.into_iter(), &priorities.collect(), &findings);
    (settled, findings)
}

/// The calendars' hours by id, `None` for one that cannot be used; their rows in force go into
/// `settled`, and all of them into `hours`.
fn calendars(
    rows: &Rows,
    live: &Settled,
    defaults: &Defaults,
    hours: &mut Interner,
    settled: &mut Settled,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Option<Arc<Hours>>> {
    let mut all = BTreeMap::new();
    for row in &rows.calendars {
        let (id, read, mut found) = match calendar::read(
            row,
            &mut Context { defaults, hours: &mut *hours, patterns: &mut Patterns::default() },
        ) {
            Ok(read) => read,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        findings.append(&mut found);
        let version = match read {
            Read::Good(read) => {
                complete(Table::Calendars, row, defaults, hours).map(|row| (row, read))
            }
            Read::Disabled(_) | Read::Bad => live
                .calendars
                .get(id)
                .and_then(|row| Some((row.clone(), read_complete(row, hours)?))),
        };
        settled.calendars.remove(id);
        let (row, read) = version.unzip();
        settled.calendars.extend(row.map(|row| (id.to_owned(), row)));
        all.insert(id.to_owned(), read);
    }
    for (id, read) in &all {
        hours.add_calendar(id.clone(), read.clone());
    }
    all
}

fn read_complete(row: &Row, hours: &mut Interner) -> Option<Arc<Hours>> {
    let defaults = &of_complete_rows();
    match calendar::read(row, &mut Context { defaults, hours, patterns: &mut Patterns::default() })
    {
        Ok((_, Read::Good(hours), _)) => Some(hours),
        _ => None,
    }
}

fn versions<'r, T>(
    (table, rows): (Table, &'r [Row]),
    context: &mut Context<'_>,
    findings: &mut Vec<Finding>,
    read: impl for<'c> Fn(&'r Row, &mut Context<'c>) -> ReadRow<'r, T>,
    mut kept: Option<&mut BTreeMap<&'r str, T>>,
) -> Versions<'r> {
    let mut versions = BTreeMap::new();
    for row in rows {
        let (key, read, mut found) = match read(row, context) {
            Ok(read) => read,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        findings.append(&mut found);
        let complete = || complete(table, row, context.defaults, context.hours);
        let (version, read) = match read {
            Read::Good(read) => (complete().map_or(Version::Bad, Version::Good), Some(read)),
            Read::Disabled(read) => {
                (Version::Disabled(read.as_ref().and_then(|_| complete())), read)
            }
            Read::Bad => (Version::Bad, None),
        };
        versions.insert(key, version);
        if let Some(kept) = kept.as_deref_mut() {
            // Of two rows with one key the later counts.
            kept.remove(key);
            kept.extend(read.filter(|_| is_in_order(row)).map(|read| (key, read)));
        }
    }
    versions
}

/// The versions that the live release has of rows in error.
struct Earlier<'l> {
    live: &'l Settled,
    hours: Interner,
    /// Those of today's rows among them: all together are bounded.
    patterns: Patterns,
    /// Calendars that have a row today.
    today: BTreeMap<String, Option<Arc<Hours>>>,
}

impl<'l> Earlier<'l> {
    fn new(
        live: &'l Settled,
        today: BTreeMap<String, Option<Arc<Hours>>>,
        patterns: Patterns,
        now: DateTime<Utc>,
    ) -> Self {
        let mut hours = Interner::new(now.date_naive());
        for (id, read) in &today {
            hours.add_calendar(id.clone(), read.clone());
        }
        Self { live, hours, patterns, today }
    }

    /// Adds the deleted calendars that rows in error go by: only they still know them.
    fn keep(&mut self, table: Table, versions: &Versions<'_>) {
        let bad = versions.iter().filter(|(_, version)| matches!(version, Version::Bad));
        for row in bad.filter_map(|(key, _)| self.live.version(table, key)) {
            for id in calendars_of(row) {
                if !self.today.contains_key(&id)
                    && self.hours.calendar(&id).is_none()
                    && let Some(calendar) = self.live.calendars.get(&id)
                {
                    let read = read_complete(calendar, &mut self.hours);
                    self.hours.add_calendar(id, read);
                }
            }
        }
    }

    /// The version of a row in error that can still be used; the deleted calendars that it goes by
    /// are put into `calendars`.
    fn take(
        &mut self,
        table: Table,
        key: &str,
        calendars: &mut BTreeMap<String, Row>,
    ) -> Option<Row> {
        let row = self.live.version(table, key)?;
        let context = &mut Context {
            defaults: &of_complete_rows(),
            hours: &mut self.hours,
            patterns: &mut self.patterns,
        };
        let is_good = match table {
            Table::Agents => matches!(agent::read(row, context), Ok((_, Read::Good(_), _))),
            Table::Rules => matches!(rule::read(row, context), Ok((_, Read::Good(_), _))),
            Table::Calendars | Table::Customers => false,
        };
        if !is_good {
            return None;
        }
        for id in calendars_of(row) {
            if !self.today.contains_key(&id)
                && let Some(calendar) = self.live.calendars.get(&id)
            {
                calendars.insert(id, calendar.clone());
            }
        }
        Some(row.clone())
    }
}
