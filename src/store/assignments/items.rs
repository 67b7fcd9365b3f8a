//! The items of the table: their keys, what is written into them, and what is read out of them.

use std::collections::HashMap;
use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, TimeDelta, Utc};
use routing::decide::{Decision, LastAgent, Outcome, Reason, Remember};
use routing::rows::rule::{Preference, Strategy};
use routing::session::Session;
use sha2::{Digest, Sha256};

pub(super) const KEY: &str = "Key";
pub(super) const EXPIRES_AT: &str = "ExpiresAt";
/// How long a decision is repeated for its event.
const EVENT_KEPT: TimeDelta = TimeDelta::hours(24);

pub(super) type Item = HashMap<String, AttributeValue>;

pub(super) fn event_key(session: &Session) -> String {
    // The time is a number, so what follows its `#` is the session's id whatever that contains.
    hashed("event", &format!("{}#{}", session.event_time, session.session_id))
}

pub(super) fn user_key(user: &str) -> String {
    hashed("user", user)
}

pub(super) fn rotation_key(rule_id: &str, list: &str) -> String {
    hashed("rotation", &format!("{}#{rule_id}{list}", rule_id.len()))
}

fn hashed(kind: &str, text: &str) -> String {
    format!("{kind}#{}", hex::encode(Sha256::digest(text)))
}

pub(super) fn text(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

pub(super) fn seconds(now: DateTime<Utc>, after: TimeDelta) -> AttributeValue {
    AttributeValue::N(now.timestamp().saturating_add(after.num_seconds()).to_string())
}

pub(super) fn milliseconds(at: DateTime<Utc>) -> AttributeValue {
    AttributeValue::N(at.timestamp_millis().to_string())
}

pub(super) fn decision_item(key: String, decision: &Decision, now: DateTime<Utc>) -> Item {
    let agents = decision.agent_ids.iter().map(|id| text(id.as_ref())).collect();
    let mut item = HashMap::from([
        (KEY.to_owned(), text(key)),
        (EXPIRES_AT.to_owned(), seconds(now, EVENT_KEPT)),
        ("AgentIds".to_owned(), AttributeValue::L(agents)),
    ]);
    let group = decision.agent_group_id.map(|group| AttributeValue::N(group.to_string()));
    let optional = [
        ("RuleId", decision.rule_id.as_deref().map(text)),
        ("AgentGroupId", group),
        ("Strategy", decision.strategy.map(|strategy| text(strategy.name()))),
        ("Preferred", decision.preferred.map(|preference| text(preference.name()))),
    ];
    item.extend(optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    item
}

/// A recorded decision; `None` when it answers nobody, which no record of ours does.
pub(super) fn recorded(item: &Item) -> Option<Decision> {
    let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok());
    let agents = item.get("AgentIds").and_then(|agents| agents.as_l().ok());
    let agent_ids: Vec<Arc<str>> = agents
        .into_iter()
        .flatten()
        .filter_map(|id| id.as_s().ok())
        .map(|id| Arc::from(id.as_str()))
        .collect();
    let agent_group_id = item.get("AgentGroupId").and_then(number);
    if agent_ids.is_empty() && agent_group_id.is_none() {
        return None;
    }
    Some(Decision {
        outcome: if agent_ids.is_empty() { Outcome::Group } else { Outcome::Agents },
        reason: Reason::EventRepeated,
        rule_id: text("RuleId").map(|id| Arc::from(id.as_str())),
        agent_group_id,
        agent_ids,
        strategy: text("Strategy").and_then(|name| Strategy::from_name(name)),
        preferred: text("Preferred").and_then(|name| Preference::from_name(name)),
        remember: Remember::Nothing,
    })
}

pub(super) fn position(item: &Item) -> Option<u128> {
    whole(item.get("Position")?.as_n().ok()?)
}

pub(super) fn last_agent(item: &Item) -> Option<LastAgent> {
    let agent_id = Arc::from(item.get("AgentId")?.as_s().ok()?.as_str());
    Some(LastAgent {
        agent_id,
        served_at: DateTime::from_timestamp_millis(item.get("ServedAt").and_then(number)?)?,
    })
}

pub(super) fn expires_at(item: &Item) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(item.get(EXPIRES_AT).and_then(number)?, 0)
}

fn number(value: &AttributeValue) -> Option<i64> {
    value.as_n().ok()?.parse().ok()
}

/// A whole number as DynamoDB may write one: plain, or with an exponent (`1.5E+19`).
fn whole(number: &str) -> Option<u128> {
    if let Ok(number) = number.parse() {
        return Some(number);
    }
    let (mantissa, exponent) = number.split_once(['e', 'E'])?;
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let zeros =
        exponent.parse::<usize>().ok()?.checked_sub(after.len()).filter(|zeros| *zeros <= 38)?;
    format!("{before}{after}{}", "0".repeat(zeros)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_and_do_not_collide() {
        let session = |id: &str, time| Session::new(id, "u", time, 1);
        let keys = [
            event_key(&session("1#a", 2)),
            event_key(&session("a", 1)),
            event_key(&session("a", 12)),
            event_key(&session("2#a", 1)),
            event_key(&session(&"x".repeat(512), 1)),
            user_key("a"),
            user_key("1#a"),
            rotation_key("a", "bc"),
            rotation_key("a", "bd"),
            rotation_key("ab", "c"),
            rotation_key("1#a", "bc"),
        ];
        let distinct: std::collections::HashSet<&String> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
        assert!(keys.iter().all(|key| key.len() < 80), "{keys:?}");
        // As docs/privacy.md says how to find a user's item: printf %s user-1 | sha256sum
        assert_eq!(
            user_key("user-1"),
            "user#c6c289e49e9c05b2145860387b73bcb18df43fb09a1e4a4a9713c76c88bb541b"
        );
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for (written, number) in [
            ("0", Some(0)),
            ("333333333333333334", Some(333_333_333_333_333_334)),
            ("1E+18", Some(1_000_000_000_000_000_000)),
            ("1.25e3", Some(1_250)),
            ("1.25E+1", None),
            ("-1", None),
            ("1E+999999999", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(whole(written), number, "{written}");
        }
    }
}
