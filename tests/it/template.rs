//! `template.yaml` agrees with the code: keys, variables, defaults, permissions.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use desk_router::report::{DEFINITIONS, NAMESPACE, OPERATOR_NUMBERS};
use desk_router::settings::Settings;
use desk_router::store::{
    CHECK, OPERATOR_ACTIONS, PUBLISH_ACTIONS, READ_RELEASES_ACTIONS, WEBHOOK_ACTIONS,
};
use routing::decide::Outcome;
use routing::rows::Table;
use serde_json::Value as Json;
use yaml_serde::Value;

fn template() -> Value {
    let path = testing::top().join("template.yaml");
    yaml_serde::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The value without CloudFormation's short tags (`!Ref X` → `X`), and of `!If` what it is by
/// default: the stack's own.
fn untagged(value: &Value) -> &Value {
    match value {
        Value::Tagged(tagged) if tagged.tag == "If" => {
            untagged(tagged.value.as_sequence().unwrap().last().unwrap())
        }
        Value::Tagged(tagged) => &tagged.value,
        other => other,
    }
}

fn text(value: &Value) -> String {
    match untagged(value) {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        other => panic!("{other:?} is no text"),
    }
}

fn list(value: &Value) -> Vec<String> {
    match untagged(value) {
        Value::Sequence(entries) => entries.iter().map(text).collect(),
        single => vec![text(single)],
    }
}

fn resource(name: &str) -> Value {
    template()["Resources"][name]["Properties"].clone()
}

/// The settings that the code reads, by asking it.
fn variables_of_the_code() -> BTreeSet<String> {
    let asked = RefCell::new(BTreeSet::new());
    drop(Settings::read(|name| {
        asked.borrow_mut().insert(name.to_owned());
        None
    }));
    asked.into_inner().into_iter().filter(|name| !name.starts_with("AWS_")).collect()
}

#[test]
fn the_tables_have_the_keys_that_the_code_reads() {
    for (name, key) in [
        ("RulesTable", Table::Rules.key_attribute()),
        ("AgentsTable", Table::Agents.key_attribute()),
        ("CalendarsTable", Table::Calendars.key_attribute()),
        ("CustomersTable", Table::Customers.key_attribute()),
        ("AssignmentsTable", "Key"),
    ] {
        let table = resource(name);
        assert_eq!(table["KeySchema"].as_sequence().unwrap().len(), 1, "{name}");
        assert_eq!(text(&table["KeySchema"][0]["AttributeName"]), key);
        assert_eq!(text(&table["AttributeDefinitions"][0]["AttributeName"]), key);
        assert_eq!(text(&table["AttributeDefinitions"][0]["AttributeType"]), "S");
        assert_eq!(text(&table["BillingMode"]), "PAY_PER_REQUEST");
        assert_eq!(
            table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"],
            Value::Bool(true),
            "{name}"
        );
        assert_eq!(table["DeletionProtectionEnabled"], Value::Bool(true), "{name}");
        let is_human = name != "AssignmentsTable";
        assert_eq!(table.get("StreamSpecification").is_some(), is_human, "{name}");
        let expires = ["CustomersTable", "AssignmentsTable"].contains(&name);
        assert_eq!(table.get("TimeToLiveSpecification").is_some(), expires, "{name}");
        if expires {
            assert_eq!(text(&table["TimeToLiveSpecification"]["AttributeName"]), "ExpiresAt");
        }
        assert_eq!(text(&template()["Resources"][name]["DeletionPolicy"]), "RetainExceptOnCreate");
    }
}

#[test]
fn the_function_gets_the_variables_that_the_code_reads() {
    let function = resource("WebhookFunction");
    let variables = function["Environment"]["Variables"].as_mapping().unwrap();
    let names: BTreeSet<String> = variables.keys().map(text).collect();
    // Only people's tools ask for the operator function.
    let of_tools = ["OPERATOR_FUNCTION"].map(str::to_owned);
    assert_eq!(names, &variables_of_the_code() - &of_tools.into());
    // Every parameter is used, and every variable refers to a parameter or a table of the template.
    let template = template();
    for (name, value) in variables {
        let target = text(value);
        assert!(
            template["Parameters"].get(&target).is_some()
                || template["Resources"].get(&target).is_some(),
            "{name:?}: {target}"
        );
    }
    let used = yaml_serde::to_string(&template["Resources"]).unwrap()
        + &yaml_serde::to_string(&template["Conditions"]).unwrap();
    for parameter in template["Parameters"].as_mapping().unwrap().keys().map(text) {
        assert!(used.contains(&parameter), "the parameter {parameter} is not used");
    }
}

#[test]
fn the_parameters_defaults_are_the_codes() {
    let template = template();
    let default = |parameter: &str| template["Parameters"][parameter].get("Default").map(text);
    let variables = resource("WebhookFunction");
    let values: BTreeMap<String, Option<String>> = variables["Environment"]["Variables"]
        .as_mapping()
        .unwrap()
        .iter()
        .map(|(name, value)| (text(name), default(&text(value))))
        .collect();
    let required = |name: &str| match name {
        "RULES_TABLE" | "AGENTS_TABLE" | "ASSIGNMENTS_TABLE" => Some(name.to_owned()),
        "SDK_APP_IDS" => Some("1400000000".to_owned()),
        "CALLBACK_TOKENS" => Some("token".to_owned()),
        _ => None,
    };
    let from_template =
        Settings::read(|name| required(name).or_else(|| values.get(name).cloned().flatten()))
            .unwrap();
    // How often a release is looked for counts only with a table of releases.
    let config_ttl = from_template.config_ttl;
    let from_code = Settings { config_ttl, ..Settings::read(required).unwrap() };
    assert_eq!(format!("{from_template:?}"), format!("{from_code:?}"));
    assert_eq!(default("TimeZone"), None, "the time zone must be given");
    for secret in ["CallbackTokens", "PathSecrets"] {
        assert_eq!(template["Parameters"][secret]["NoEcho"], Value::Bool(true));
    }
}

/// Action → resources of a role.
fn allowed(role: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for policy in resource(role)["Policies"].as_sequence().unwrap() {
        for statement in policy["PolicyDocument"]["Statement"].as_sequence().unwrap() {
            for action in list(&statement["Action"]) {
                allowed.entry(action).or_default().extend(list(&statement["Resource"]));
            }
        }
    }
    allowed
}

fn set(entries: &[&str]) -> BTreeSet<String> {
    entries.iter().map(|entry| (*entry).to_owned()).collect()
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
    ]);
    assert_eq!(allowed("WebhookRole"), expected);
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
    assert_eq!(allowed("OperatorRole"), expected);
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

/// The table of releases has the keys of the code, is kept, and nothing in it ends by itself.
#[test]
fn releases_are_kept() {
    let table = resource("ReleasesTable");
    for (place, name, kind) in [(0, "Id", "HASH"), (1, "Sort", "RANGE")] {
        let key = &table["KeySchema"][place];
        assert_eq!(
            (text(&key["AttributeName"]), text(&key["KeyType"])),
            (name.into(), kind.into())
        );
        assert_eq!(text(&table["AttributeDefinitions"][place]["AttributeName"]), name);
    }
    assert!(table.get("TimeToLiveSpecification").is_none());
    assert!(table.get("StreamSpecification").is_none());
    assert_eq!(
        table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"],
        Value::Bool(true)
    );
    let whole = &template()["Resources"]["ReleasesTable"];
    assert_eq!(text(&whole["DeletionPolicy"]), "RetainExceptOnCreate");
    assert!(whole.get("Condition").is_none(), "it outlives the operator function");
}

/// The operator function is called by every stream, every five minutes and daily, with events that
/// it knows; what fails is kept, not dropped.
#[test]
fn what_calls_the_operator_function() {
    let function = resource("OperatorFunction");
    let mut streams = 0;
    let mut schedules = BTreeMap::new();
    for (name, event) in function["Events"].as_mapping().unwrap() {
        let properties = &event["Properties"];
        match text(&event["Type"]).as_str() {
            "DynamoDB" => {
                streams += 1;
                assert_eq!(text(&properties["MaximumRetryAttempts"]), "-1", "{name:?}");
                assert_eq!(text(&properties["MaximumRecordAgeInSeconds"]), "86400", "{name:?}");
                assert_eq!(list(&properties["FunctionResponseTypes"]), ["ReportBatchItemFailures"]);
                let target = &properties["DestinationConfig"]["OnFailure"]["Destination"];
                assert_eq!(text(target), "OperatorFailuresQueue.Arn", "{name:?}");
            }
            "Schedule" => {
                let input: Json = serde_json::from_str(&text(&properties["Input"])).unwrap();
                schedules.insert(input.to_string(), text(&properties["Schedule"]));
            }
            other => panic!("{name:?} is {other}"),
        }
    }
    assert_eq!(streams, Table::ALL.len());
    let expected = [(r#"{"Check":{}}"#, "rate(1 day)"), (r#"{"Look":{}}"#, "rate(5 minutes)")];
    let expected = expected.map(|(event, when)| (event.to_owned(), when.to_owned()));
    assert_eq!(schedules, expected.into());
}

/// Who is on call may invoke the operator function; who edits rows may not.
#[test]
fn who_may_give_orders() {
    let policy = |name: &str| {
        let mut actions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for statement in resource(name)["PolicyDocument"]["Statement"].as_sequence().unwrap() {
            for action in list(&statement["Action"]) {
                actions.entry(action).or_default().extend(list(&statement["Resource"]));
            }
        }
        actions
    };
    let on_call = policy("OnCallPolicy");
    assert_eq!(on_call["lambda:InvokeFunction"], set(&["OperatorFunction.Arn"]));
    for action in READ_RELEASES_ACTIONS {
        assert!(on_call[action].contains("ReleasesTable.Arn"), "{action}");
    }
    let editors = policy("EditorsPolicy");
    assert!(!editors.keys().any(|action| action.starts_with("lambda:")));
    let releases = "ReleasesTable.Arn".to_owned();
    assert!(!editors.values().any(|resources| resources.contains(&releases)));
    // Nobody but the operator function writes releases.
    for action in PUBLISH_ACTIONS.iter().filter(|action| !READ_RELEASES_ACTIONS.contains(action)) {
        assert!(!on_call.contains_key(*action), "{action}");
    }
}

/// The line for `cargo desk` sets every variable that its commands read.
#[test]
fn one_line_sets_all_that_desk_needs() {
    let template = template();
    let Value::Tagged(sub) = &template["Outputs"]["DeskExports"]["Value"] else { panic!() };
    let line = text(&sub.value[0]) + &yaml_serde::to_string(&sub.value[1]).unwrap();
    for name in [
        "AWS_REGION",
        "RULES_TABLE",
        "AGENTS_TABLE",
        "CALENDARS_TABLE",
        "CUSTOMERS_TABLE",
        "ASSIGNMENTS_TABLE",
        "HISTORY_TABLE",
        "RELEASES_TABLE",
        "OPERATOR_FUNCTION",
        "TIME_ZONE",
        "HOLIDAY_COUNTRY",
        "DEFAULT_AGENT_GROUP_ID",
    ] {
        assert!(line.contains(&format!(" {name}=")), "{name} in {line}");
    }
}

/// The numbers that the functions emit.
struct Emitted {
    names: BTreeSet<String>,
    dimensions: BTreeSet<Vec<String>>,
}

impl Emitted {
    fn of_the_code() -> Self {
        let definitions: Json = serde_json::from_str(DEFINITIONS).unwrap();
        let mut metrics = Self { names: set(&OPERATOR_NUMBERS), dimensions: BTreeSet::new() };
        for definition in definitions.as_array().unwrap() {
            assert_eq!(definition["Namespace"], NAMESPACE);
            let names = definition["Metrics"].as_array().unwrap().iter();
            metrics.names.extend(names.map(|metric| metric["Name"].as_str().unwrap().to_owned()));
            let dimensions: Vec<Vec<String>> =
                serde_json::from_value(definition["Dimensions"].clone()).unwrap();
            metrics.dimensions.extend(dimensions);
        }
        metrics
    }
}

/// Alarms and the dashboard name numbers that the code emits, with the dimensions it gives them;
/// queries name fields of the record.
#[test]
fn dashboard_alarms_and_queries_name_what_there_is() {
    let metrics = Emitted::of_the_code();
    let template = template();
    let mut alarms = 0;
    for (name, resource) in template["Resources"].as_mapping().unwrap() {
        if text(&resource["Type"]) != "AWS::CloudWatch::Alarm" {
            continue;
        }
        alarms += 1;
        let properties = &resource["Properties"];
        let single = properties.get("MetricName").map(|_| properties.clone());
        let several = properties
            .get("Metrics")
            .and_then(Value::as_sequence)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.get("MetricStat"))
            .map(|stat| stat["Metric"].clone());
        for metric in single.into_iter().chain(several) {
            if text(&metric["Namespace"]) != "desk-router" {
                continue;
            }
            let number = text(&metric["MetricName"]);
            assert!(metrics.names.contains(&number), "{name:?}: {number}");
            let dimensions: Vec<String> = metric["Dimensions"]
                .as_sequence()
                .unwrap()
                .iter()
                .map(|dimension| text(&dimension["Name"]))
                .collect();
            assert!(metrics.dimensions.contains(&dimensions), "{name:?}: {dimensions:?}");
            for dimension in metric["Dimensions"]
                .as_sequence()
                .unwrap()
                .iter()
                .filter(|dimension| text(&dimension["Name"]) == "Outcome")
            {
                let outcome = text(&dimension["Value"]);
                assert!(Outcome::ALL.iter().any(|known| known.code() == outcome), "{outcome}");
            }
        }
    }
    assert_eq!(alarms, 18);
    // The canary looks at nothing that editors or attackers can bring about.
    let canary = list(&resource("WebhookFunction")["DeploymentPreference"]["Alarms"]);
    assert_eq!(canary, ["WebhookErrorsAlarm", "Gateway5xxAlarm", "FallbackAlarm", "LatencyAlarm"]);
    let body = yaml_serde::to_string(&template["Resources"]["Dashboard"]).unwrap();
    for rest in body
        .split("\"desk-router\", \\\"")
        .skip(1)
        .chain(body.split("\\\"desk-router\\\", \\\"").skip(1))
    {
        let number = rest.split('\\').next().unwrap();
        assert!(metrics.names.contains(number), "{number}");
    }
    let record = serde_json::to_value(desk_router::report::Record::at(chrono::Utc::now())).unwrap();
    let mut queries = 0;
    for (name, resource) in template["Resources"].as_mapping().unwrap() {
        if text(&resource["Type"]) != "AWS::Logs::QueryDefinition" {
            continue;
        }
        queries += 1;
        let query = text(&resource["Properties"]["QueryString"]);
        let fields = query.lines().flat_map(|line| {
            line.trim_start_matches("| ")
                .strip_prefix("fields ")
                .into_iter()
                .flat_map(|list| list.split(", "))
        });
        let filtered = query.split("filter ").skip(1).map(|rest| {
            rest.split(' ').next().unwrap().trim_start_matches("ispresent(").trim_end_matches(')')
        });
        for field in fields.chain(filtered) {
            let field = field.trim().split('.').next().unwrap();
            assert!(record.get(field).is_some(), "{name:?}: {field}");
        }
    }
    assert_eq!(queries, 4);
}

#[test]
fn routes_throttling_and_the_access_log() {
    let resources = template()["Resources"].clone();
    let of = |kind: &str| -> Vec<Value> {
        let all = resources.as_mapping().unwrap().values();
        all.filter(|resource| text(&resource["Type"]) == kind)
            .map(|resource| resource["Properties"].clone())
            .collect()
    };
    let routes: BTreeSet<String> =
        of("AWS::ApiGatewayV2::Route").iter().map(|route| text(&route["RouteKey"])).collect();
    assert_eq!(routes.into_iter().collect::<Vec<_>>(), ["ANY /", "ANY /{secret}"]);
    let integration = resource("WebhookIntegration");
    assert_eq!(
        (
            text(&integration["PayloadFormatVersion"]).as_str(),
            text(&integration["IntegrationUri"]).as_str()
        ),
        ("2.0", "WebhookFunction.Alias")
    );
    assert!(text(&integration["TimeoutInMillis"]).parse::<u32>().unwrap() <= 2_500);
    let stage = resource("HttpStage");
    assert_eq!(text(&stage["StageName"]), "$default");
    assert_eq!(text(&stage["DefaultRouteSettings"]["ThrottlingRateLimit"]), "ThrottleRate");
    let log = text(&stage["AccessLogSettings"]["Format"]);
    for personal in ["path", "Path", "query", "sourceIp", "identity"] {
        assert!(!log.contains(personal), "the access log has {personal}");
    }
    assert_eq!(text(&resource("WebhookFunction")["Timeout"]), "2");
}
