//! The ids of agents that rules name. One without a row is nobody: deleting a leaver's row is
//! enough. A warning says what may be meant.

use std::collections::HashMap;
use std::sync::Arc;

use super::member::{ListedMember, Member};
use crate::rows::{Finding, Severity, Table, Value};
use crate::text::{closest_id, cut};

/// For how many ids without a row a near one is looked for.
const MAX_SEARCHES: usize = 5;

/// The ids that have a row.
pub(super) struct Ids<'s> {
    by_id: &'s HashMap<Arc<str>, usize>,
    members: &'s [Member],
    /// How often a near one may still be looked for.
    searches: usize,
}

impl<'s> Ids<'s> {
    pub(super) fn new(by_id: &'s HashMap<Arc<str>, usize>, members: &'s [Member]) -> Self {
        Self { by_id, members, searches: MAX_SEARCHES }
    }

    /// The agent with this id, as `AgentIds` lists it.
    pub(super) fn find(&self, id: &str) -> Option<ListedMember> {
        let member = *self.by_id.get(id)?;
        let tier = self.members.get(member).map_or(1, |member| member.agent.tier);
        Some(ListedMember { member, tier })
    }

    /// What to say of an id in this attribute of the rule that has no row.
    pub(super) fn unknown(&mut self, rule_id: &str, attribute: &str, id: &str) -> Finding {
        let so = match attribute {
            "ExceptAgents" => "so nobody is left out",
            _ => "so it is nobody",
        };
        let todo =
            self.known_in(id).map_or_else(|| self.near(id), |known| format!("write {known}"));
        Finding::new(
            Severity::Warning,
            Table::Rules,
            rule_id,
            Some(attribute),
            Some(&Value::Text(id.to_owned())),
            format!("no agent row has the id `{}`, {so}; {todo}", cut(id)),
        )
    }

    /// A near id as a question; else what to do.
    fn near(&mut self, id: &str) -> String {
        let near = self.searches.checked_sub(1).and_then(|left| {
            self.searches = left;
            closest_id(id, self.members.iter().map(|member| &*member.agent.id))
        });
        near.map_or_else(
            || "add the agent's row, or remove the id".to_owned(),
            |near| format!("did you mean `{}`?", cut(near)),
        )
    }

    /// The known ids in a text that holds several, or one with something else.
    fn known_in(&self, text: &str) -> Option<String> {
        let is_between = |c: char| c.is_whitespace() || "/&+|<>()・:".contains(c);
        let is_joint = |part: &str| ["or", "and", "oder", "und", "및", "또는"].contains(&part);
        let parts = || {
            let parts = text.split(is_between).filter(|part| !part.is_empty());
            parts
                .filter(|part| !is_joint(part) || self.by_id.contains_key(*part))
                .map(|part| self.bare(part))
        };
        let known: Vec<&str> = parts().filter(|part| self.by_id.contains_key(*part)).collect();
        let certain = known.len() == 1 || known.len() == parts().count();
        let shown = |id: &&str| format!("`{}`", cut(id));
        let all = known.iter().take(10).map(shown).collect::<Vec<_>>().join(", ");
        match known.len() {
            0 => None,
            1 => Some(all),
            _ => certain.then(|| format!("{all}, each as an entry of its own")),
        }
    }

    /// An id without the Korean "and", which stands at the end of the word before.
    fn bare<'t>(&self, part: &'t str) -> &'t str {
        let ends = ["이랑", "하고", "와", "과", "랑"];
        let mut bare = ends.iter().filter_map(|end| part.strip_suffix(end));
        bare.find(|bare| self.by_id.contains_key(*bare)).unwrap_or(part)
    }
}
