//! The attributes that choose an agent.

use chrono::Utc;
use routing::rows::Rows;
use routing::snapshot::Snapshot;
use serde_json::{Value as Json, json};

use super::{compile, errors, row};

/// What the attributes that choose become, or what is said of them.
#[test]
fn the_attributes_that_choose() {
    use routing::rows::rule::{Preference, Rule, Strategy};
    let rule = |more: &Json| {
        let mut rule =
            json!({ "RuleId": "r", "Priority": 1, "Rosters": ["desk"], "AgentGroupId": 5 });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    type Check = fn(&Rule) -> bool;
    let good: [(Json, Check); 17] = [
        (json!({}), |rule| {
            rule.strategy == Strategy::All
                && rule.prefer.is_empty()
                && rule.last_agent_days == 30
                && !rule.group_if_nobody
        }),
        (json!({ "Strategy": "All" }), |rule| {
            rule.strategy == Strategy::All && rule.max_agents == 100
        }),
        (json!({ "Strategy": " HASH " }), |rule| {
            rule.strategy == Strategy::Hash && rule.max_agents == 1
        }),
        (json!({ "Strategy": "sticky", "MaxAgents": 2 }), |rule| {
            rule.strategy == Strategy::Sticky && rule.max_agents == 2
        }),
        (json!({ "Strategy": "round_robin" }), |rule| rule.strategy == Strategy::RoundRobin),
        (json!({ "Strategy": "best_skill", "NeedSkills": "a" }), |rule| {
            rule.strategy == Strategy::BestSkill
        }),
        (json!({ "Prefer": "last_agent, owner" }), |rule| {
            rule.prefer == [Preference::LastAgent, Preference::Owner]
        }),
        (json!({ "Prefer": "owner,Owner" }), |rule| rule.prefer == [Preference::Owner]),
        (json!({ "Prefer": "last_agent", "LastAgentDays": 1 }), |rule| rule.last_agent_days == 1),
        (json!({ "Prefer": "last_agent", "LastAgentDays": 3650 }), |rule| {
            rule.last_agent_days == 3_650
        }),
        (json!({ "IfNobody": "Group" }), |rule| rule.group_if_nobody),
        (json!({ "IfNobody": "next" }), |rule| !rule.group_if_nobody),
        (json!({ "NeedSkills": ["A", "b >= 3"] }), |rule| {
            rule.need_skills == [("a".into(), 1), ("b".into(), 3)]
        }),
        (json!({ "NeedSkills": ["a>=5", "A>=2"] }), |rule| rule.need_skills == [("a".into(), 5)]),
        (json!({ "NeedSkills": { "a": 5 } }), |rule| rule.need_skills == [("a".into(), 5)]),
        (json!({ "ValidFrom": "2026-12-02" }), |rule| rule.conditions.len() == 1),
        (json!({ "ValidFrom": "2026-12-02", "ValidUntil": "2026-12-02" }), |rule| {
            rule.conditions.len() == 2
        }),
    ];
    for (more, check) in good {
        let snapshot = compile(&[rule(&more)], &[]);
        assert_eq!(errors(&snapshot), [""; 0], "{more}");
        assert!(check(&snapshot.rules()[0].rule), "{more}: {:?}", snapshot.rules()[0].rule);
    }
    for (more, attribute) in [
        (json!({ "Strategy": "random" }), "Strategy"),
        (json!({ "Strategy": "best_skill" }), "Strategy"),
        (json!({ "Prefer": "somebody" }), "Prefer"),
        (json!({ "Prefer": "last_agent", "LastAgentDays": 0 }), "LastAgentDays"),
        (json!({ "Prefer": "last_agent", "LastAgentDays": 3651 }), "LastAgentDays"),
        (json!({ "IfNobody": "default" }), "IfNobody"),
        (json!({ "NeedSkills": ["a>=0"] }), "NeedSkills"),
        (json!({ "NeedSkills": ["a>=6"] }), "NeedSkills"),
        (json!({ "NeedSkills": [">=3"] }), "NeedSkills"),
        (json!({ "NeedSkills": ["a<3"] }), "NeedSkills"),
        (json!({ "MaxAgents": 0 }), "MaxAgents"),
        (json!({ "ValidFrom": "2026-12-02", "ValidUntil": "2026-12-01" }), "ValidUntil"),
        (json!({ "ValidFrom": true }), "ValidFrom"),
    ] {
        let found = errors(&compile(&[rule(&more)], &[]));
        assert!(
            found.len() == 1 && found[0].contains(&format!("`{attribute}`")),
            "{more}: {found:?}"
        );
    }
    let warned = compile(&[rule(&json!({ "LastAgentDays": 7 }))], &[]);
    assert!(
        warned.errors() == 0 && warned.findings()[0].message.contains("no effect"),
        "{:?}",
        warned.findings()
    );
    // Without the assignments table.
    let without = testing::settings(&[("ASSIGNMENTS_TABLE", "")]).defaults;
    for more in [json!({ "Strategy": "round_robin" }), json!({ "Prefer": "last_agent" })] {
        let rows = Rows { rules: vec![row(&rule(&more))], ..Rows::default() };
        let found = errors(&Snapshot::compile(&rows, &without, Utc::now()));
        assert!(found.len() == 1 && found[0].contains("ASSIGNMENTS_TABLE"), "{more}: {found:?}");
    }
    // Whom the rule answers.
    for (more, good) in [
        (json!({ "AgentGroupId": 5 }), true),
        (json!({}), false),
        (json!({ "AgentGroupId": 5, "NeedSkills": ["a"] }), false),
        (json!({ "AgentGroupId": 5, "Prefer": "owner" }), false),
    ] {
        let mut rule = json!({ "RuleId": "r", "Priority": 1 });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(errors(&compile(&[rule], &[])).len(), usize::from(!good), "{more}");
    }
}
