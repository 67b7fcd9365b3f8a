//! `template.yaml` agrees with the code: keys, variables, defaults, permissions.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use desk_router::report::{NAMESPACE, OPERATOR_NUMBERS, webhook_definitions};
use desk_router::settings::Settings;
use desk_router::store::{
    CHECK, OPERATOR_ACTIONS, PUBLISH_ACTIONS, READ_RELEASES_ACTIONS, WEBHOOK_ACTIONS,
};
use desk_router::tokens::TOKEN_ACTIONS;
use regex::Regex;
use routing::decide::Outcome;
use routing::hours::{Country, Zone};
use routing::rows::Table;
use serde_json::Value as Json;
use yaml_serde::Value;

pub(super) fn template() -> Value {
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

pub(super) fn text(value: &Value) -> String {
    match untagged(value) {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        other => panic!("{other:?} is no text"),
    }
}

pub(super) fn list(value: &Value) -> Vec<String> {
    match untagged(value) {
        Value::Sequence(entries) => entries.iter().map(text).collect(),
        single => vec![text(single)],
    }
}

pub(super) fn resource(name: &str) -> Value {
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
    // Only people's tools ask for the operator function; tokens in clear are for a machine of one's
    // own.
    let not_set = ["OPERATOR_FUNCTION", "CALLBACK_TOKENS"].map(str::to_owned);
    assert_eq!(names, &variables_of_the_code() - &not_set.into());
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
}

/// Action → resources of a role and of the policies that depend on parameters.
fn allowed(role: &str, policy: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let own = resource(role)["Policies"].as_sequence().unwrap().clone();
    for policy in own.iter().chain([&resource(policy)]) {
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

pub(super) fn set(entries: &[&str]) -> BTreeSet<String> {
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
        (
            TOKEN_ACTIONS[0].to_owned(),
            set(&[
                "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${CallbackTokensParameter}",
            ]),
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

/// The values of a parameter's list.
fn allowed_values(parameter: &str) -> BTreeSet<String> {
    let values = template()["Parameters"][parameter]["AllowedValues"].clone();
    values.as_sequence().unwrap().iter().map(text).collect()
}

/// The lists are those of the code: otherwise a zone or country would be refused that works, or the
/// other way round.
#[test]
fn zones_and_countries_are_those_that_the_code_knows() {
    let zones: BTreeSet<String> = Zone::names().map(str::to_owned).collect();
    assert_eq!(allowed_values("TimeZone"), zones);
    let countries: BTreeSet<String> = Country::codes().chain([""]).map(str::to_owned).collect();
    assert_eq!(allowed_values("HolidayCountry"), countries);
}

/// What a parameter's own rules take, the settings take: a deploy that goes through starts.
#[test]
fn no_parameter_takes_what_the_settings_refuse() {
    let template = template();
    let parameters = template["Parameters"].as_mapping().unwrap();
    let function = resource("WebhookFunction");
    let variables = function["Environment"]["Variables"].as_mapping().unwrap();
    let starts = |name: &str, value: &str| {
        let read = |asked: &str| match asked {
            _ if asked == name => Some(value.to_owned()),
            "RULES_TABLE" | "AGENTS_TABLE" => Some("t".to_owned()),
            "SDK_APP_IDS" => Some("1400000000".to_owned()),
            "CALLBACK_TOKENS" if name != "CALLBACK_TOKENS_PARAMETER" => Some("token".to_owned()),
            "ALLOW_UNAUTHENTICATED" => Some("true".to_owned()),
            _ => None,
        };
        Settings::read(read).map(drop).map_err(|error| error.to_string())
    };
    let fixed = [
        "Asia/Seol",
        "asia/seoul",
        "KR",
        "kr",
        "XX",
        "DE-BY",
        "DE-XX",
        "0.0.0.0/0",
        "::/0",
        "/33",
        "30.5",
        "10.0.0.0/33",
        "10.0.0.0/032",
        "010.0.0.1",
        "1.2.3",
        "256.1.1.1",
        "::ffff:1.2.3.4/96",
        "2001:db8::/32",
        "2001:db8::/129",
        "2001:db8:0:0:0:0:0:0/64",
        "1:2:3:4:5:6:7::",
        "1:2:3:4:5:6:7:8:9",
        "12345678901234567890123",
        "18446744073709551615",
        "18446744073709551616",
        "9999999999999999999",
        "0",
        "1",
        "00",
        "01400000000",
        "-1",
        "+1",
        " ",
        "",
        ",",
        "1,,2",
        "1, 2",
        "a,b",
        "86400",
        "86401",
        "299",
        "300",
        "1700",
        "1701",
        "1200.0",
        "1e3",
        "9223372036854775807",
        "9223372036854775808",
        "true",
        "false",
        "TRUE",
        "yes",
        "/desk-router/tokens",
        "tokens",
        "/a//b",
        "abcdefgh12345678",
        "10.0.0.0/8, 2001:db8::/32",
        "0f",
        "0F",
    ];
    let hash = "0f".repeat(32);
    let mut random = fastrand::Rng::with_seed(20_261_130);
    let letters: Vec<char> = "0123456789abcfF./:,- ".chars().collect();
    let (mut tried, mut taken) = (0, 0);
    for (variable, parameter) in variables {
        let (variable, parameter) = (text(variable), text(parameter));
        let Some(spec) = parameters.get(&parameter) else { continue };
        let pattern = spec.get("AllowedPattern").map(|pattern| Regex::new(&text(pattern)).unwrap());
        let listed = spec.get("AllowedValues").map(|_| allowed_values(&parameter));
        let takes = |value: &str| {
            let is_within = spec
                .get("MaxLength")
                .is_none_or(|most| value.len() <= text(most).parse::<usize>().unwrap());
            pattern.as_ref().is_none_or(|pattern| pattern.is_match(value))
                && listed.as_ref().is_none_or(|listed| listed.contains(value))
                && is_within
        };
        assert!(pattern.is_some() || listed.is_some(), "{parameter} takes anything");
        let mut values: Vec<String> = fixed.iter().map(|value| (*value).to_owned()).collect();
        values.extend([
            hash.clone(),
            hash.to_uppercase(),
            format!("{hash},{hash}"),
            hash.repeat(2),
        ]);
        values.extend(listed.iter().flatten().cloned());
        // Mutations of good values come closest to what a pattern takes wrongly.
        for _ in 0..20_000 {
            let mut value: Vec<char> =
                random.choice(&values[..fixed.len() + 4]).unwrap().chars().collect();
            for _ in 0..random.usize(1..4) {
                let at = random.usize(0..=value.len());
                match random.u8(0..3) {
                    0 if at < value.len() => drop(value.remove(at)),
                    1 if at < value.len() => value[at] = *random.choice(&letters).unwrap(),
                    _ => value.insert(at, *random.choice(&letters).unwrap()),
                }
            }
            values.push(value.into_iter().collect());
        }
        let mut of_this = 0;
        for value in values.iter().filter(|value| takes(value)) {
            let started = starts(&variable, value);
            assert_eq!(started, Ok(()), "{parameter} takes `{value}`");
            of_this += 1;
        }
        assert!(of_this > 0, "nothing of {parameter} was tried");
        (tried, taken) = (tried + values.len(), taken + of_this);
    }
    println!("{tried} values, {taken} taken");
}

/// The numbers that the functions emit.
struct Emitted {
    names: BTreeSet<String>,
    dimensions: BTreeSet<Vec<String>>,
}

impl Emitted {
    fn of_the_code() -> Self {
        let definitions: Json = webhook_definitions(true, true, true);
        let mut metrics = Self { names: set(&OPERATOR_NUMBERS), dimensions: BTreeSet::new() };
        // What CloudWatch counts in the gateway's own lines.
        let filter = resource("ThrottledByGateway")["MetricTransformations"][0].clone();
        assert_eq!(text(&filter["MetricNamespace"]), NAMESPACE);
        metrics.names.insert(text(&filter["MetricName"]));
        metrics.dimensions.insert(vec![text(&filter["Dimensions"][0]["Key"])]);
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
    assert_eq!(alarms, 22);
    // The canary looks at nothing that editors or attackers can bring about.
    let canary = list(&resource("WebhookFunction")["DeploymentPreference"]["Alarms"]);
    assert_eq!(canary, ["CanaryErrorsAlarm", "CanaryFallbackAlarm", "CanarySlowAlarm"]);
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
