//! Whether a new version's answers are those of a webhook that works.

use std::fmt;
use std::time::Duration;

use serde_json::Value as Json;

use super::services::Invoked;
use crate::lambda::PROBE_HEADER;
use crate::tokens::ParameterError;

/// Outcomes that decide, whatever the rows say. `fallback` is none: the version could not read what
/// is live, or has a bug.
const DECIDED: [&str; 4] = ["agents", "group", "default_group", "no_match"];

/// Why a new version gets no traffic. Says nothing of what a callback or its answer holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The settings cannot be used.
    Settings(String),
    /// There is no token to sign with.
    Tokens(ParameterError),
    /// The version could not be invoked.
    Invoke(String),
    /// No answer in time.
    Late(Duration),
    /// The version ended with this kind of error.
    Error(String),
    /// It refuses the signed callback, for this reason.
    Rejected(String),
    /// It could not decide, for this reason.
    Undecided(String),
    /// Its answer is none that Tencent could use.
    Answer(&'static str),
    /// It answers a forged callback.
    LetsIn,
    /// A bug in the hook itself.
    Bug,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(why) => write!(f, "{why}"),
            Self::Tokens(error) => {
                write!(
                    f,
                    "there is no token to sign a callback with: {error}; look at \
                    CallbackTokensParameter and at what it holds"
                )
            }
            Self::Invoke(why) => write!(f, "the new version cannot be asked: {why}"),
            Self::Late(waited) => write!(
                f,
                "the new version gave no answer within {} s; its log says what it waits for",
                waited.as_secs()
            ),
            Self::Error(kind) => write!(
                f,
                "the new version ends with an error ({kind}); its log says why, such as settings \
                that cannot be used"
            ),
            Self::Rejected(reason) => write!(
                f,
                "the new version refuses a callback that is right ({reason}); look at the token, \
                SdkAppIds and SourceIpRanges"
            ),
            Self::Undecided(reason) => write!(
                f,
                "the new version answers without a decision ({reason}); its log says what it could \
                not read"
            ),
            Self::Answer(what) => write!(f, "the new version's answer is not valid: {what}"),
            Self::LetsIn => write!(f, "the new version answers a callback that is forged"),
            Self::Bug => write!(f, "a bug in the hook; please report it"),
        }
    }
}

impl Refusal {
    /// Whether another try may do: a table, a service or a new permission may need a moment.
    pub(super) fn may_pass(&self) -> bool {
        !matches!(self, Self::Settings(_) | Self::Answer(_) | Self::LetsIn | Self::Bug)
    }
}

/// The signed callback must get an answer that Tencent can use, by a decision.
pub(super) fn of_signed(invoked: &Invoked) -> Result<(), Refusal> {
    let status = status(invoked)?;
    let told = told(&invoked.answer);
    let (outcome, reason) = told.ok_or(Refusal::Answer("it does not know of probes"))?;
    if status == 403 {
        return Err(Refusal::Rejected(code(reason)));
    }
    if status != 200 {
        return Err(Refusal::Answer("its status is not 200"));
    }
    let content_type = invoked.answer.pointer("/headers/content-type").and_then(Json::as_str);
    if content_type != Some("application/json") {
        return Err(Refusal::Answer("its Content-Type is not JSON"));
    }
    let body = invoked.answer.get("body").and_then(Json::as_str).unwrap_or_default();
    let body: Json = serde_json::from_str(body).unwrap_or_default();
    check_body(&body, outcome)?;
    if DECIDED.contains(&outcome) {
        return Ok(());
    }
    Err(Refusal::Undecided(code(reason)))
}

/// The forged one must get 403.
pub(super) fn of_forged(invoked: &Invoked) -> Result<(), Refusal> {
    match status(invoked)? {
        403 => Ok(()),
        _ => Err(Refusal::LetsIn),
    }
}

fn status(invoked: &Invoked) -> Result<i64, Refusal> {
    if invoked.is_error {
        let kind = invoked.answer.get("errorType").and_then(Json::as_str);
        return Err(Refusal::Error(kind.map_or_else(|| "of an unknown kind".to_owned(), code)));
    }
    let status = invoked.answer.get("statusCode").and_then(Json::as_i64);
    status.ok_or(Refusal::Answer("it has no status"))
}

/// Outcome and reason.
fn told(answer: &Json) -> Option<(&str, &str)> {
    answer.get("headers")?.get(PROBE_HEADER)?.as_str()?.split_once(' ')
}

/// What may be a code, for the log; anything else is none.
fn code(text: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    text.chars().take_while(plain).take(60).collect()
}

/// `ActionStatus`, `ErrorInfo` and `ErrorCode`, and with OK who answers.
fn check_body(body: &Json, outcome: &str) -> Result<(), Refusal> {
    let text = |field: &str| body.get(field).and_then(Json::as_str);
    let has_info = text("ErrorInfo").is_some();
    let code = body.get("ErrorCode").and_then(Json::as_u64).filter(|_| has_info);
    let group = body.get("AgentGroupId").and_then(Json::as_i64).is_some_and(|group| group > 0);
    let is_id = |id: &Json| id.as_str().is_some_and(|id| !id.is_empty());
    let ids = body.get("AgentIdList").and_then(Json::as_array);
    let agents = ids.is_some_and(|ids| !ids.is_empty() && ids.iter().all(is_id));
    match (text("ActionStatus"), code) {
        (Some("OK"), Some(0)) if group || agents => Ok(()),
        (Some("OK"), Some(0)) => Err(Refusal::Answer("it names neither a group nor agents")),
        // Nobody is a decision too, of a deployment without rows or a default group.
        (Some("FAIL"), Some(1)) if matches!(outcome, "no_match" | "fallback") => Ok(()),
        _ => Err(Refusal::Answer("it does not have the fields that Tencent reads")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const GROUP: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentGroupId":7}"#;
    const AGENTS: &str =
        r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentIdList":["ann"]}"#;
    const NOBODY: &str = r#"{"ActionStatus":"FAIL","ErrorInfo":"no rule","ErrorCode":1}"#;

    fn answered(status: u16, told: &str, body: &str) -> Invoked {
        let answer = json!({
            "statusCode": status, "body": body,
            "headers": { "content-type": "application/json", PROBE_HEADER: told },
        });
        Invoked { is_error: false, answer }
    }

    #[test]
    fn a_decision_that_tencent_can_use_is_accepted() {
        for (told, body) in [
            ("agents rule_matched", AGENTS),
            ("group rule_matched", GROUP),
            ("default_group no_rule_matched", GROUP),
            ("no_match no_rule_matched", NOBODY),
        ] {
            assert_eq!(of_signed(&answered(200, told, body)), Ok(()), "{told}");
        }
    }

    #[test]
    fn everything_else_is_refused_and_says_why() {
        let no_info = r#"{"ActionStatus":"OK","ErrorCode":0,"AgentGroupId":7}"#;
        let empty = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentIdList":[]}"#;
        let no_id = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AgentIdList":[""]}"#;
        for (status, told, body, expected, may_pass) in [
            (200, "fallback no_config", GROUP, "without a decision (no_config)", true),
            (200, "fallback no_config", NOBODY, "without a decision (no_config)", true),
            (403, "rejected signature", NOBODY, "that is right (signature)", true),
            (403, "rejected no_tokens", NOBODY, "that is right (no_tokens)", true),
            (200, "ignored other_command", GROUP, "without a decision (other_command)", true),
            (500, "agents rule_matched", AGENTS, "status is not 200", false),
            (200, "", AGENTS, "does not know of probes", false),
            (200, "agents rule_matched", NOBODY, "fields that Tencent reads", false),
            (200, "agents rule_matched", "", "fields that Tencent reads", false),
            (200, "agents rule_matched", "[]", "fields that Tencent reads", false),
            (200, "agents rule_matched", no_info, "fields that Tencent reads", false),
            (200, "agents rule_matched", empty, "neither a group nor agents", false),
            (200, "agents rule_matched", no_id, "neither a group nor agents", false),
        ] {
            let refusal = of_signed(&answered(status, told, body)).unwrap_err();
            assert!(refusal.to_string().contains(expected), "{told} {body}: {refusal}");
            assert_eq!(refusal.may_pass(), may_pass, "{refusal}");
        }
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let html = json!({
            "statusCode": 200, "body": GROUP,
            "headers": { "content-type": "text/html", PROBE_HEADER: "group rule_matched" },
        });
        for (is_error, answer, expected) in [
            (
                true,
                json!({ "errorType": "Runtime.ExitError", "errorMessage": "hush" }),
                "(Runtime.ExitError)",
            ),
            (true, json!({ "errorType": "hush hush" }), "(hush)"),
            (true, Json::Null, "(of an unknown kind)"),
            (false, Json::Null, "no status"),
            (false, json!({ "statusCode": "200" }), "no status"),
            (false, html, "its Content-Type is not JSON"),
        ] {
            let refusal = of_signed(&Invoked { is_error, answer }).unwrap_err().to_string();
            assert!(refusal.contains(expected), "{refusal}");
            assert!(!refusal.contains("errorMessage") && !refusal.contains("hush hush"));
        }
    }

    #[test]
    fn a_forged_callback_must_get_403() {
        assert_eq!(of_forged(&answered(403, "rejected signature", NOBODY)), Ok(()));
        for status in [200, 405, 500] {
            let refusal = of_forged(&answered(status, "group rule_matched", GROUP)).unwrap_err();
            assert_eq!(refusal, Refusal::LetsIn);
            assert!(!refusal.may_pass());
        }
    }
}
