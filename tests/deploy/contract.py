#!/usr/bin/env python3
"""What must hold of deploys, asked of `template.yaml` as SAM's own translator transforms it.

    python tests/deploy/contract.py [TEMPLATE]

Prints a line for each thing that holds or does not, and fails when one does not.
"""

import json
import logging
import re
import sys
import traceback
from pathlib import Path

from cloudformation import State, during, read

logging.disable(logging.WARNING)

TOP = Path(__file__).resolve().parent.parent.parent
PATH = Path(sys.argv[1]) if len(sys.argv) > 1 else TOP / "template.yaml"
TEMPLATE = read(PATH)

# A deployment as people run it, and another good value of each parameter.
BASE = {
    "TimeZone": "Asia/Seoul",
    "SdkAppIds": "1400000000",
    "CallbackTokensParameter": "/desk-router/tokens",
    "CallbackTokens": "old",
    "AlarmEmail": "on-call@example.com",
}
OTHER = {
    "TimeZone": "Asia/Tokyo",
    "HolidayCountry": "KR",
    "SdkAppIds": "1400000000,1400000001",
    "CallbackTokensParameter": "/desk-router/other",
    "CallbackTokens": "old,new",
    "PathSecretHashes": "0f" * 32,
    "PathSecrets": "abcdefgh12345678",
    "SourceIpRanges": "203.0.113.0/24",
    "AllowUnauthenticated": "true",
    "DefaultAgentGroupId": "1000",
    "ConfigTtlSeconds": "10",
    "DeadlineMs": "1500",
    "LearnFromSessionEvents": "true",
    "LogUserIds": "false",
    "MetricsByRule": "true",
    "Tracing": "true",
    "KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555",
    "DeployNote": "again",
    "OperatorEnabled": "false",
    "Architecture": "arm64",
    "AdoptedRulesTable": "restored-rules",
    "AdoptedAgentsTable": "restored-agents",
    "AdoptedCalendarsTable": "restored-calendars",
    "AdoptedCustomersTable": "restored-customers",
    "AdoptedRulesStream": "2026-11-24T10:00:00.000",
    "AdoptedAgentsStream": "2026-11-24T10:00:00.000",
    "AdoptedCalendarsStream": "2026-11-24T10:00:00.000",
    "AdoptedCustomersStream": "2026-11-24T10:00:00.000",
    "LogRetentionDays": "90",
    "AccessLogClass": "INFREQUENT_ACCESS",
    "ReservedConcurrency": "50",
    "ProvisionedConcurrency": "2",
    "ThrottleRate": "300",
    "ThrottleBurst": "500",
    "DeploymentType": "AllAtOnce",
    "TableProtection": "true",
    "AlarmEmail": "others@example.com",
}
# Those that change nothing of what the webhook's version is.
BESIDE = {
    "AdoptedRulesStream", "AdoptedAgentsStream", "AdoptedCalendarsStream", "AdoptedCustomersStream",
    "LogRetentionDays", "AccessLogClass", "ReservedConcurrency", "ProvisionedConcurrency",
    "ThrottleRate", "ThrottleBurst", "DeploymentType", "TableProtection", "AlarmEmail",
}
TABLES = {
    "Rules": ("RULES_TABLE", ["dynamodb:Scan"]),
    "Agents": ("AGENTS_TABLE", ["dynamodb:Scan"]),
    "Calendars": ("CALENDARS_TABLE", ["dynamodb:Scan"]),
    "Customers": ("CUSTOMERS_TABLE", ["dynamodb:GetItem"]),
}


def state(template=TEMPLATE, **changes):
    return State(template, {**BASE, **changes})


def version(of):
    """The one published version: what it is known by."""
    names = [name for name, resource in of.resources.items() if resource["Type"] == "AWS::Lambda::Version"]
    assert len(names) == 1, names
    return of.identity(names[0])


def configuration(of):
    """What Lambda compares before it publishes: `$LATEST` as far as it goes into a version."""
    properties = of.properties("WebhookFunction")
    for beside in ["ReservedConcurrentExecutions", "Tags"]:
        properties.pop(beside, None)
    return json.dumps(properties, sort_keys=True)


def a_change_of_any_parameter_reaches_the_alias():
    untried = set(TEMPLATE["Parameters"]) - set(OTHER)
    assert not untried, f"no other value to try for {untried}"
    before, wrong = state(), []
    for name in TEMPLATE["Parameters"]:
        after = state(**{name: OTHER[name]})
        is_new = version(after) != version(before)
        if is_new != (name not in BESIDE):
            wrong.append(f"{name}: {'a new' if is_new else 'no new'} version")
        # Lambda refuses to publish what is the same as the version before.
        if is_new and configuration(after) == configuration(before):
            wrong.append(f"{name}: a version that Lambda would not publish")
    assert not wrong, "; ".join(wrong)


def new_code_is_a_new_version_and_nothing_new_is_none():
    assert version(state()) == version(state())
    assert version(state(read(PATH, "s3://bucket/other"))) != version(state())


def policies(there, role):
    """The statements that a role has, out of resources that are there."""
    for name, kind, properties in there:
        if kind == "AWS::IAM::Role" and name == role:
            for policy in properties.get("Policies", []):
                yield from policy["PolicyDocument"]["Statement"]
        roles = [str(entry).rsplit("-", 1)[0] for entry in properties.get("Roles", [])]
        if kind == "AWS::IAM::ManagedPolicy" and role in roles:
            yield from properties["PolicyDocument"]["Statement"]


def allows(there, role, action, resource):
    as_list = lambda value: value if isinstance(value, list) else [value]
    fits = lambda pattern: re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), resource)
    return any(
        statement["Effect"] == "Allow"
        and action in as_list(statement["Action"])
        and any(fits(pattern) for pattern in as_list(statement["Resource"]))
        for statement in policies(there, role)
    )


def table_arn(of, table):
    adopted = of.parameters[f"Adopted{table}Table"]
    own = f"<{of.identity(f'{table}Table')}.Arn>"
    return f"arn:aws:dynamodb:us-east-1:123456789012:table/{adopted}" if adopted else own


def the_tables_stay_readable_while_they_change():
    wrong = []
    for table, (_, actions) in TABLES.items():
        name = f"Adopted{table}Table"
        own, one, other = state(), state(**{name: "restored-one"}), state(**{name: "restored-two"})
        for before, after in [(own, one), (one, other), (one, own)]:
            there = during(before, after)
            for of, which in [(before, "before"), (after, "after")]:
                for action in actions:
                    if not allows(there, "WebhookRole", action, table_arn(of, table)):
                        change = f"{before.parameters[name] or 'own'} to {after.parameters[name] or 'own'}"
                        wrong.append(f"{table}, {change}: the webhook may not read the table {which}")
                for action in ["dynamodb:Scan", "dynamodb:UpdateItem"]:
                    if not allows(there, "OperatorRole", action, table_arn(of, table)):
                        wrong.append(f"{table}: the operator function may not {action} the table {which}")
    assert not wrong, "; ".join(wrong)


def the_token_stays_readable_while_its_parameter_changes():
    arn = "arn:aws:ssm:us-east-1:123456789012:parameter"
    before, after = state(), state(CallbackTokensParameter="/desk-router/other")
    for name in ["/desk-router/tokens", "/desk-router/other"]:
        assert allows(during(before, after), "WebhookRole", "ssm:GetParameter", arn + name), name
    assert not allows(during(after, after), "WebhookRole", "ssm:GetParameter", arn + "/desk-router/tokens")
    none = state(CallbackTokensParameter="", PathSecretHashes="0f" * 32)
    assert not any("ssm:" in json.dumps(statement) for statement in policies(during(none, none), "WebhookRole"))


def no_secret_is_a_parameter():
    hidden = [name for name, spec in TEMPLATE["Parameters"].items() if spec.get("NoEcho")]
    assert not hidden, f"sam deploy --guided cannot leave blank, and the environment shows: {hidden}"


def a_failed_first_deploy_can_be_undone():
    first = state()
    for name, resource in first.resources.items():
        if resource["Type"] == "AWS::DynamoDB::Table":
            assert resource["DeletionPolicy"] == "RetainExceptOnCreate", name
            assert first.properties(name)["DeletionProtectionEnabled"] is False, name
            protected = state(TableProtection="true").properties(name)
            assert protected["DeletionProtectionEnabled"] is True, name


def the_canary_looks_at_the_new_version_alone():
    before, after = state(), state(DeployNote="again")
    groups = [name for name, resource in after.resources.items() if resource["Type"] == "AWS::CodeDeploy::DeploymentGroup"]
    alarms = after.properties(groups[0])["AlarmConfiguration"]["Alarms"]
    names = [alarm["Name"].rsplit("-", 1)[0] for alarm in alarms]
    assert len(names) >= 2, names
    for name in names:
        assert before.identity(name) != after.identity(name), f"{name} is not new with each version, so it may be on before the deploy begins"
        dimensions = after.properties(name)["Dimensions"]
        published = version(after)
        assert any(published in str(dimension["Value"]) for dimension in dimensions), f"{name} is not of the new version"
    kind = after.properties(groups[0])["DeploymentConfigName"]
    assert "LambdaCanary10Percent5Minutes" in str(kind), kind
    at_once = state(DeploymentType="AllAtOnce").properties(groups[0])["DeploymentConfigName"]
    assert "AllAtOnce" in str(at_once), at_once


def each_alarm_says_when_it_is_over():
    deployed = state()
    for name, resource in deployed.resources.items():
        if resource["Type"] != "AWS::CloudWatch::Alarm" or name.startswith("Canary"):
            continue
        properties = deployed.properties(name)
        tells = properties.get("AlarmActions") or properties.get("InsufficientDataActions")
        assert tells and tells == properties.get("OKActions"), f"{name}: no OKActions"
        # A new deployment has no data yet, which is no alarm.
        assert properties.get("TreatMissingData") != "breaching", f"{name} is on from the first minute"


def namespaces_in_searches_are_quoted():
    body = state().properties("Dashboard")["DashboardBody"]
    dashboard = json.loads(body)
    searches = re.findall(r"SEARCH\('\{([^,}]+)", body)
    assert searches and all(search == '\\"desk-router\\"' for search in searches), searches
    assert len(dashboard["widgets"]) >= 8


def what_costs_is_off_unless_asked_for():
    deployed = state()
    function = deployed.properties("WebhookFunction")
    assert function["TracingConfig"]["Mode"] == "PassThrough", function["TracingConfig"]
    assert not any("xray:" in json.dumps(statement) for statement in policies(during(deployed, deployed), "WebhookRole"))
    assert function["Environment"]["Variables"]["METRICS_BY_RULE"] == "false"
    for name in ["WebhookFunction", "OperatorFunction"]:
        logging = deployed.properties(name)["LoggingConfig"]
        assert logging["SystemLogLevel"] == "WARN", f"{name}: Lambda's own lines are logged"
    traced = state(Tracing="true")
    assert traced.properties("WebhookFunction")["TracingConfig"]["Mode"] == "Active"
    assert any("xray:" in json.dumps(statement) for statement in policies(during(traced, traced), "WebhookRole"))


def the_architecture_is_said_once():
    assert "Architecture" not in TEMPLATE["Parameters"], "sam build does not see answers to sam deploy --guided"
    said = {json.dumps(state().properties(name)["Architectures"]) for name in ["WebhookFunction", "OperatorFunction"]}
    assert said == {'["x86_64"]'}, said


def an_attached_policy_does_not_keep_the_stack():
    deployed = state()
    for name, resource in deployed.resources.items():
        if resource["Type"] == "AWS::IAM::ManagedPolicy" and not deployed.properties(name).get("Roles"):
            assert resource.get("DeletionPolicy", "").startswith("Retain"), f"{name}, attached to people, blocks the deletion"


def longest(name):
    """The longest value of a parameter that has one."""
    spec = TEMPLATE["Parameters"][name]
    if "AllowedValues" in spec:
        return max(map(str, spec["AllowedValues"]), key=len)
    length = spec.get("MaxLength") or {"DefaultAgentGroupId": 18, "ConfigTtlSeconds": 5, "DeadlineMs": 4}.get(name) or 120
    return "x" * int(length)


def sizes_stay_within_limits():
    assert len(PATH.read_bytes()) < 1_000_000, "a template in S3"
    full = {name: longest(name) for name in TEMPLATE["Parameters"] if name not in BESIDE}
    # Every table is the stack's own, with the longest name of a stack.
    longest_table = "x" * (128 + 30)
    deployed = state(**full)
    for name in ["WebhookFunction", "OperatorFunction"]:
        if name not in deployed.resources:
            continue
        variables = deployed.properties(name)["Environment"]["Variables"]
        size = sum(
            len(key) + len(longest_table if key.endswith("_TABLE") else value)
            for key, value in variables.items()
        )
        assert size <= 4_096, f"{name}: {size} bytes of variables"
        assert len(deployed.properties(name)["Description"]) <= 256, name
    for name, resource in deployed.resources.items():
        if resource["Type"] == "AWS::IAM::ManagedPolicy":
            properties = deployed.properties(name)
            assert len(properties["Description"]) <= 1_000, name
            assert len(json.dumps(properties["PolicyDocument"])) <= 6_144, name
    assert len(deployed.template["Resources"]) < 500 and len(TEMPLATE["Parameters"]) < 200
    assert len(json.dumps(deployed.template)) < 1_000_000


def main():
    failed = 0
    for check in [value for value in globals().values() if callable(value) and getattr(value, "__module__", "") == "__main__"]:
        if check.__code__.co_argcount or check in (main, state):
            continue
        name = check.__name__.replace("_", " ")
        try:
            check()
            print(f"ok      {name}")
        except Exception as error:  # noqa: BLE001: each is told, and the next is asked
            failed += 1
            print(f"FAILED  {name}: {error!s}"[:1_500])
            if not isinstance(error, AssertionError):
                traceback.print_exc()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
