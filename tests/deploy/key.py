"""`KmsKeyArn`: what uses the key when there is one, who may use it, and that without it nothing
speaks of keys.
"""

import json

from cloudformation import during
from stack import OTHER, allows, policies, state

KEY = OTHER["KmsKeyArn"]
OTHER_KEY = KEY.replace("11111111", "99999999")
# What DynamoDB asks of whoever reads and writes a table under a key of one's own.
OF_TABLES = [
    "CreateGrant",
    "Decrypt",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "ReEncryptFrom",
    "ReEncryptTo",
]
# Type → where it names its key.
PLACES = {
    "AWS::DynamoDB::Table": lambda properties: properties.get("SSESpecification", {}).get(
        "KMSMasterKeyId"
    ),
    "AWS::Logs::LogGroup": lambda properties: properties.get("KmsKeyId"),
    "AWS::Lambda::Function": lambda properties: properties.get("KmsKeyArn"),
}


def uses(of):
    """Resource → the key that it uses, of the types that may hold data of users or settings."""
    return {
        name: PLACES[resource["Type"]](of.properties(name))
        for name, resource in of.resources.items()
        if resource["Type"] in PLACES
    }


def of_policy(of, name):
    return of.properties(name)["PolicyDocument"]["Statement"]


def about_keys(statements):
    return [statement for statement in statements if "kms:" in json.dumps(statement["Action"])]


def every_table_log_and_function_uses_the_key():
    deployed = state(KmsKeyArn=KEY)
    used = uses(deployed)
    assert len(used) == 7 + 4 + 3, sorted(used)
    wrong = [name for name, key in used.items() if key != KEY]
    assert not wrong, f"not under the key: {wrong}"
    for name, resource in deployed.resources.items():
        if resource["Type"] == "AWS::DynamoDB::Table":
            specification = deployed.properties(name)["SSESpecification"]
            assert (specification["SSEEnabled"], specification["SSEType"]) == (True, "KMS"), name
    # Whatever else names a key is in this list: the settings' number, and policies.
    for name, resource in deployed.resources.items():
        if KEY in json.dumps(deployed.properties(name)):
            known = (
                name in used
                or name == "SettingsVersion"
                or resource["Type"].startswith("AWS::IAM::")
            )
            assert known, f"{name} names the key"


def who_may_use_the_key_and_for_what():
    deployed = state(KmsKeyArn=KEY)
    there = during(deployed, deployed)
    for_all = {"dynamodb.*.amazonaws.com", "ssm.*.amazonaws.com"}
    expected = {
        "WebhookRole": (OF_TABLES, for_all),
        "OperatorRole": (OF_TABLES, for_all),
        "ProbeRole": (["Decrypt"], {"ssm.*.amazonaws.com"}),
        "EditorsPolicy": (OF_TABLES, for_all),
        "OnCallPolicy": (["Decrypt"], {"dynamodb.*.amazonaws.com"}),
    }
    for who, (actions, services) in expected.items():
        statements = (
            list(policies(there, who)) if who.endswith("Role") else of_policy(deployed, who)
        )
        of_keys = about_keys(statements)
        assert len(of_keys) == 1, f"{who}: {of_keys}"
        statement = of_keys[0]
        assert statement["Resource"] == KEY, f"{who}: {statement['Resource']}"
        through = statement["Condition"]["StringLike"]["kms:ViaService"]
        assert (
            set(through if isinstance(through, list) else [through]) == services
        ), f"{who}: {through}"
        if who.endswith("Role"):
            for action in actions:
                assert allows(there, who, f"kms:{action}", KEY), f"{who} may not kms:{action}"
            for action in ["ScheduleKeyDeletion", "PutKeyPolicy", "Sign"]:
                assert not allows(there, who, f"kms:{action}", KEY), f"{who} may kms:{action}"


def both_keys_may_be_used_while_they_change():
    wrong = []
    for before, after in [("", KEY), (KEY, OTHER_KEY), (KEY, "")]:
        there = during(state(KmsKeyArn=before), state(KmsKeyArn=after))
        for role in ["WebhookRole", "OperatorRole"]:
            for key in filter(None, [before, after]):
                if not allows(there, role, "kms:Decrypt", key):
                    wrong.append(
                        f"{role} may not decrypt with {key[-4:]}, {before[-4:]} to {after[-4:]}"
                    )
    assert not wrong, "; ".join(wrong)


def without_a_key_nothing_speaks_of_one():
    deployed = state()
    named = [name for name, key in uses(deployed).items() if key]
    assert not named, named
    for name in deployed.resources:
        assert "kms" not in json.dumps(deployed.properties(name)).lower().replace(
            "kmskeyarn=", ""
        ), name
