//! What a case expects, beside what was found. Each function gives the faults, none when it is so.

use std::fmt::Write;

use routing::text::key_cut;
use serde_json::Value;

use crate::case::{Answer, Ask, Finding, Fragment};

/// The findings that must be there, and those that must not.
pub(crate) fn findings(found: &[Value], must: &[Finding], must_not: &[Finding]) -> Vec<String> {
    let mut faults = Vec::new();
    for wanted in must {
        if !found.iter().any(|finding| is_it(finding, wanted)) {
            let near: Vec<String> = nearest(found, wanted).into_iter().map(shown).collect();
            faults.push(format!("expected {}, found {}", wanted_shown(wanted), listed(&near)));
        }
    }
    for unwanted in must_not {
        for finding in found.iter().filter(|finding| is_it(finding, unwanted)) {
            faults.push(format!(
                "expected no {}, found {}",
                wanted_shown(unwanted),
                shown(finding)
            ));
        }
    }
    faults
}

/// No findings at all.
pub(crate) fn no_findings(found: &[Value]) -> Vec<String> {
    found.iter().map(|finding| format!("expected no findings, found {}", shown(finding))).collect()
}

fn is_it(finding: &Value, wanted: &Finding) -> bool {
    let message = finding["message"].as_str().unwrap_or_default();
    has_key(finding, wanted)
        && has_attribute(finding, wanted)
        && wanted.severity.as_ref().is_none_or(|severity| finding["severity"] == **severity)
        && unsaid(message, &wanted.says).is_empty()
}

/// What was found instead: of the same row, and of the attribute if there is any.
fn nearest<'a>(found: &'a [Value], wanted: &Finding) -> Vec<&'a Value> {
    let of_row: Vec<&Value> = found.iter().filter(|finding| has_key(finding, wanted)).collect();
    let of_attribute: Vec<&Value> =
        of_row.iter().copied().filter(|finding| has_attribute(finding, wanted)).collect();
    if of_attribute.is_empty() { of_row } else { of_attribute }
}

fn has_attribute(finding: &Value, wanted: &Finding) -> bool {
    wanted.attribute.as_ref().is_none_or(|attribute| {
        attribute.texts().iter().any(|attribute| finding["attribute"] == **attribute)
    })
}

fn has_key(finding: &Value, wanted: &Finding) -> bool {
    finding["table"] == *wanted.table
        && wanted.key.as_ref().is_none_or(|key| {
            finding["key"].as_str().is_some_and(|found| cleaned(found) == cleaned(&key_cut(key)))
        })
}

/// A key without invisible characters and without white space around it.
fn cleaned(key: &str) -> String {
    let is_invisible =
        |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    key.replace(is_invisible, "").trim().to_owned()
}

fn wanted_shown(wanted: &Finding) -> String {
    let mut text =
        format!("{} of {}", wanted.severity.as_deref().unwrap_or("finding"), wanted.table);
    if let Some(key) = &wanted.key {
        write!(text, " `{key}`").unwrap();
    }
    if let Some(attribute) = &wanted.attribute {
        write!(text, " {}", attribute.texts().join(" or ")).unwrap();
    }
    if !wanted.says.is_empty() {
        write!(text, " saying {}", listed(&fragments(&wanted.says))).unwrap();
    }
    text
}

fn shown(finding: &Value) -> String {
    let text = |name: &str| finding[name].as_str().unwrap_or("-").to_owned();
    let message: String = text("message").chars().take(200).collect();
    format!(
        "{} of {} `{}` {}: {message}",
        text("severity"),
        text("table"),
        text("key"),
        text("attribute")
    )
}

fn listed(texts: &[String]) -> String {
    if texts.is_empty() { "none".to_owned() } else { texts.join(" | ") }
}

fn fragments(says: &[Fragment]) -> Vec<String> {
    says.iter().map(|fragment| format!("`{}`", fragment.texts().join("` or `"))).collect()
}

/// The fragments that a message does not have as whole words.
pub(crate) fn unsaid(message: &str, says: &[Fragment]) -> Vec<String> {
    let is_said =
        |fragment: &&Fragment| fragment.texts().iter().any(|text| has_words(message, text));
    says.iter()
        .filter(|fragment| !is_said(fragment))
        .map(|fragment| format!("`{}`", fragment.texts().join("` or `")))
        .collect()
}

/// Whether the message has the words, not inside longer ones.
fn has_words(message: &str, words: &str) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    message.match_indices(words).any(|(start, _)| {
        let before = message.get(..start).and_then(|text| text.chars().next_back());
        let after = message.get(start + words.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_of_word) && !after.is_some_and(is_of_word)
    })
}

/// The record of `explain --json` beside what was asked for.
pub(crate) fn explained(ask: &Ask, record: &Value) -> Vec<String> {
    let response = &record["response"];
    let mut wrong = Vec::new();
    if (response["ActionStatus"] == "FAIL") != ask.fail {
        wrong.push(if ask.fail {
            "expected FAIL".to_owned()
        } else {
            "expected an answer".to_owned()
        });
    }
    if let Some(group) = ask.group
        && response["AgentGroupId"] != group
    {
        wrong.push(format!("expected group {group}"));
    }
    if let Some(agents) = &ask.agents {
        let mut found: Vec<&str> = response["AgentIdList"]
            .as_array()
            .map(|ids| ids.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let mut expected: Vec<&str> = agents.iter().map(String::as_str).collect();
        found.sort_unstable();
        expected.sort_unstable();
        if found != expected {
            wrong.push(format!("expected agents {expected:?}"));
        }
    }
    if let Some(rule) = &ask.rule
        && record["rule_id"] != **rule
    {
        wrong.push(format!("expected rule `{rule}`"));
    }
    if wrong.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "{} {}, found {} group {} agents {} of rule {}",
        asked(ask),
        wrong.join(", "),
        response["ActionStatus"].as_str().unwrap_or("-"),
        response["AgentGroupId"],
        response["AgentIdList"],
        record["rule_id"]
    )]
}

/// The request in short.
pub(crate) fn asked(ask: &Ask) -> String {
    let mut text = format!("at {}", ask.at);
    for part in [&ask.user, &ask.platform, &ask.ip].into_iter().flatten() {
        write!(text, " {part}").unwrap();
    }
    text + ":"
}

/// The webhook's answer to a body.
pub(crate) fn answered(expected: &Answer, status: u16, body: &str) -> Vec<String> {
    let value: Value = serde_json::from_str(body).unwrap_or_default();
    let unsaid = unsaid(value["ErrorInfo"].as_str().unwrap_or_default(), &expected.says);
    if status == expected.status
        && value["ActionStatus"] == *expected.action_status
        && unsaid.is_empty()
    {
        return Vec::new();
    }
    let says = fragments(&expected.says);
    vec![format!(
        "expected {} {} saying {}, found {status} {body}",
        expected.status,
        expected.action_status,
        listed(&says)
    )]
}

#[test]
fn fragments_are_whole_words() {
    for (message, words, is_there) in [
        ("write `Asia/Seoul`", "Asia/Seoul", true),
        ("the nearest EST", "EST", true),
        ("the NEAREST", "EST", false),
        ("at most 11,000", "1,000", false),
        ("at most 1,000 entries", "1,000", true),
        ("from 2", "2", true),
        ("from 2026", "2", false),
        ("한국어로", "한국어", false),
    ] {
        assert_eq!(has_words(message, words), is_there, "{message}: {words}");
    }
}
