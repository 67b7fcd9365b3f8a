//! What each role may do is what its code asks.

use std::collections::{BTreeMap, BTreeSet};

use desk_router::probe::{INVOKE_ACTION, REPORT_ACTION, TimeLimits};
use desk_router::store::{
    CHECK, OPERATOR_ACTIONS, PUBLISH_ACTIONS, READ_RELEASES_ACTIONS, WEBHOOK_ACTIONS,
};
use desk_router::tokens::TOKEN_ACTIONS;
use routing::rows::Table;
use yaml_serde::Value;

use super::{list, resource, set, text, variables_of_the_code};

/// Action → resources of a role and of the policies that depend on parameters.
fn allowed(role: &str, policy: &str) -> BTreeMap<String, BTreeSet<String>> {
    let own = resource(role)["Policies"].as_sequence().unwrap().clone();
    statements(own.iter().chain([&resource(policy)]))
}

/// Action → resources of policies.
fn statements<'a>(policies: impl Iterator<Item = &'a Value>) -> BTreeMap<String, BTreeSet<String>> {
    let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for policy in policies {
        for statement in policy["PolicyDocument"]["Statement"].as_sequence().unwrap() {
            // `!If [condition, statement, nothing]`
            let statement = match statement {
                Value::Tagged(tagged) => &tagged.value.as_sequence().unwrap()[1],
                statement => statement,
            };
            for action in list(&statement["Action"]) {
                allowed.entry(action).or_default().extend(list(&statement["Resource"]));
            }
        }
    }
    allowed
}

/// What a key of one's own asks of those who use it.
fn with_key(
    mut expected: BTreeMap<String, BTreeSet<String>>,
) -> BTreeMap<String, BTreeSet<String>> {
    for action in
        ["CreateGrant", "Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey*", "ReEncrypt*"]
    {
        expected.insert(format!("kms:{action}"), set(&["KmsKeyArn"]));
    }
    expected
}

/// The actions on tables, without those on streams.
fn of_tables(allowed: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let on_tables =
        |resources: &BTreeSet<String>| resources.iter().all(|arn| arn.ends_with(".Arn"));
    let actions = allowed
        .iter()
        .filter(|(action, resources)| action.starts_with("dynamodb:") && on_tables(resources));
    actions.map(|(action, _)| action.clone()).collect()
}

/// The role allows exactly the calls that the store makes, on exactly the tables it makes them on.
#[test]
fn the_webhooks_role_allows_what_the_code_calls() {
    let expected = BTreeMap::from([
        (
            "dynamodb:Scan".to_owned(),
            set(&["RulesTable.Arn", "AgentsTable.Arn", "CalendarsTable.Arn"]),
        ),
        (
            "dynamodb:GetItem".to_owned(),
            set(&["CustomersTable.Arn", "AssignmentsTable.Arn", "ReleasesTable.Arn"]),
        ),
        ("dynamodb:Query".to_owned(), set(&["ReleasesTable.Arn"])),
        ("dynamodb:PutItem".to_owned(), set(&["AssignmentsTable.Arn"])),
        ("dynamodb:UpdateItem".to_owned(), set(&["AssignmentsTable.Arn"])),
        ("logs:CreateLogStream".to_owned(), set(&["WebhookLogGroup.Arn"])),
        ("logs:PutLogEvents".to_owned(), set(&["WebhookLogGroup.Arn"])),
        ("xray:PutTraceSegments".to_owned(), set(&["*"])),
        ("xray:PutTelemetryRecords".to_owned(), set(&["*"])),
        (
            TOKEN_ACTIONS[0].to_owned(),
            set(&["arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter\
                ${CallbackTokensParameter}"]),
        ),
    ]);
    assert_eq!(allowed("WebhookRole", "WebhookReads"), with_key(expected.clone()));
    assert_eq!(of_tables(&expected), &set(&WEBHOOK_ACTIONS) | &set(&READ_RELEASES_ACTIONS));
}

/// The operator function reads everything, and of the human tables writes two attributes alone.
#[test]
fn the_operators_role_allows_what_the_code_calls() {
    let human =
        set(&["RulesTable.Arn", "AgentsTable.Arn", "CalendarsTable.Arn", "CustomersTable.Arn"]);
    let streams =
        human.iter().map(|arn| arn.replace(".Arn", ".StreamArn")).collect::<BTreeSet<_>>();
    let releases = set(&["ReleasesTable.Arn"]);
    let expected = BTreeMap::from([
        ("dynamodb:Scan".to_owned(), human.clone()),
        (
            "dynamodb:GetItem".to_owned(),
            set(&["CustomersTable.Arn", "AssignmentsTable.Arn", "ReleasesTable.Arn"]),
        ),
        ("dynamodb:UpdateItem".to_owned(), &human | &releases),
        ("dynamodb:PutItem".to_owned(), &set(&["HistoryTable.Arn"]) | &releases),
        ("dynamodb:Query".to_owned(), releases.clone()),
        ("dynamodb:DeleteItem".to_owned(), releases),
        ("sqs:SendMessage".to_owned(), set(&["OperatorFailuresQueue.Arn"])),
        ("dynamodb:DescribeStream".to_owned(), streams.clone()),
        ("dynamodb:GetRecords".to_owned(), streams.clone()),
        ("dynamodb:GetShardIterator".to_owned(), streams),
        ("dynamodb:ListStreams".to_owned(), set(&["*"])),
        ("logs:CreateLogStream".to_owned(), set(&["OperatorLogGroup.Arn"])),
        ("logs:PutLogEvents".to_owned(), set(&["OperatorLogGroup.Arn"])),
    ]);
    assert_eq!(allowed("OperatorRole", "OperatorReads"), with_key(expected.clone()));
    assert_eq!(of_tables(&expected), &set(&OPERATOR_ACTIONS) | &set(&PUBLISH_ACTIONS));
    let role = resource("OperatorRole");
    let statements = role["Policies"][0]["PolicyDocument"]["Statement"].as_sequence().unwrap();
    let write = statements
        .iter()
        .find(|statement| text(&statement["Action"]) == "dynamodb:UpdateItem")
        .unwrap();
    let attributes: BTreeSet<String> =
        list(&write["Condition"]["ForAllValues:StringEquals"]["dynamodb:Attributes"])
            .into_iter()
            .collect();
    let keys = Table::ALL.map(Table::key_attribute);
    assert_eq!(attributes, keys.into_iter().chain([CHECK]).map(str::to_owned).collect());
    let function = resource("OperatorFunction");
    let variables = function["Environment"]["Variables"].as_mapping().unwrap();
    for name in variables.keys().map(text).filter(|name| name != "HISTORY_TABLE") {
        assert!(variables_of_the_code().contains(&name), "{name}");
    }
}

/// The hook of a deploy has time for all its tries and reports, and may do what its code does.
/// (`tests/deploy/hook.py` has the resources.)
#[test]
fn the_hooks_role_allows_what_the_code_calls() {
    let policies = resource("ProbeRole")["Policies"].as_sequence().unwrap().clone();
    let allowed: BTreeSet<String> = statements(policies.iter()).into_keys().collect();
    let logs = ["logs:CreateLogStream", "logs:PutLogEvents"];
    let calls = [INVOKE_ACTION, REPORT_ACTION, TOKEN_ACTIONS[0], "kms:Decrypt"];
    assert_eq!(allowed, &set(&calls) | &set(&logs));
    let timeout: u64 = text(&resource("ProbeFunction")["Timeout"]).parse().unwrap();
    assert!(TimeLimits::default().longest().as_secs() < timeout);
}
