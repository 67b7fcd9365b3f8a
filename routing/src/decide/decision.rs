//! What was decided, and why.

use std::sync::Arc;

use crate::rows::rule::{Preference, Strategy};

/// Declares what is written into records as a code: a closed list, each with its code.
macro_rules! codes {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $($(#[$means:meta])* $variant:ident = $code:literal,)* }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$means])* $variant,)*
        }

        impl $name {
            /// Every code, for tests of the documents.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The code in the decision record.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
        }
    };
}

codes! {
    /// What kind of answer a callback got.
    pub enum Outcome {
        /// A rule won and named agents.
        Agents = "agents",
        /// A rule won and named its group alone.
        Group = "group",
        /// No rule won; the default group was answered.
        DefaultGroup = "default_group",
        /// No rule won, and there is no default group.
        NoMatch = "no_match",
        /// No snapshot, or a fault or the deadline cut the decision short.
        Fallback = "fallback",
        /// GET, HEAD, or another command.
        Ignored = "ignored",
        /// Another method than POST, or a bad body.
        Invalid = "invalid",
        /// Not authentic.
        Rejected = "rejected",
    }
}

codes! {
    /// What an answer had to do without, as far as could be read.
    pub enum Degraded {
        /// The rows in force: they could not be compared with the live release in time.
        Config = "config",
        /// The customer.
        Customers = "customers",
        /// What is remembered: the last agent, the turn, the earlier answer.
        Assignments = "assignments",
    }
}

codes! {
    /// Why, as a closed list of stable codes.
    pub enum Reason {
        /// The rule's conditions hold, and it has somebody to answer.
        RuleMatched = "rule_matched",
        /// The rule matched, and the customer's owner is one of its agents.
        OwnerPreferred = "owner_preferred",
        /// The rule matched, and the agent who last served the user is one of its agents.
        LastAgentPreferred = "last_agent_preferred",
        /// The same event was decided before: the answer is the same.
        EventRepeated = "event_repeated",
        /// The rule matched, none of its agents is eligible, and its `IfNobody` is `group`.
        GroupIfNobody = "group_if_nobody",
        /// No rule's conditions hold.
        NoRuleMatched = "no_rule_matched",
        /// At least one rule's conditions hold, but none of its agents is eligible.
        NobodyEligible = "nobody_eligible",
        /// The tables could not be read yet.
        NoConfig = "no_config",
        /// The deadline (1,200 ms by default) passed.
        Deadline = "deadline",
        /// A bug: the decision panicked.
        Fault = "fault",
        /// GET or HEAD.
        HealthCheck = "health_check",
        /// A command other than the assignment of an agent.
        OtherCommand = "other_command",
        /// A session event that said who serves a user, which was remembered.
        AgentLearned = "agent_learned",
        /// Another method than POST.
        Method = "method",
        /// The body is larger than 64 KiB.
        BodyTooLarge = "body_too_large",
        /// The body is not a JSON object.
        BodyNotJson = "body_not_json",
        /// A field of the body is missing.
        FieldMissing = "field_missing",
        /// A field of the body is empty.
        FieldEmpty = "field_empty",
        /// A field of the body is of the wrong kind.
        FieldKind = "field_kind",
        /// An id in the body is longer than 512 bytes.
        FieldTooLong = "field_too_long",
        /// The commands in URL and body disagree.
        CommandMismatch = "command_mismatch",
        /// The event is not one of an HTTP API.
        UnreadableEvent = "unreadable_event",
        /// `Sign`, `RequestTime` or `SdkAppid` appears twice.
        RepeatedParameter = "repeated_parameter",
        /// `SdkAppid` is missing or not ours.
        SdkAppId = "sdk_app_id",
        /// The path is not `/` and a secret.
        Path = "path",
        /// The sender's address is in none of the ranges.
        Source = "source",
        /// `Sign` or `RequestTime` is missing.
        Unsigned = "unsigned",
        /// `RequestTime` is no number, or more than 60 seconds away.
        RequestTime = "request_time",
        /// `Sign` belongs to none of the tokens.
        Signature = "signature",
        /// No token could be read yet, so nobody can prove anything.
        NoTokens = "no_tokens",
    }
}

/// Who answers a session, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What kind of answer.
    pub outcome: Outcome,
    /// Why it is this one, in one word of the decision record.
    pub reason: Reason,
    /// The rule that answers; `None` = the default group or nobody.
    pub rule_id: Option<Arc<str>>,
    /// The group in the answer; `None` = agents alone, or nobody.
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
