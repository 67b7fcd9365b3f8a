//! `desk coverage`: a week, hour by hour: which rule would win for a plain user, who is on duty,
//! and where nobody is.

mod html;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use clap::Args;
use routing::decide::{
    FactSource, Known, Outcome, Question, Reason, Rotation, Tracing, Wanted, eligible_agents,
    run_ready,
};
use routing::hours::Zone;
use routing::rows::Fact;
use routing::session::Session;
use routing::snapshot::Snapshot;

use crate::source::{Deployment, Source, moment};

/// Days shown.
const DAYS: i64 = 7;

/// What to show.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    source: Source,
    /// When the week begins, such as `2026-12-24`; today without it
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Also write one self-contained page
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// Prints the week.
///
/// # Errors
/// The rows cannot be read, or the page cannot be written.
pub async fn run(options: &Options) -> Result<()> {
    let deployment = options.source.read(false).await?;
    let start = moment(options.at.as_deref(), &deployment.settings)?;
    let week = Week::of(&deployment, start);
    print!("{}", week.to_text());
    if let Some(path) = &options.html {
        std::fs::write(path, html::page(&week))
            .with_context(|| format!("writing `{}`", path.display()))?;
        println!("\n{} written.", path.display());
    }
    Ok(())
}

/// One hour of the week, for a plain user: no customer row, platform unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Hour {
    /// When it begins.
    pub start: DateTime<Utc>,
    /// The rule that wins.
    pub rule: Option<String>,
    /// How many agents that rule chooses among.
    pub agents: usize,
    /// Why that is no good answer, if it is none.
    pub hole: Option<&'static str>,
}

/// A week of a deployment.
#[derive(Debug, Clone)]
pub struct Week {
    /// The deployment's zone.
    pub zone: Zone,
    /// Every hour.
    pub hours: Vec<Hour>,
    /// Roster → agents on duty, hour by hour.
    pub rosters: BTreeMap<String, Vec<usize>>,
    /// Agent → on duty, hour by hour.
    pub agents: BTreeMap<String, Vec<bool>>,
}

/// Hours in a row in which something is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Hole {
    /// The first hour.
    pub from: DateTime<Utc>,
    /// After the last hour.
    pub until: DateTime<Utc>,
    /// What is missing.
    pub what: String,
}

impl Week {
    /// The week of a deployment from the midnight before `start` in its zone.
    pub fn of(deployment: &Deployment, start: DateTime<Utc>) -> Self {
        let settings = &deployment.settings;
        let zone = settings.defaults.time_zone;
        let today = zone.local(start).date();
        let midnight = |date: NaiveDate| zone.to_utc(date.and_time(NaiveTime::MIN));
        let (first, end) = (midnight(today), midnight(today + TimeDelta::days(DAYS)));
        let starts: Vec<DateTime<Utc>> = (0..)
            .map(|hour| first + TimeDelta::hours(hour))
            .take_while(|start| *start < end)
            .collect();
        let snapshot =
            Snapshot::compile(&deployment.rows.for_snapshot(), &settings.defaults, start, None);
        let app = settings.locks.sdk_app_ids.first().copied().unwrap_or_default();
        let user = Session::new("coverage", "plain user", 0, app);
        let hours = starts
            .iter()
            .map(|start| hour(&snapshot, &user, *start, settings.default_group))
            .collect();
        let mut rosters: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut agents = BTreeMap::new();
        for member in snapshot.members() {
            let duty: Vec<bool> = starts.iter().map(|start| member.is_on_duty(*start)).collect();
            for (roster, _) in &member.agent.rosters {
                let counts = rosters.entry(roster.clone()).or_insert_with(|| vec![0; starts.len()]);
                for (count, on_duty) in counts.iter_mut().zip(&duty) {
                    *count += usize::from(*on_duty);
                }
            }
            agents.insert(member.agent.id.to_string(), duty);
        }
        // A roster that a rule names and nobody is on is a hole all week.
        for roster in snapshot.rules().iter().flat_map(|linked| &linked.rule.rosters) {
            rosters.entry(roster.clone()).or_insert_with(|| vec![0; starts.len()]);
        }
        Self { zone, hours, rosters, agents }
    }

    /// Hours in a row in which a plain user finds nobody.
    pub fn holes(&self) -> Vec<Hole> {
        let mut holes: Vec<Hole> = Vec::new();
        for hour in &self.hours {
            let Some(what) = hour.hole else { continue };
            let what = hour
                .rule
                .as_ref()
                .map_or_else(|| what.to_owned(), |rule| format!("rule `{rule}`: {what}"));
            let until = hour.start + TimeDelta::hours(1);
            match holes.last_mut() {
                Some(last) if last.until == hour.start && last.what == what => last.until = until,
                _ => holes.push(Hole { from: hour.start, until, what }),
            }
        }
        holes
    }

    /// Each day with its name and its 24 hours by the clock. An hour that daylight saving leaves
    /// out is none; of one that comes twice, it is the worse.
    fn days(&self) -> Vec<(String, Vec<Option<usize>>)> {
        let mut days: Vec<(String, Vec<Option<usize>>)> = Vec::new();
        for (index, hour) in self.hours.iter().enumerate() {
            let local = self.zone.local(hour.start);
            let name = local.format("%a %d %b").to_string();
            if days.last().is_none_or(|(last, _)| *last != name) {
                days.push((name, vec![None; 24]));
            }
            let slot = days.last_mut().and_then(|(_, hours)| hours.get_mut(local.hour() as usize));
            if let Some(slot) = slot
                && (slot.is_none() || hour.hole.is_some())
            {
                *slot = Some(index);
            }
        }
        days
    }

    /// The whole for a terminal.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let days = self.days();
        let name = days.first().map(|(name, _)| name.as_str()).unwrap_or_default();
        // Writing to memory does not fail.
        let _ = writeln!(
            text,
            "The week from {name}, {}. Agents whom the winning rule chooses among, for a plain user, hour by hour;",
            self.zone
        );
        let _ = writeln!(text, "`g` = a group alone, `!` = a hole, `+` = ten or more.\n");
        let scale = "0     3     6     9     12    15    18    21";
        let _ = writeln!(text, "{:<11}{scale}", "");
        let glyph = |count: usize| match count {
            0 => '.',
            1..=9 => char::from_digit(u32::try_from(count).unwrap_or_default(), 10).unwrap_or('?'),
            _ => '+',
        };
        let write_days = |text: &mut String, of: &dyn Fn(usize) -> char| {
            for (name, hours) in &days {
                let cells: Vec<String> =
                    hours.iter().map(|hour| hour.map_or(' ', of).to_string()).collect();
                let _ = writeln!(text, "{name:<11}{}", cells.join(" "));
            }
        };
        write_days(&mut text, &|index| match self.hours.get(index) {
            Some(hour) if hour.hole.is_some() => '!',
            Some(hour) if hour.agents == 0 => 'g',
            Some(hour) => glyph(hour.agents),
            None => '?',
        });
        for (roster, counts) in &self.rosters {
            let _ = writeln!(text, "\nroster {roster}: agents on duty");
            write_days(&mut text, &|index| counts.get(index).copied().map_or('?', glyph));
        }
        let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
        for hour in &self.hours {
            *rules.entry(hour.rule.as_deref().unwrap_or("(no rule)")).or_default() += 1;
        }
        let _ = writeln!(text, "\nwho answers a plain user:");
        for (rule, hours) in rules {
            let _ = writeln!(text, "  {hours:>3} hours  {rule}");
        }
        let holes = self.holes();
        let _ = writeln!(text, "\n{}", if holes.is_empty() { "no holes" } else { "holes:" });
        for hole in &holes {
            let _ = writeln!(text, "  {}  {}", self.span(hole), hole.what);
        }
        text
    }

    fn span(&self, hole: &Hole) -> String {
        let (from, until) = (self.zone.local(hole.from), self.zone.local(hole.until));
        let end = if from.date() == until.date() {
            until.format("%H:%M")
        } else {
            until.format("%a %d %b %H:%M")
        };
        format!("{} – {end}", from.format("%a %d %b %H:%M"))
    }
}

/// Whoever has no customer row, was never served before, and takes a rotation's first turn.
struct PlainUser;

impl FactSource for PlainUser {
    async fn read(&mut self, _wanted: Wanted, known: &mut Known) {
        *known = Known {
            customer: Fact::Is(None),
            earlier: Fact::Is(None),
            last_agent: Fact::Is(None),
            turn: Fact::NotRead,
        };
    }

    async fn take_turn(&mut self, _rotation: &Rotation) -> Fact<Vec<usize>> {
        Fact::Is(vec![0])
    }
}

fn hour(
    snapshot: &Snapshot,
    user: &Session,
    start: DateTime<Utc>,
    default_group: Option<i64>,
) -> Hour {
    let question = Question { snapshot, session: user, now: start, default_group };
    let decision = run_ready(&question, &mut PlainUser, Tracing::WithoutRule).decision;
    let linked =
        snapshot.rules().iter().find(|linked| Some(&linked.rule.id) == decision.rule_id.as_ref());
    let agents = linked.map_or(0, |linked| eligible_agents(snapshot, linked, start).len());
    let hole = match (decision.outcome, decision.reason) {
        (Outcome::NoMatch | Outcome::Fallback, _) => {
            Some("no rule answers and there is no default group")
        }
        (Outcome::DefaultGroup, Reason::NobodyEligible) => {
            Some("nobody is eligible, so the default group answers")
        }
        (Outcome::Group, Reason::GroupIfNobody) => Some("nobody is eligible, so its group answers"),
        _ => None,
    };
    Hour { start, rule: decision.rule_id.map(|id| id.to_string()), agents, hole }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::row_files::RowFiles;
    use crate::source::settings;

    /// Weeks in which the clocks change still have their hours under the right names.
    #[test]
    fn daylight_saving() {
        let settings =
            settings(true, |name| (name == "TIME_ZONE").then(|| "Europe/Berlin".to_owned()))
                .unwrap();
        let deployment = Deployment { settings, rows: RowFiles::samples().unwrap(), live: None };
        for (date, expected) in [
            ("2027-03-28T10:00:00Z", 23),
            ("2026-10-25T10:00:00Z", 24),
            ("2026-11-24T10:00:00Z", 24),
        ] {
            let week = Week::of(&deployment, date.parse().unwrap());
            assert_eq!(week.days().len(), 7, "seven days, of however many hours");
            let (name, hours) = week.days().remove(0);
            assert_eq!(hours.iter().flatten().count(), expected, "{name}");
            for (clock, index) in
                hours.iter().enumerate().filter_map(|(clock, index)| Some((clock, (*index)?)))
            {
                assert_eq!(
                    week.zone.local(week.hours[index].start).hour() as usize,
                    clock,
                    "{name}"
                );
            }
        }
    }
}
