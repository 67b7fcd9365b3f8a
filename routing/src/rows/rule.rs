//! A rule row: conditions, and who answers when they hold.

mod agents;
mod closed;
mod preference;
mod skills;
mod strategy;

use std::cmp::Ordering;
use std::sync::Arc;

use super::cleaned::Cleaned;
use super::condition::{CONDITIONS, Condition, LISTED, RuleContext, check_validity, read_listed};
use super::reader::{Empty, RowReader};
use super::value::Value;
use super::{Context, Decimal, Read, ReadRow, Row, Table};
use crate::packed::packed_struct;
use crate::text::name_key;
use agents::{agent_ids, except_agents};
use closed::{expected, unique};
pub use preference::Preference;
use preference::{MAX_LAST_AGENT_DAYS, last_agent_days, prefer};
use skills::need_skills;
pub use strategy::Strategy;
use strategy::strategy;

/// Most agents answered by `all`, unless `MaxAgents` says otherwise.
const MAX_AGENTS_OF_ALL: usize = 100;

/// Words behind a number of agents.
const AGENTS: [&str; 6] = ["agents", "agent", "people", "명", "人", "名"];

/// Most digits of `Priority` that are told apart.
const MAX_PRIORITY_DIGITS: usize = 15;

/// A row of the rules table: who answers, and under which conditions.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `RuleId`.
    pub id: Arc<str>,
    /// Lower is tried first.
    pub priority: f64,
    /// All must hold; without any the rule is for everybody.
    pub conditions: Vec<Condition>,
    /// The group answered with, or instead of, agents.
    pub group: Option<i64>,
    /// Agents named one by one, tried before the rosters; each once.
    pub agent_ids: Vec<Arc<str>>,
    /// Rosters by compared name, in order; each once.
    pub rosters: Vec<Arc<str>>,
    /// Agents never answered by this rule; sorted.
    pub except_agents: Vec<Arc<str>>,
    /// Skills by compared name, with the least proficiency.
    pub need_skills: Vec<(Arc<str>, u32)>,
    /// How to choose.
    pub strategy: Strategy,
    /// Most agents answered.
    pub max_agents: usize,
    /// Whom to prefer, in order; each once.
    pub prefer: Vec<Preference>,
    /// How long `last_agent` remembers, in days.
    pub last_agent_days: u32,
    /// Whether the group alone is answered when no agent is eligible, instead of trying the next
    /// rule.
    pub group_if_nobody: bool,
}

packed_struct!(Rule {
    id,
    priority,
    conditions,
    group,
    agent_ids,
    rosters,
    except_agents,
    need_skills,
    strategy,
    max_agents,
    prefer,
    last_agent_days,
    group_if_nobody,
} if |rule| rule.last_agent_days <= MAX_LAST_AGENT_DAYS);

impl Rule {
    /// Which of two rules is tried first.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.priority.total_cmp(&other.priority).then_with(|| self.id.cmp(&other.id))
    }

    /// Whether the rule names agents, by id or roster.
    pub fn names_agents(&self) -> bool {
        !self.agent_ids.is_empty() || !self.rosters.is_empty()
    }

    /// Whether the rule prefers the agent who last served the user.
    pub(crate) fn prefers_last_agent(&self) -> bool {
        self.prefer.contains(&Preference::LastAgent)
    }

    /// Whether the rule's decisions depend on earlier ones, so that each is recorded and repeated
    /// for the same event.
    pub(crate) fn uses_memory(&self) -> bool {
        self.names_agents() && (self.strategy == Strategy::RoundRobin || self.prefers_last_agent())
    }
}

/// Reads a rule row.
///
/// # Errors
/// The finding, when the row has no usable key.
pub fn read<'r>(row: &'r Row, context: &mut Context<'_>) -> ReadRow<'r, Rule> {
    let cleaned = Cleaned::new(Table::Rules, row)?;
    let key = cleaned.key();
    let mut reader = RowReader::with_conditions(&cleaned, CONDITIONS);
    let enabled = reader.bool("Enabled");
    let (zone, country) = reader.zone_and_country(context.defaults);
    let priority =
        reader.number("Priority", Empty::IsError, "a number; lower is tried first", &[], |_| true);
    let priority = priority.filter(|_| priority_is_exact(&mut reader));
    if !reader.has("Priority") && !reader.is_misspelt("Priority") {
        reader.error("Priority", "is missing; give a number, lower is tried first");
    }
    let split = reader.text("PercentKey", Empty::IsAbsent).unwrap_or(key);
    let conditions = read_listed(
        &mut reader,
        &mut RuleContext { zone, country, split, listed: LISTED, context: &mut *context },
    );
    check_validity(&mut reader, zone);

    let group = reader.whole("AgentGroupId", Empty::IsError, 1, i64::MAX);
    let agent_ids = unique(agent_ids(&mut reader).into_iter().map(Arc::from));
    let rosters = reader.ordered_list("Rosters", Empty::IsError).unwrap_or_default();
    super::rosters::are_names(&mut reader, rosters.iter().copied());
    let rosters = unique(rosters.into_iter().map(|name| name_key(name).into()));
    let except_agents = except_agents(&mut reader);
    let has = |name: &str| reader.has(name) || reader.is_misspelt(name);
    let names_agents = has("AgentIds") || has("Rosters");
    if !names_agents && !has("AgentGroupId") {
        reader.error(
            "AgentGroupId",
            "the rule names nobody; add `AgentGroupId`, `AgentIds` or `Rosters`, such as \
            `\"Rosters\": [\"support\"]`",
        );
    }
    let need_skills = need_skills(&mut reader);
    let strategy = strategy(&mut reader, context);
    let default_max = if strategy == Strategy::All { MAX_AGENTS_OF_ALL } else { 1 };
    let max_agents = reader
        .counted("MaxAgents", Empty::IsAbsent, 1, i64::MAX, &AGENTS)
        .and_then(|n| usize::try_from(n).ok())
        .unwrap_or(default_max);
    let prefer = prefer(&mut reader, context);
    let last_agent_days = last_agent_days(&mut reader, &prefer);
    let group_if_nobody = group_if_nobody(&mut reader);
    if !names_agents {
        for attribute in ["NeedSkills", "Prefer", "ExceptAgents"] {
            if reader.value(attribute, Empty::IsAbsent).is_some() {
                reader.error(
                    attribute,
                    "needs agents, but the rule names none; add `AgentIds` or `Rosters`",
                );
            }
        }
        for attribute in ["Strategy", "MaxAgents", "IfNobody"] {
            if reader.value(attribute, Empty::IsAbsent).is_some() {
                reader.warn(
                    attribute,
                    "has no effect, because the rule names no agents; remove it, or add \
                    `AgentIds` or `Rosters`",
                );
            }
        }
    }
    let splits_users = |condition: &Condition| condition.test.kind().splits_users();
    let is_alone = !conditions.iter().flat_map(Condition::each).any(splits_users)
        && !reader.has("Percent")
        && !reader.is_misspelt("Percent");
    if reader.has("PercentKey") && is_alone {
        reader.warn("PercentKey", "has no effect without `Percent`; add that, or remove this");
    }

    let (read, findings) = Read::conclude(enabled, reader.finish(), || {
        Some(Rule {
            id: key.into(),
            priority: priority?,
            conditions,
            group,
            agent_ids,
            rosters,
            except_agents,
            need_skills,
            strategy,
            max_agents,
            prefer,
            last_agent_days,
            group_if_nobody,
        })
    });
    Ok((key, read, findings))
}

/// Whether `Priority` has no more digits than are compared: beyond them, two that differ would be
/// the same.
fn priority_is_exact(reader: &mut RowReader<'_>) -> bool {
    let Some(Value::Number(text) | Value::Text(text)) = reader.value("Priority", Empty::IsAbsent)
    else {
        return true;
    };
    let Some(number) = Decimal::parse(text) else { return true };
    let digits = number.digits();
    if digits > MAX_PRIORITY_DIGITS {
        let message = format!(
            "has {digits} digits, and at most {MAX_PRIORITY_DIGITS} are compared; write a shorter \
            number, such as `10`, or `10.5` for between `10` and `11`"
        );
        reader.error("Priority", message);
    } else if !number.is_of_usual_size() {
        reader.error("Priority", "is too small or too large for DynamoDB; write such as `10`");
    } else {
        return true;
    }
    false
}

/// What people call what happens then.
const IF_NOBODY: [(&str, &str); 9] = [
    ("next rule", "next"),
    ("nextrule", "next"),
    ("continue", "next"),
    ("다음", "next"),
    ("다음 규칙", "next"),
    ("下一个", "next"),
    ("次", "next"),
    ("그룹", "group"),
    ("组", "group"),
];

fn group_if_nobody(reader: &mut RowReader<'_>) -> bool {
    let expects = || "`next` or `group`".to_owned();
    let Some(text) = reader.text_of("IfNobody", Empty::IsAbsent, &expects) else { return false };
    match name_key(text).as_str() {
        "next" => false,
        "group" => {
            if !reader.has("AgentGroupId") && !reader.is_misspelt("AgentGroupId") {
                reader.error(
                    "IfNobody",
                    "`group` answers `AgentGroupId`, and the rule has none; add `AgentGroupId` \
                    such as `6521`, or write `next` here",
                );
            }
            true
        }
        _ => {
            let all =
                "expected `next` (the next rule is tried) or `group` (`AgentGroupId` is answered)";
            reader.error("IfNobody", expected(all, text, &["next", "group"], &IF_NOBODY));
            false
        }
    }
}

#[cfg(test)]
mod tests;
