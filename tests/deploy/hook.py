"""The hook of a deploy: wired so that CodeDeploy calls it with the new version, and allowed exactly
what it asks for.
"""

import graphlib
import json
import re

from cloudformation import during
from stack import allows, policies, state, version

ALIAS = "WebhookFunctionAliaslive"
OF_THE_HOOK = {"ProbeFunction", "ProbeRole", "ProbeLogGroup"}


def names(node, there):
    """The resources that a part of a template names, whatever its conditions."""
    if isinstance(node, str):
        return set()
    if isinstance(node, list):
        return set().union(*(names(part, there) for part in node))
    if not isinstance(node, dict):
        return set()
    found = set()
    for key, inner in node.items():
        if key == "Ref":
            found.add(inner)
        elif key == "Fn::GetAtt":
            found.add(inner.split(".")[0] if isinstance(inner, str) else inner[0])
        elif key == "Fn::Sub":
            text = inner[0] if isinstance(inner, list) else inner
            found |= {name.split(".")[0] for name in re.findall(r"\$\{([^!}]+)\}", text)}
            found |= names(inner[1:], there) if isinstance(inner, list) else set()
        else:
            found |= names(inner, there)
    return found & there


def waits_for(of):
    """Resource → those that must be there before it, by all that it and its update policy name."""
    there = set(of.resources)
    graph = {}
    for name, resource in of.resources.items():
        explicit = resource.get("DependsOn", [])
        explicit = {explicit} if isinstance(explicit, str) else set(explicit)
        named = names([resource.get("Properties"), resource.get("UpdatePolicy")], there)
        graph[name] = (named | explicit & there) - {name}
    return graph


def update_policy(of):
    """How the alias takes a new version."""
    return of.value(of.resources[ALIAS]["UpdatePolicy"])["CodeDeployLambdaAliasUpdate"]


def a_deploy_asks_the_new_version_first():
    for kind in ["Canary10Percent5Minutes", "Linear10PercentEvery1Minute", "AllAtOnce"]:
        deployed = state(DeploymentType=kind)
        hook = update_policy(deployed)["BeforeAllowTrafficHook"]
        assert hook == deployed.identity("ProbeFunction"), f"{kind}: {hook}"
        asked = deployed.properties("ProbeFunction")["Environment"]["Variables"]["WEBHOOK_VERSION"]
        assert asked == version(deployed), asked
        assert deployed.properties(ALIAS)["FunctionVersion"].startswith(f"<{version(deployed)}.")
    # The hook that a deploy calls knows of that deploy's version.
    before, after = state(), state(DeployNote="again")
    asks = lambda of: of.properties("ProbeFunction")["Environment"]["Variables"]["WEBHOOK_VERSION"]
    assert asks(before) != asks(after)
    assert "ProbeFunction" in waits_for(after)[ALIAS], "the alias does not wait for its hook"


def nothing_waits_for_itself():
    for changes in [
        {},
        {"AlarmEmail": ""},
        {"OperatorEnabled": "false"},
        {"ProvisionedConcurrency": "2"},
    ]:
        graphlib.TopologicalSorter(waits_for(state(**changes))).prepare()


def codedeploy_may_call_the_hook():
    deployed = state()
    hook = deployed.properties("ProbeFunction")
    # What AWS's own policies for CodeDeploy allow to be invoked.
    assert hook["FunctionName"].startswith("CodeDeployHook_"), hook["FunctionName"]
    roles = [name for name in deployed.resources if name == "CodeDeployServiceRole"]
    policies_of_aws = deployed.properties(roles[0])["ManagedPolicyArns"]
    assert any("AWSCodeDeployRoleForLambda" in arn for arn in policies_of_aws), policies_of_aws
    assert (
        len("CodeDeployHook_" + "x" * 49) <= 64
    ), "the longest name of a stack that settings.md gives"


def the_hook_may_do_what_it_does_and_nothing_else():
    deployed = state()
    there = during(deployed, deployed)
    webhook = f"<{deployed.identity('WebhookFunction')}.Arn>"
    update = update_policy(deployed)
    group = "arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:"
    group += f"{update['ApplicationName']}/{update['DeploymentGroupName']}"
    parameter = "arn:aws:ssm:us-east-1:123456789012:parameter/desk-router/tokens"
    log = f"<{deployed.identity('ProbeLogGroup')}.Arn>"
    expected = {
        "lambda:InvokeFunction": {f"{webhook}:*"},
        "codedeploy:PutLifecycleEventHookExecutionStatus": {group},
        "ssm:GetParameter": {parameter},
        "logs:CreateLogStream": {log},
        "logs:PutLogEvents": {log},
    }
    allowed = {}
    for statement in policies(there, "ProbeRole"):
        assert statement["Effect"] == "Allow"
        actions = statement["Action"]
        for action in actions if isinstance(actions, list) else [actions]:
            resources = statement["Resource"]
            allowed.setdefault(action, set()).update(
                resources if isinstance(resources, list) else [resources]
            )
    assert allowed == expected, allowed
    assert allows(there, "ProbeRole", "lambda:InvokeFunction", f"{webhook}:8")
    assert not allows(
        there, "ProbeRole", "lambda:InvokeFunction", webhook
    ), "what is not published yet"
    # Nobody else of the stack's may.
    for role in ["WebhookRole", "OperatorRole"]:
        assert not any(
            "lambda:" in json.dumps(statement) for statement in policies(there, role)
        ), role
    unsigned = state(CallbackTokensParameter="", PathSecretHashes="0f" * 32)
    assert "ssm:" not in json.dumps(list(policies(during(unsigned, unsigned), "ProbeRole")))


def the_hook_knows_the_webhooks_locks():
    deployed = state(PathSecretHashes="0f" * 32, SourceIpRanges="203.0.113.0/24")
    variables = lambda name: deployed.properties(name)["Environment"]["Variables"]
    hook, webhook = variables("ProbeFunction"), variables("WebhookFunction")
    same = set(hook) & set(webhook)
    assert set(hook) - same == {"WEBHOOK_VERSION"}, set(hook) - same
    assert {name: hook[name] for name in same} == {name: webhook[name] for name in same}
    locks = {
        "SDK_APP_IDS",
        "CALLBACK_TOKENS_PARAMETER",
        "PATH_SECRET_HASHES",
        "SOURCE_IP_RANGES",
        "ALLOW_UNAUTHENTICATED",
    }
    assert same == locks, same ^ locks


def without_the_probe_nothing_of_it_is_there():
    deployed = state(ProbeBeforeTraffic="false")
    assert not OF_THE_HOOK & set(deployed.resources)
    assert "BeforeAllowTrafficHook" not in update_policy(deployed)
    assert OF_THE_HOOK <= set(state().resources)
