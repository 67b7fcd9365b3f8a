#!/usr/bin/env python3
"""What must hold of deploys, asked of `template.yaml` as SAM's own translator transforms it.

    python tests/deploy/contract.py [TEMPLATE]

Prints a line for each thing that holds or does not, and fails when one does not.
"""

import copy
import json
import re
import sys
import tomllib
import traceback

import alarms
import hook
import key
import people
import pipeline
import runbooks
from cloudformation import during, read
from stack import (
    BESIDE,
    OTHER,
    PATH,
    TABLES,
    TEMPLATE,
    TOP,
    allows,
    configuration,
    policies,
    state,
    table_arn,
    version,
)

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
                        was, is_now = before.parameters[name], after.parameters[name]
                        change = f"{was or 'own'} to {is_now or 'own'}"
                        wrong.append(
                            f"{table}, {change}: the webhook may not read the table {which}"
                        )
                for action in ["dynamodb:Scan", "dynamodb:UpdateItem"]:
                    if not allows(there, "OperatorRole", action, table_arn(of, table)):
                        wrong.append(
                            f"{table}: the operator function may not {action} the table {which}"
                        )
    assert not wrong, "; ".join(wrong)


def the_token_stays_readable_while_its_parameter_changes():
    arn = "arn:aws:ssm:us-east-1:123456789012:parameter"
    before, after = state(), state(CallbackTokensParameter="/desk-router/other")
    for name in ["/desk-router/tokens", "/desk-router/other"]:
        assert allows(during(before, after), "WebhookRole", "ssm:GetParameter", arn + name), name
    assert not allows(
        during(after, after), "WebhookRole", "ssm:GetParameter", arn + "/desk-router/tokens"
    )
    none = state(CallbackTokensParameter="", PathSecretHashes="0f" * 32)
    assert not any(
        "ssm:" in json.dumps(statement) for statement in policies(during(none, none), "WebhookRole")
    )


def no_secret_is_a_parameter():
    hidden = [name for name, spec in TEMPLATE["Parameters"].items() if spec.get("NoEcho")]
    assert (
        not hidden
    ), f"sam deploy --guided cannot leave blank, and the environment shows: {hidden}"


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
    groups = [
        name
        for name, resource in after.resources.items()
        if resource["Type"] == "AWS::CodeDeploy::DeploymentGroup"
    ]
    alarms = after.properties(groups[0])["AlarmConfiguration"]["Alarms"]
    names = [alarm["Name"].rsplit("-", 1)[0] for alarm in alarms]
    assert len(names) >= 2, names
    for name in names:
        assert before.identity(name) != after.identity(
            name
        ), f"{name} is not new with each version, so it may be on before the deploy begins"
        dimensions = after.properties(name)["Dimensions"]
        published = version(after)
        assert any(
            published in str(dimension["Value"]) for dimension in dimensions
        ), f"{name} is not of the new version"
    kind = after.properties(groups[0])["DeploymentConfigName"]
    assert "LambdaCanary10Percent5Minutes" in str(kind), kind
    at_once = state(DeploymentType="AllAtOnce").properties(groups[0])["DeploymentConfigName"]
    assert "AllAtOnce" in str(at_once), at_once


def namespaces_in_searches_are_quoted():
    body = state().properties("Dashboard")["DashboardBody"]
    dashboard = json.loads(body)
    searches = re.findall(r"SEARCH\('\{([^,}]+)", body)
    assert searches and all(search == '\\"desk-router\\"' for search in searches), searches
    assert len(dashboard["widgets"]) >= 8


def a_bug_is_answered_in_what_ships():
    profile = tomllib.loads((TOP / "Cargo.toml").read_text())["profile"]["release"]
    # cargo-lambda, and so `sam build`, takes "abort" where nothing is said.
    assert profile.get("panic") == "unwind", profile


def a_build_looks_at_what_it_builds():
    # `cached = true` reads every byte of target/ for its checksums.
    build = tomllib.loads((TOP / "samconfig.toml").read_text())["default"]["build"]["parameters"]
    assert build.get("cached") is False, build


def what_costs_is_off_unless_asked_for():
    deployed = state()
    function = deployed.properties("WebhookFunction")
    assert function["TracingConfig"]["Mode"] == "PassThrough", function["TracingConfig"]
    assert not any(
        "xray:" in json.dumps(statement)
        for statement in policies(during(deployed, deployed), "WebhookRole")
    )
    assert function["Environment"]["Variables"]["METRICS_BY_RULE"] == "false"
    for name in ["WebhookFunction", "OperatorFunction"]:
        logging = deployed.properties(name)["LoggingConfig"]
        assert logging["SystemLogLevel"] == "WARN", f"{name}: Lambda's own lines are logged"
    traced = state(Tracing="true")
    assert traced.properties("WebhookFunction")["TracingConfig"]["Mode"] == "Active"
    assert any(
        "xray:" in json.dumps(statement)
        for statement in policies(during(traced, traced), "WebhookRole")
    )


def the_architecture_is_said_once():
    assert (
        "Architecture" not in TEMPLATE["Parameters"]
    ), "sam build does not see answers to sam deploy --guided"
    functions = ["WebhookFunction", "OperatorFunction", "ProbeFunction"]
    for said in [["x86_64"], ["arm64"]]:
        template = copy.deepcopy(TEMPLATE)
        template["Globals"]["Function"]["Architectures"] = said
        built = [state(template).properties(name)["Architectures"] for name in functions]
        assert built == [said] * len(functions), f"{said} under Globals: {built}"
    assert TEMPLATE["Globals"]["Function"]["Architectures"] in [["x86_64"], ["arm64"]]


def an_attached_policy_does_not_keep_the_stack():
    deployed = state()
    for name, resource in deployed.resources.items():
        if resource["Type"] == "AWS::IAM::ManagedPolicy" and not deployed.properties(name).get(
            "Roles"
        ):
            assert resource.get("DeletionPolicy", "").startswith(
                "Retain"
            ), f"{name}, attached to people, blocks the deletion"


def longest(name):
    """The longest value of a parameter that has one."""
    spec = TEMPLATE["Parameters"][name]
    if "AllowedValues" in spec:
        return max(map(str, spec["AllowedValues"]), key=len)
    length = (
        spec.get("MaxLength")
        or {"DefaultAgentGroupId": 18, "ConfigTtlSeconds": 5, "DeadlineMs": 4}.get(name)
        or 120
    )
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


def checks():
    """Every function of the contract that takes nothing."""
    for module in [sys.modules[__name__], alarms, hook, key, people, pipeline, runbooks]:
        for check in vars(module).values():
            is_own = callable(check) and getattr(check, "__module__", "") == module.__name__
            if is_own and hasattr(check, "__code__") and not check.__code__.co_argcount:
                if check not in (main, checks):
                    yield check


def main():
    failed = 0
    for check in checks():
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
