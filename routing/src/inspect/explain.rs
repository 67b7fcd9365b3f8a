//! One dry decision with its trace, for a person who asks "why her?": the same decision as the
//! webhook's, and nothing is written.

use crate::hours::Zone;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use crate::decide::{
    Decision, FactSource, Outcome, PartTrace, Question, Reason, RuleResult, RuleTrace, Trace,
    Tracing, not_asked, run,
};
use crate::rows::Fact;
use crate::session::Session;

/// Most rules named that were not asked.
const NAMED: usize = 20;

/// A decision that is only shown: it writes nothing and takes no turn.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Who would be answered.
    pub decision: Decision,
    /// Every rule tried.
    pub trace: Trace,
    /// The rules after the one that won, and why those of them are not in force that are not.
    pub not_asked: Vec<(String, Option<&'static str>)>,
    /// The customer's segments, when the customer was read.
    pub segments: Option<Vec<String>>,
    /// Who asked, as it was decided.
    pub session: Session,
    /// The moment that all hours and dates go by.
    pub at: DateTime<Utc>,
    /// The version of the rows that decided.
    pub version: String,
}

/// Decides with the facts of `source`, which must not write.
pub async fn explain(question: &Question<'_>, source: &mut impl FactSource) -> Explanation {
    let decided = run(question, source, Tracing::Full).await;
    let segments = match &decided.known.customer {
        Fact::Is(Some(customer)) => {
            Some(customer.segments_at(question.now).map(str::to_owned).collect())
        }
        Fact::Is(None) | Fact::NotRead | Fact::Unknown => None,
    };
    let trace = decided.trace.unwrap_or_default();
    let not_asked = not_asked(&trace, question.snapshot);
    Explanation {
        decision: decided.decision,
        trace,
        not_asked,
        segments,
        session: question.session.clone(),
        at: question.now,
        version: question.snapshot.version().to_owned(),
    }
}

impl Explanation {
    /// The whole as a person reads it; times in `zone`, with `notes` and the `answer` as Tencent
    /// would get it.
    pub fn to_text(&self, zone: Zone, notes: &[String], answer: &str) -> String {
        let mut text = String::new();
        let at = zone.local(self.at).format("%a %Y-%m-%d %H:%M:%S");
        let session = &self.session;
        // Writing to memory does not fail.
        let _ = writeln!(
            text,
            "Session `{}` of user `{}` at {at} {zone}",
            session.session_id, session.client_user_id
        );
        let platform = session.platform.as_deref().unwrap_or("not said");
        let account = session
            .customer_service_id
            .as_deref()
            .map(|id| format!(", customer service `{id}`"))
            .unwrap_or_default();
        let segments = self
            .segments
            .as_ref()
            .map(|segments| format!(", segments: {}", listed(segments)))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "platform {platform}, app {}{account}{segments}; rows {}\n",
            session.sdk_app_id, self.version
        );
        for (number, rule) in (1..).zip(&self.trace.rules) {
            write_rule(&mut text, number, rule);
        }
        if self.trace.rules.is_empty() {
            let _ = writeln!(text, "There is no rule.");
        }
        if !self.not_asked.is_empty() {
            let _ = writeln!(text, "\nNot asked any more: {}.", self.others());
        }
        let _ = writeln!(text, "\n{}", self.verdict());
        for note in notes {
            let _ = writeln!(text, "Note: {note}.");
        }
        let _ = writeln!(text, "Answer: {}", answer);
        text
    }

    /// The rules after the one that won.
    fn others(&self) -> String {
        let named = |(id, why): &(String, Option<&str>)| match why {
            Some(why) => format!("`{id}` ({why})"),
            None => format!("`{id}`"),
        };
        let names: Vec<String> = self.not_asked.iter().take(NAMED).map(named).collect();
        let more = self.not_asked.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        names.join(", ") + &more
    }

    fn verdict(&self) -> String {
        let decision = &self.decision;
        let group = decision.agent_group_id.map(|group| format!("group {group}"));
        let rule = decision.rule_id.as_deref().unwrap_or_default();
        match decision.outcome {
            Outcome::Agents => {
                let agents: Vec<String> =
                    decision.agent_ids.iter().map(ToString::to_string).collect();
                let how = match (decision.preferred, decision.strategy) {
                    (Some(preference), _) => format!("preferred as `{}`", preference.name()),
                    (None, Some(strategy)) => format!("by `{}`", strategy.name()),
                    (None, None) => String::new(),
                };
                let with = group.map(|group| format!(", with {group}")).unwrap_or_default();
                format!("Rule `{rule}` answers {} {how}{with}.", listed(&agents))
            }
            Outcome::Group if decision.reason == Reason::GroupIfNobody => {
                format!(
                    "Rule `{rule}` answers {} alone, because nobody is eligible (`IfNobody`).",
                    group.unwrap_or_default()
                )
            }
            Outcome::Group => format!("Rule `{rule}` answers {}.", group.unwrap_or_default()),
            Outcome::DefaultGroup => {
                format!("No rule answers: the default {}.", group.unwrap_or_default())
            }
            Outcome::NoMatch
            | Outcome::Fallback
            | Outcome::Ignored
            | Outcome::Invalid
            | Outcome::Rejected => {
                "No rule answers, and there is no default group: the callback fails.".to_owned()
            }
        }
    }
}

fn listed(names: &[String]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    }
}

fn write_rule(text: &mut String, number: usize, rule: &RuleTrace) {
    let verdict = match (&rule.condition, rule.verdict) {
        (_, RuleResult::Disabled) => "is not in force: `Enabled` is false".to_owned(),
        (_, RuleResult::InError) => format!(
            "is not in force: its row is in error: {}",
            rule.row.as_deref().unwrap_or_default()
        ),
        (Some(condition), _) => format!(
            "no: `{}` wants {}, found {}",
            condition.attribute, condition.expected, condition.found
        ),
        (None, RuleResult::Won) => "yes".to_owned(),
        (None, RuleResult::Repeated) => "the same event was decided before".to_owned(),
        (None, RuleResult::ConditionFailed | RuleResult::NobodyEligible) => {
            "matches, but nobody is eligible".to_owned()
        }
    };
    let _ = writeln!(text, "{number:>3}. `{}` {verdict}", rule.rule_id);
    if let (Some(row), true) = (&rule.row, rule.verdict != RuleResult::InError) {
        let _ = writeln!(text, "       ({row})");
    }
    write_maps(text, rule);
    for list in &rule.empty {
        let why = match list.as_str() {
            "AgentIds" => "none of these ids has an agent row",
            _ => "nobody is on this roster",
        };
        let _ = writeln!(text, "       {list}: {why}");
    }
    let mut list = None;
    for candidate in &rule.candidates {
        if list != Some(&candidate.list) {
            let _ = writeln!(text, "       {}:", candidate.list);
            list = Some(&candidate.list);
        }
        let tier =
            if candidate.tier == 1 { String::new() } else { format!(" (tier {})", candidate.tier) };
        let verdict =
            candidate.dropped.as_ref().map_or_else(|| "in".to_owned(), |why| format!("out: {why}"));
        let _ = writeln!(text, "         `{}`{tier} {verdict}", candidate.agent_id);
    }
}

/// The maps of the condition that failed, with each condition in them.
fn write_maps(text: &mut String, rule: &RuleTrace) {
    let maps = rule.condition.iter().flat_map(|condition| &condition.maps);
    for (number, map) in (1..).zip(maps) {
        let _ = writeln!(text, "       map {number}:");
        for part in map {
            let PartTrace { attribute, holds, expected, found } = part;
            let _ =
                writeln!(text, "         `{attribute}` {holds}: wants {expected}, found {found}");
        }
    }
}
