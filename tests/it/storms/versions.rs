//! The rows of the storms, in versions that answers tell apart.

use serde_json::{Value, json};

pub(super) const WEIGHTS: [(&str, u32); 3] = [("ann", 1), ("bob", 2), ("cho", 4)];
/// What the group of a segment's rule is above the version, so that an answer tells the rule too.
pub(super) const VIP: i64 = 1_000_000;

/// Rules of every kind, by how the user's id begins; each answer says its version.
pub(super) fn version(version: i64) -> Value {
    let rule = |letter: &str, priority: u32, more: Value| {
        let mut rule = json!({
            "RuleId": letter, "Priority": priority, "ClientUserIdPrefixes": [letter],
            "AgentGroupId": version,
        });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    let agents: Vec<Value> = WEIGHTS
        .iter()
        .map(|(id, weight)| json!({ "AgentId": id, "Rosters": ["desk"], "Weight": weight }))
        .collect();
    json!({
        "rules": [
            rule("plain", 1, json!({})),
            rule("vip", 2, json!({ "Segments": ["vip"], "AgentGroupId": VIP + version })),
            rule("v", 3, json!({})),
            rule("hash", 4, json!({ "Rosters": ["desk"], "Strategy": "hash" })),
            rule("round", 5, json!({ "Rosters": ["desk"], "Strategy": "round_robin" })),
            rule("last", 6, json!({
                "Rosters": ["desk"], "Strategy": "hash", "Prefer": ["last_agent"],
            })),
            rule("both", 7, json!({
                "Rosters": ["desk"], "Strategy": "round_robin", "Prefer": ["owner", "last_agent"],
            })),
        ],
        "agents": agents,
        "customers": [
            { "ClientUserId": "vip", "Segments": ["vip"] },
            { "ClientUserId": "both-owned", "Owner": "bob" },
        ],
    })
}
