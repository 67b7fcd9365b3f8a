//! What was decided, and why.

use std::sync::Arc;

use crate::rows::rule::{Preference, Strategy};

/// What kind of answer a callback got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A rule won and named agents.
    Agents,
    /// A rule won and named its group alone.
    Group,
    /// No rule won; the default group was answered.
    DefaultGroup,
    /// No rule won, and there is no default group.
    NoMatch,
    /// No snapshot, or a fault or the deadline cut the decision short.
    Fallback,
    /// GET, HEAD, or another command.
    Ignored,
    /// Another method than POST, or a bad body.
    Invalid,
    /// Not authentic.
    Rejected,
}

impl Outcome {
    /// The code in the decision record.
    pub fn code(self) -> &'static str {
        match self {
            Self::Agents => "agents",
            Self::Group => "group",
            Self::DefaultGroup => "default_group",
            Self::NoMatch => "no_match",
            Self::Fallback => "fallback",
            Self::Ignored => "ignored",
            Self::Invalid => "invalid",
            Self::Rejected => "rejected",
        }
    }
}

/// Why, as a closed list of stable codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The rule's conditions hold, and it has somebody to answer.
    RuleMatched,
    /// The rule matched, and the customer's owner is one of its agents.
    OwnerPreferred,
    /// The rule matched, and the agent who last served the user is one of its agents.
    LastAgentPreferred,
    /// The same event was decided before: the answer is the same.
    EventRepeated,
    /// The rule matched, none of its agents is eligible, and its `IfNobody` is `group`.
    GroupIfNobody,
    /// No rule's conditions hold.
    NoRuleMatched,
    /// At least one rule's conditions hold, but none of its agents is eligible.
    NobodyEligible,
    /// The tables could not be read yet.
    NoConfig,
    /// The deadline passed.
    Deadline,
    /// A bug: the decision panicked.
    Fault,
    /// GET or HEAD.
    HealthCheck,
    /// A command other than the assignment of an agent.
    OtherCommand,
    /// A session event that said who serves a user, which was remembered.
    AgentLearned,
    /// Another method than POST.
    Method,
    /// The body is larger than 64 KiB.
    BodyTooLarge,
    /// The body is not a JSON object.
    BodyNotJson,
    /// A field of the body is missing.
    FieldMissing,
    /// A field of the body is empty.
    FieldEmpty,
    /// A field of the body is of the wrong kind.
    FieldKind,
    /// An id in the body is longer than 512 bytes.
    FieldTooLong,
    /// The commands in URL and body disagree.
    CommandMismatch,
    /// The event is not one of an HTTP API.
    UnreadableEvent,
    /// `Sign`, `RequestTime` or `SdkAppid` appears twice.
    RepeatedParameter,
    /// `SdkAppid` is missing or not ours.
    SdkAppId,
    /// The path is not `/` and a secret.
    Path,
    /// The sender's address is in none of the ranges.
    Source,
    /// `Sign` or `RequestTime` is missing.
    Unsigned,
    /// `RequestTime` is no number, or more than 60 seconds away.
    RequestTime,
    /// `Sign` belongs to none of the tokens.
    Signature,
}

impl Reason {
    /// The code in the decision record.
    pub fn code(self) -> &'static str {
        match self {
            Self::RuleMatched => "rule_matched",
            Self::OwnerPreferred => "owner_preferred",
            Self::LastAgentPreferred => "last_agent_preferred",
            Self::EventRepeated => "event_repeated",
            Self::GroupIfNobody => "group_if_nobody",
            Self::NoRuleMatched => "no_rule_matched",
            Self::NobodyEligible => "nobody_eligible",
            Self::NoConfig => "no_config",
            Self::Deadline => "deadline",
            Self::Fault => "fault",
            Self::HealthCheck => "health_check",
            Self::OtherCommand => "other_command",
            Self::AgentLearned => "agent_learned",
            Self::Method => "method",
            Self::BodyTooLarge => "body_too_large",
            Self::BodyNotJson => "body_not_json",
            Self::FieldMissing => "field_missing",
            Self::FieldEmpty => "field_empty",
            Self::FieldKind => "field_kind",
            Self::FieldTooLong => "field_too_long",
            Self::CommandMismatch => "command_mismatch",
            Self::UnreadableEvent => "unreadable_event",
            Self::RepeatedParameter => "repeated_parameter",
            Self::SdkAppId => "sdk_app_id",
            Self::Path => "path",
            Self::Source => "source",
            Self::Unsigned => "unsigned",
            Self::RequestTime => "request_time",
            Self::Signature => "signature",
        }
    }
}

/// Who answers a session, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What kind of answer.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// The rule that won.
    pub rule_id: Option<Arc<str>>,
    /// The group answered.
    pub agent_group_id: Option<i64>,
    /// The agents answered, the preferred first.
    pub agent_ids: Vec<Arc<str>>,
    /// How the agents were chosen; `None` when they were not.
    pub strategy: Option<Strategy>,
    /// Why this agent alone.
    pub preferred: Option<Preference>,
    /// What of it must be remembered.
    pub remember: Remember,
}

/// What must be remembered of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Remember {
    /// Nothing: the rule uses no memory, or the decision is a repetition.
    #[default]
    Nothing,
    /// The decision, so that the same event gets it again.
    Event,
    /// That, and that its only agent is the user's last agent now.
    EventAndAgent,
}

impl Decision {
    /// The answer when no rule gives one: the default group, or none.
    pub fn without_rule(outcome: Outcome, reason: Reason, default_group: Option<i64>) -> Self {
        Self {
            outcome,
            reason,
            rule_id: None,
            agent_group_id: default_group,
            agent_ids: Vec::new(),
            strategy: None,
            preferred: None,
            remember: Remember::Nothing,
        }
    }

    /// The answer when no decision could be made: the default group, or FAIL.
    pub fn fallback(reason: Reason, default_group: Option<i64>) -> Self {
        Self::without_rule(Outcome::Fallback, reason, default_group)
    }
}
