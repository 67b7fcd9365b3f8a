//! Which agents may be answered right now.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::hours::Hours;
use crate::rows::agent::Agent;
use crate::rows::rule::Rule;
use crate::snapshot::{Member, Standing};

/// Why an agent is not eligible.
#[derive(Debug, Clone)]
pub(super) enum Dropped<'a> {
    /// Whatever the time.
    Unfit(Unfit<'a>),
    /// By what, and until when, is said only to whom a trace is shown.
    Away(&'a Agent, DateTime<Utc>),
    /// Why, and until when, are said only to whom a trace is shown.
    OffShift(Option<&'a Hours>, DateTime<Utc>),
}

/// Why an agent may never be answered for a rule, whatever the time.
#[derive(Debug, Clone)]
pub(crate) enum Unfit<'a> {
    InError,
    Disabled,
    Excepted,
    WeightZero,
    OtherGroup(&'a [i64]),
    Skill { name: &'a str, has: u32, needs: u32 },
}

impl fmt::Display for Dropped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfit(unfit) => unfit.fmt(f),
            Self::Away(agent, now) => {
                write!(f, "is away (`Away`)")?;
                let why = agent.why_away(*now);
                why.map_or(Ok(()), |why| write!(f, ": {why}"))
            }
            Self::OffShift(shifts, now) => {
                write!(f, "is off shift (`Shifts`)")?;
                let why = shifts.and_then(|shifts| shifts.why_closed_until(*now));
                why.map_or(Ok(()), |why| write!(f, ": {why}"))
            }
        }
    }
}

impl fmt::Display for Unfit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InError => write!(f, "the agent's row is in error"),
            Self::Disabled => write!(f, "`Enabled` is false"),
            Self::Excepted => write!(f, "the rule leaves this agent out (`ExceptAgents`)"),
            Self::WeightZero => write!(f, "`Weight` is 0: only when preferred"),
            Self::OtherGroup(groups) => {
                write!(f, "`OnlyWithGroups` is {groups:?}, the rule answers another group")
            }
            Self::Skill { name, has: 0, .. } => write!(f, "does not have the skill `{name}`"),
            Self::Skill { name, has, needs } => {
                write!(f, "the skill `{name}` is {has}, the rule needs {needs}")
            }
        }
    }
}

/// Why the agent may not be answered for this rule now; `None` = eligible. A preferred agent needs
/// no weight.
pub(super) fn dropped<'a>(
    member: &'a Member,
    rule: &'a Rule,
    now: DateTime<Utc>,
    preferred: bool,
) -> Option<Dropped<'a>> {
    if let Some(unfit) = unfit(member, rule, preferred) {
        return Some(Dropped::Unfit(unfit));
    }
    let agent: &Agent = &member.agent;
    if agent.is_away(now) {
        return Some(Dropped::Away(agent, now));
    }
    if !agent.is_on_shift(now) {
        return Some(Dropped::OffShift(agent.shifts.as_deref(), now));
    }
    None
}

/// Whether the agent may be answered for this rule at some time: when on shift and not away.
pub(crate) fn may_serve(member: &Member, rule: &Rule) -> bool {
    unfit(member, rule, false).is_none()
}

/// Why the agent may never be answered for this rule, whatever the time. A preferred agent needs no
/// weight.
pub(crate) fn unfit<'a>(member: &'a Member, rule: &'a Rule, preferred: bool) -> Option<Unfit<'a>> {
    match member.standing {
        Standing::InError => return Some(Unfit::InError),
        Standing::Disabled => return Some(Unfit::Disabled),
        Standing::Ready => {}
    }
    let agent: &Agent = &member.agent;
    if rule.except_agents.binary_search(&agent.id).is_ok() {
        return Some(Unfit::Excepted);
    }
    if agent.weight == 0 && !preferred {
        return Some(Unfit::WeightZero);
    }
    if let (Some(group), Some(only)) = (rule.group, &agent.only_with_groups)
        && !only.contains(&group)
    {
        return Some(Unfit::OtherGroup(only));
    }
    for (name, needs) in &rule.need_skills {
        let has = agent.proficiency(name);
        if has < *needs {
            return Some(Unfit::Skill { name, has, needs: *needs });
        }
    }
    None
}
