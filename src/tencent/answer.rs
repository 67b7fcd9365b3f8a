//! The decision as Tencent takes it.
//!
//! Always HTTP 200 with a JSON object, but for refusals (Tencent Chat, "Webhook for agent
//! assignment", 1047/63270).

use std::sync::Arc;

use serde::Serialize;

use super::BodyError;
use routing::decide::{Decision, Outcome};

/// An answer to one callback.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// 200 also for a failure that Desk is told in the body; 403 and 4xx for what is refused.
    pub status: u16,
    error: Option<String>,
    group: Option<i64>,
    agents: Vec<Arc<str>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Wire<'a> {
    action_status: &'a str,
    error_info: &'a str,
    error_code: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent_group_id: Option<i64>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    agent_id_list: &'a [Arc<str>],
}

impl Answer {
    /// OK and nothing else: a health check, another command.
    pub fn acknowledged() -> Self {
        Self { status: 200, error: None, group: None, agents: Vec::new() }
    }

    /// The same refusal for every reason.
    pub fn rejected() -> Self {
        Self::fail(403, "the request is not authentic")
    }

    /// Another method than GET, HEAD or POST.
    pub fn wrong_method() -> Self {
        Self::fail(405, "the method must be POST")
    }

    /// A body that cannot be used.
    pub fn bad_body(error: &BodyError) -> Self {
        Self::fail(200, error.error_info())
    }

    /// The decision's answer.
    pub fn from_decision(decision: &Decision) -> Self {
        if decision.agent_group_id.is_none() && decision.agent_ids.is_empty() {
            return Self::fail(
                200,
                match decision.outcome {
                    Outcome::Fallback => {
                        "no answer is available right now and no default group is set"
                    }
                    _ => "no rule matched and no default group is set",
                },
            );
        }
        Self {
            status: 200,
            error: None,
            group: decision.agent_group_id,
            agents: decision.agent_ids.clone(),
        }
    }

    fn fail(status: u16, error: impl Into<String>) -> Self {
        Self { status, error: Some(error.into()), group: None, agents: Vec::new() }
    }

    /// The body: `ActionStatus`, `ErrorInfo` and `ErrorCode` in this order, then what is answered;
    /// nothing is null.
    pub fn body(&self) -> String {
        let wire = Wire {
            action_status: if self.error.is_some() { "FAIL" } else { "OK" },
            error_info: self.error.as_deref().unwrap_or_default(),
            error_code: u8::from(self.error.is_some()),
            agent_group_id: self.group,
            agent_id_list: &self.agents,
        };
        // Serializing text and numbers into memory cannot fail.
        serde_json::to_string(&wire).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use routing::decide::Reason;

    fn decision(group: Option<i64>, agents: &[&str]) -> Decision {
        let mut decision = Decision::without_rule(Outcome::Agents, Reason::RuleMatched, group);
        decision.agent_ids = agents.iter().map(|id| Arc::from(*id)).collect();
        decision
    }

    #[test]
    fn the_bytes_are_the_documented_ones() {
        for (answer, bytes) in [
            (
                Answer::from_decision(&decision(Some(6521), &["penn_svc", "dramon_svc"])),
                concat!(
                    r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":6521,"#,
                    r#""AgentIdList":["penn_svc","dramon_svc"]}"#,
                ),
            ),
            (
                Answer::from_decision(&decision(Some(6521), &[])),
                r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":6521}"#,
            ),
            (
                Answer::from_decision(&decision(None, &["a"])),
                r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentIdList":["a"]}"#,
            ),
            (
                Answer::from_decision(&Decision::without_rule(
                    Outcome::NoMatch,
                    Reason::NoRuleMatched,
                    None,
                )),
                concat!(
                    r#"{"ActionStatus":"FAIL","#,
                    r#""ErrorInfo":"no rule matched and no default group is set","ErrorCode":1}"#,
                ),
            ),
            (Answer::acknowledged(), r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#),
        ] {
            assert_eq!(answer.body(), bytes);
        }
    }
}
