//! Rules whose agents can never answer, whatever the time: the rule excepts them all, or asks for
//! what none of them has.

use std::collections::HashSet;

use super::checked::Checked;
use super::input::warning;
use crate::decide::{Unfit, unfit};
use crate::rows::{Finding, Table};
use crate::snapshot::LinkedRule;

/// Most looks at an agent in a rule's lists, in all: bounds the time of a check.
const MAX_LOOKS: usize = 20_000_000;

/// Of a rule's agents, how many may not answer for which reason.
#[derive(Default)]
struct Reasons {
    excepted: usize,
    skills: usize,
    group: usize,
    weight: usize,
    disabled: usize,
    in_error: usize,
}

/// Tells of these rules, and gives their ids.
pub(super) fn find<'c>(checked: &'c Checked<'_>, findings: &mut Vec<Finding>) -> HashSet<&'c str> {
    let mut told = HashSet::new();
    let mut looks = 0;
    let members = checked.snapshot.members().iter();
    let skills: HashSet<&str> =
        members.flat_map(|member| member.agent.skills.iter().map(|(name, _)| &**name)).collect();
    for linked in checked.snapshot.rules() {
        // A skill that no agent has is found by its name.
        if linked.rule.need_skills.iter().any(|(name, _)| !skills.contains(&**name)) {
            continue;
        }
        let Some(counts) = why_nobody(checked, linked, &mut looks) else { continue };
        let rule = &linked.rule;
        let agents = if rule.rosters.is_empty() { "AgentIds" } else { "Rosters" };
        let why = counts.said(agents);
        // What most of them lack is what to change first.
        let Some((most, ..)) = why.iter().rev().max_by_key(|(_, count, _)| *count) else {
            continue;
        };
        let said: Vec<String> =
            why.iter().map(|(_, count, said)| format!("{count} {said}")).collect();
        let message = format!(
            "none of the rule's agents can ever answer: {}; change that, or name other agents",
            said.join(", ")
        );
        let found = checked.value(Table::Rules, &rule.id, most);
        findings.push(warning(Table::Rules, &rule.id, Some(most), found, message));
        told.insert(&*rule.id);
    }
    told
}

/// `None` when somebody may answer, or none of the agents has a row.
fn why_nobody(checked: &Checked<'_>, linked: &LinkedRule, looks: &mut usize) -> Option<Reasons> {
    let rule = &linked.rule;
    let (mut seen, mut counts) = (HashSet::new(), Reasons::default());
    for candidate in linked.lists().flat_map(|(_, candidates)| candidates) {
        *looks += 1;
        if *looks > MAX_LOOKS {
            return None;
        }
        let member = checked.snapshot.member(candidate.member)?;
        // Nobody is left out by weight alone where somebody may be preferred.
        let why = unfit(member, rule, !rule.prefer.is_empty())?;
        if !seen.insert(candidate.member) {
            continue;
        }
        let count = match why {
            Unfit::Excepted => &mut counts.excepted,
            Unfit::Skill { .. } => &mut counts.skills,
            Unfit::OtherGroup(_) => &mut counts.group,
            Unfit::WeightZero => &mut counts.weight,
            Unfit::Disabled => &mut counts.disabled,
            Unfit::InError => &mut counts.in_error,
        };
        *count += 1;
    }
    (!seen.is_empty()).then_some(counts)
}

impl Reasons {
    /// Each reason that there is: where to change it, how many agents, and the words.
    fn said(&self, agents: &'static str) -> Vec<(&'static str, usize, &'static str)> {
        let is = |count, one, several| if count == 1 { one } else { several };
        let all = [
            (
                "ExceptAgents",
                self.excepted,
                is(self.excepted, "is in `ExceptAgents`", "are in `ExceptAgents`"),
            ),
            (
                "NeedSkills",
                self.skills,
                is(
                    self.skills,
                    "does not have all of `NeedSkills`",
                    "do not have all of `NeedSkills`",
                ),
            ),
            (
                "AgentGroupId",
                self.group,
                is(
                    self.group,
                    "has `OnlyWithGroups` without this group",
                    "have `OnlyWithGroups` without this group",
                ),
            ),
            (agents, self.weight, is(self.weight, "has `Weight` 0", "have `Weight` 0")),
            (agents, self.disabled, is(self.disabled, "is disabled", "are disabled")),
            (agents, self.in_error, is(self.in_error, "is in error", "are in error")),
        ];
        all.into_iter().filter(|(_, count, _)| *count > 0).collect()
    }
}
