//! A replay as a person reads it; beside it another, by other rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};

use super::run::{Replay, Request, rule_of, same_answer};
use crate::decide::Decision;

/// Most changed requests shown.
const SHOWN: usize = 20;

/// What requests come to, and what other rows would change.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The requests that were decided.
    pub requests: &'a [Request],
    /// Lines of their file that are no request.
    pub left_out: usize,
    /// What they come to.
    pub before: &'a Replay,
    /// The same by other rows.
    pub after: Option<&'a Replay>,
}

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&counted(self.requests.len(), "request"))?;
        if self.left_out > 0 {
            write!(f, " ({} left out: no request)", counted(self.left_out, "line"))?;
        }
        f.write_str("\n\n")?;
        self.rules(f)?;
        self.shares(f)?;
        f.write_str("\n")?;
        self.total(f, "without an eligible agent", Replay::without_anybody)?;
        self.total(f, "with a group alone", Replay::group_alone)?;
        if let Some(after) = self.after {
            self.changes(f, after)?;
        }
        let both = [Some(self.before), self.after].into_iter().flatten();
        let notes: BTreeSet<&str> = both.flat_map(|replay| &replay.notes).copied().collect();
        notes.iter().try_for_each(|note| writeln!(f, "Note: {note}."))
    }
}

impl Report<'_> {
    fn percent(&self, count: usize) -> String {
        share(count as f64, self.requests.len() as f64)
    }

    fn rules(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (before, after) = (self.before.hits(), self.after.map(Replay::hits));
        let names: BTreeSet<&str> =
            before.keys().chain(after.iter().flat_map(BTreeMap::keys)).copied().collect();
        let width = width(names.iter().copied().chain(["rule"]));
        let head = if after.is_some() { "     after" } else { "" };
        writeln!(f, "{:<width$}  {:>8}  {:>7}{head}", "rule", "requests", "")?;
        let of = |hits: &BTreeMap<&str, usize>, name| hits.get(name).copied().unwrap_or_default();
        for name in names {
            let count = of(&before, name);
            let then = after.as_ref().map(|after| format!("  {:>8}", of(after, name)));
            let then = then.unwrap_or_default();
            writeln!(f, "{name:<width$}  {count:>8}  {:>7}{then}", self.percent(count))?;
        }
        Ok(())
    }

    /// What goes to each agent by weight, at last.
    fn shares(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let shares = &self.after.unwrap_or(self.before).shares;
        if shares.is_empty() {
            return Ok(());
        }
        let head = if self.after.is_some() { "after" } else { "agent" };
        let width = width(shares.keys().map(String::as_str).chain(["agent"]));
        let all: f64 = shares.values().map(|of| of.sessions).sum();
        writeln!(f, "\n{head:<width$}  {:>8}  {:>7}  {:>8}", "sessions", "share", "expected")?;
        for (agent, of) in shares {
            let (got, expected) = (share(of.sessions, all), share(of.expected, all));
            writeln!(f, "{agent:<width$}  {:>8}  {got:>7}  {expected:>8}", of.sessions)?;
        }
        writeln!(f, "(sessions chosen by weight: `hash`, `sticky`, `round_robin`)")
    }

    fn total(
        &self,
        f: &mut Formatter<'_>,
        what: &str,
        count: impl Fn(&Replay) -> usize,
    ) -> fmt::Result {
        let counted =
            |replay: &Replay| format!("{} ({})", count(replay), self.percent(count(replay)));
        let then = self.after.map(|after| format!(", after: {}", counted(after)));
        writeln!(f, "{what}: {}{}", counted(self.before), then.unwrap_or_default())
    }

    fn changes(&self, f: &mut Formatter<'_>, after: &Replay) -> fmt::Result {
        let both = self.before.decisions.iter().zip(&after.decisions);
        let changed: Vec<(&Request, (&Decision, &Decision))> =
            self.requests.iter().zip(both).filter(|(_, (a, b))| !same_answer(a, b)).collect();
        let end = if changed.is_empty() { "" } else { ":" };
        let (count, percent) = (counted(changed.len(), "request"), self.percent(changed.len()));
        writeln!(f, "\n{count} ({percent}) would get another answer{end}")?;
        let loses = |(_, (a, b)): &&(&Request, (&Decision, &Decision))| {
            !a.agent_ids.is_empty() && b.agent_ids.is_empty()
        };
        let lost = changed.iter().filter(loses).count();
        if lost > 0 {
            writeln!(f, "  {lost} of them had agents, and would get a group alone or nobody")?;
        }
        for (Request { session, .. }, (a, b)) in changed.iter().take(SHOWN) {
            let of = |decision| format!("`{}` {}", rule_of(decision), answered(decision));
            let (id, user) = (&session.session_id, &session.client_user_id);
            writeln!(f, "  {id} of {user}: {} → {}", of(a), of(b))?;
        }
        if changed.len() > SHOWN {
            writeln!(f, "  … and {} more (`--json` has all)", changed.len() - SHOWN)?;
        }
        Ok(())
    }
}

fn answered(decision: &Decision) -> String {
    let agents: Vec<&str> = decision.agent_ids.iter().map(AsRef::as_ref).collect();
    match (agents.as_slice(), decision.agent_group_id) {
        ([], Some(group)) => format!("group {group}"),
        ([], None) => "nobody".to_owned(),
        (agents, Some(group)) => format!("{} (group {group})", agents.join(", ")),
        (agents, None) => agents.join(", "),
    }
}

fn share(part: f64, all: f64) -> String {
    format!("{:.1} %", 100.0 * part / all.max(1.0))
}

fn width<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.map(|name| name.chars().count()).max().unwrap_or_default()
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
