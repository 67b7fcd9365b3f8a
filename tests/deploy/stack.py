"""The deployment that the contract asks about, another good value of each parameter, and what a
role may do while one state turns into another.
"""

import fnmatch
import json
import logging
import re
import sys
from pathlib import Path

from cloudformation import State, read

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
    "ProbeBeforeTraffic": "false",
    "AlarmEmail": "others@example.com",
}
# Those that change nothing of what the webhook's version is.
BESIDE = {
    "AdoptedRulesStream", "AdoptedAgentsStream", "AdoptedCalendarsStream", "AdoptedCustomersStream",
    "LogRetentionDays", "AccessLogClass", "ReservedConcurrency", "ProvisionedConcurrency",
    "ThrottleRate", "ThrottleBurst", "DeploymentType", "ProbeBeforeTraffic", "TableProtection",
    "AlarmEmail",
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
    names = [
        name
        for name, resource in of.resources.items()
        if resource["Type"] == "AWS::Lambda::Version"
    ]
    assert len(names) == 1, names
    return of.identity(names[0])


def configuration(of):
    """What Lambda compares before it publishes: `$LATEST` as far as it goes into a version."""
    properties = of.properties("WebhookFunction")
    for beside in ["ReservedConcurrentExecutions", "Tags"]:
        properties.pop(beside, None)
    return json.dumps(properties, sort_keys=True)


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
        and any(fnmatch.fnmatchcase(action, pattern) for pattern in as_list(statement["Action"]))
        and any(fits(pattern) for pattern in as_list(statement["Resource"]))
        for statement in policies(there, role)
    )


def table_arn(of, table):
    adopted = of.parameters[f"Adopted{table}Table"]
    own = f"<{of.identity(f'{table}Table')}.Arn>"
    return f"arn:aws:dynamodb:us-east-1:123456789012:table/{adopted}" if adopted else own
