#!/usr/bin/env python3
"""The runbooks of docs/operate.md, as far as emulators go: first deploy, update, roll back, change
a token and a path secret, restore (copy, adopt), move regions, delete, adopt all tables again.

    python tests/deploy/rehearse.py MOTO_SERVER EMULATOR WEBHOOK DESK

moto plays CloudFormation, DynamoDB, Parameter Store and Lambda's versions; EMULATOR (AWS's Runtime
Interface Emulator) runs the binary WEBHOOK with the variables of the function that CloudFormation
made; DESK is the command-line tool. Needs what contract.py needs.

What moto does not have is left out: IAM's roles, AppConfig, CodeDeploy, API Gateway, alarms,
and the operator function (so rows are read directly). `Retain` is the only deletion policy that
keeps something there, and point-in-time recovery copies a table as it is.
"""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import rotation
from cloudformation import State, read
from emulators import APP, REGION, answers, event, moto

SERVER, EMULATOR, WEBHOOK, DESK = sys.argv[1:]
del sys.argv[1:]
TOP = Path(__file__).resolve().parent.parent.parent
TOKEN, PARAMETER = rotation.OLD, "/desk-router/tokens"
OTHER_REGION = "ap-northeast-2"
TABLES = ["Rules", "Agents", "Calendars", "Customers"]
BASE = {
    "TimeZone": "Asia/Seoul", "SdkAppIds": APP, "CallbackTokensParameter": PARAMETER,
    "DefaultAgentGroupId": "7", "OperatorEnabled": "false", "ProbeBeforeTraffic": "false",
}
# What moto's CloudFormation makes of ours.
MADE = {"AWS::DynamoDB::Table", "AWS::Logs::LogGroup", "AWS::Lambda::Function"}
LEFT_OUT = "arn:aws:iam::123456789012:role/left-out"
ROWS = {
    "rules": [{"RuleId": "desk", "Priority": 1, "Rosters": ["desk"], "Strategy": "hash"}],
    "agents": [{"AgentId": "ann", "Rosters": ["desk"]}],
    "calendars": [{"CalendarId": "office", "Hours": "Mo-Fr 09:00-18:00"}],
    "customers": [{"ClientUserId": "u", "Segments": ["vip"]}],
}


def for_moto(state):
    """The transformed template as far as moto has it. Conditions are decided here: it does
    not always decide them anew in an update.
    """
    template = json.loads(json.dumps(state.template))
    resources = template["Resources"]
    is_made = lambda name: name in state.resources and resources[name]["Type"] in MADE
    left_out = {name for name in resources if not is_made(name)}
    kept = {name: resource for name, resource in resources.items() if name not in left_out}
    for resource in kept.values():
        resource.pop("DependsOn", None)
        resource.pop("Condition", None)
        # It loses a table whose protection changes.
        resource["Properties"].pop("DeletionProtectionEnabled", None)
        if resource.get("DeletionPolicy", "").startswith("Retain"):
            resource["DeletionPolicy"] = "Retain"

    def without(node):
        if isinstance(node, list):
            return [without(part) for part in node]
        if not isinstance(node, dict):
            return node
        if set(node) == {"Fn::If"}:
            condition, then, otherwise = node["Fn::If"]
            return without(then if state.condition(condition) else otherwise)
        if set(node) == {"Ref"} and node["Ref"] in left_out:
            return LEFT_OUT
        if set(node) == {"Fn::GetAtt"}:
            inner = node["Fn::GetAtt"]
            name = inner.split(".")[0] if isinstance(inner, str) else inner[0]
            return LEFT_OUT if name in left_out else node
        parts = {
            key: subbed(without(inner)) if key == "Fn::Sub" else without(inner)
            for key, inner in node.items()
        }
        return {key: part for key, part in parts.items() if part != {"Ref": "AWS::NoValue"}}

    def subbed(inner):
        text, *names = inner if isinstance(inner, list) else [inner]
        replace = lambda found: LEFT_OUT if found[1].split(".")[0] in left_out else found[0]
        text = re.sub(r"\$\{([^!}]+)\}", replace, text)
        return [text, *names] if names else text

    template["Resources"] = without(kept)
    template["Outputs"] = {
        name: without(output)
        for name, output in template["Outputs"].items()
        if output.get("Condition") not in ["HasOperator"]
        and name not in ["WebhookUrl", "DashboardUrl"]
    }
    return json.dumps(template)


class Stack:
    """A deployment in a region of moto's."""

    def __init__(self, aws, name, region=REGION):
        self.aws, self.name, self.region, self.deploys = aws, name, region, 0
        self.cloudformation = aws.client("cloudformation", region)
        self.dynamodb = aws.client("dynamodb", region)

    def deploy(self, create=False, **changes):
        """`sam deploy` with these parameters beside the usual ones."""
        # moto updates only what names a parameter that is another one.
        self.deploys += 1
        values = {**BASE, "DeployNote": f"deploy {self.deploys}", **changes}
        template = for_moto(State(read(TOP / "template.yaml"), values))
        parameters = [
            {"ParameterKey": key, "ParameterValue": value} for key, value in values.items()
        ]
        call = self.cloudformation.create_stack if create else self.cloudformation.update_stack
        call(
            StackName=self.name,
            TemplateBody=template,
            Parameters=parameters,
            Capabilities=["CAPABILITY_IAM"],
        )
        stacks = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"]
        status = stacks[0]["StackStatus"]
        assert status in ["CREATE_COMPLETE", "UPDATE_COMPLETE"], status

    def outputs(self):
        outputs = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]["Outputs"]
        return {output["OutputKey"]: output["OutputValue"] for output in outputs}

    def function(self):
        functions = self.aws.client("lambda", self.region).list_functions()["Functions"]
        named = [function["FunctionName"] for function in functions]
        (name,) = [name for name in named if name.startswith(f"{self.name}-WebhookFunction-")]
        return name

    def answer(self, qualifier=None, token=TOKEN):
        """The answer to a callback of the function with its variables as they are deployed."""
        (given,) = answers(EMULATOR, WEBHOOK, self.variables(qualifier), [event(token)], [TOKEN])
        return json.loads(given["body"]) if given["statusCode"] == 200 else given["statusCode"]

    def variables(self, qualifier=None):
        """The function's variables as they are deployed, or of a version."""
        chosen = {"Qualifier": qualifier} if qualifier else {}
        configuration = self.aws.client("lambda", self.region).get_function_configuration(
            FunctionName=self.function(), **chosen
        )
        return {
            **configuration["Environment"]["Variables"],
            **self.access(),
            "AWS_LAMBDA_FUNCTION_NAME": "webhook",
        }

    def access(self):
        return {
            "AWS_REGION": self.region, "AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any",
            "AWS_ENDPOINT_URL": self.aws.endpoint,
        }

    def desk(self, *words, **changes):
        """`cargo desk` with the line that the stack prints, pasted into a terminal."""
        line = self.outputs()["DeskExports"]
        exports = "".join(f"export {key}={value}; " for key, value in changes.items())
        script = f'{line}; {exports}exec "$@"'
        environment = {
            **self.access(),
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "NO_COLOR": "1",
        }
        done = subprocess.run(
            ["sh", "-c", script, "sh", DESK, *words],
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"desk {words}: {done.stdout}{done.stderr}"
        return done.stdout

    def tables(self):
        return {table: self.outputs()[f"{table}TableName"] for table in TABLES}

    def active(self, table):
        """`aws dynamodb wait table-exists`: until another change of the table is taken."""
        self.dynamodb.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 1})

    def ready(self, table):
        """Turns on what an adopted table needs; the label of its stream."""
        stream = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
        described = self.dynamodb.describe_table(TableName=table)["Table"]
        if "LatestStreamLabel" not in described:
            self.dynamodb.update_table(TableName=table, StreamSpecification=stream)
        self.active(table)
        self.dynamodb.update_table(TableName=table, DeletionProtectionEnabled=True)
        self.active(table)
        self.dynamodb.update_continuous_backups(
            TableName=table, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
        if described["KeySchema"][0]["AttributeName"] == "ClientUserId":
            expires = {"Enabled": True, "AttributeName": "ExpiresAt"}
            described = self.dynamodb.describe_time_to_live(TableName=table)
            if described["TimeToLiveDescription"]["TimeToLiveStatus"] == "DISABLED":
                self.dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=expires)
        return self.dynamodb.describe_table(TableName=table)["Table"]["LatestStreamLabel"]


def agents(answer):
    return answer.get("AgentIdList") if isinstance(answer, dict) else answer


def write(folder, rows):
    folder.mkdir(exist_ok=True)
    for name, of_table in rows.items():
        (folder / f"{name}.json").write_text(json.dumps(of_table))


def code(aws, region):
    """The packaged code, where the transformed template says that it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("bootstrap", "")
    s3 = aws.client("s3", REGION)
    if "bucket" not in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket="bucket")
        trusts = {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [trusts]})
        aws.client("iam").create_role(RoleName="left-out", AssumeRolePolicyDocument=policy)
    s3.put_object(Bucket="bucket", Key="code", Body=packed.getvalue())
    aws.client("ssm", region).put_parameter(Name=PARAMETER, Type="SecureString", Value=TOKEN)


def first_deploy(aws, folder):
    code(aws, REGION)
    stack = Stack(aws, "desk")
    stack.deploy(create=True)
    assert stack.answer()["AgentGroupId"] == 7, "without rows, the default group"
    assert stack.answer(token="forged") == 403
    write(folder, ROWS)
    stack.desk("import", str(folder), "--yes")
    assert agents(stack.answer()) == ["ann"], stack.answer()
    # (What that changes, contract.py asks the template.)
    stack.deploy(TableProtection="true")
    return stack


def update_and_roll_back(stack):
    functions, name = stack.aws.client("lambda"), stack.function()
    before = functions.publish_version(FunctionName=name)["Version"]
    functions.create_alias(FunctionName=name, Name="live", FunctionVersion=before)
    stack.deploy(TableProtection="true", SdkAppIds="1400000009")
    after = functions.publish_version(FunctionName=name)["Version"]
    functions.update_alias(FunctionName=name, Name="live", FunctionVersion=after)
    assert before != after and stack.answer(after) == 403, "another app"
    # The order of docs/operate.md.
    functions.update_alias(
        FunctionName=name,
        Name="live",
        FunctionVersion=before,
        RoutingConfig={"AdditionalVersionWeights": {}},
    )
    live = functions.get_alias(FunctionName=name, Name="live")["FunctionVersion"]
    assert live == before and agents(stack.answer(live)) == ["ann"]
    stack.deploy(TableProtection="true")
    assert agents(stack.answer()) == ["ann"]


def rotate(stack):
    """Prints what was done and answered."""
    parameters = stack.aws.client("ssm")
    in_one_process = lambda: rotation.the_token(
        parameters, PARAMETER, EMULATOR, WEBHOOK, stack.variables()
    )
    told = rotation.patiently(in_one_process)
    print(
        f"ok      change the token: {told.let_in} callbacks of good tokens, none refused",
        *told.lines,
        sep="\n",
    )
    parameters.put_parameter(Name=PARAMETER, Type="SecureString", Value=TOKEN, Overwrite=True)
    secrets = [rotation.parse_secret(stack.desk("secret")) for _ in range(2)]
    told = rotation.patiently(lambda: rotation.a_path_secret(stack, EMULATOR, WEBHOOK, secrets))
    print("ok      change a path secret", *told.lines, sep="\n")
    # moto keeps the value of what is not named.
    stack.deploy(TableProtection="true", PathSecretHashes="")


def restored_rules(stack, name):
    source = stack.tables()["Rules"]
    stack.dynamodb.restore_table_to_point_in_time(
        SourceTableName=source, TargetTableName=name, UseLatestRestorableTime=True
    )
    stack.active(name)
    kept = stack.dynamodb.scan(TableName=name)["Items"]
    assert [item["RuleId"]["S"] for item in kept] == ["desk"], kept


def spoil(stack, folder):
    """Somebody deletes the one rule and writes another."""
    write(folder, {"rules": [{"RuleId": "wrong", "Priority": 1, "AgentGroupId": 99}]})
    stack.desk("import", str(folder), "--delete", "--yes")
    assert stack.answer().get("AgentGroupId") == 99


def restore_by_copy(stack, folder):
    restored_rules(stack, "restored-to-copy")
    spoil(stack, folder / "wrong")
    copied = folder / "copied"
    stack.desk("export", str(copied), RULES_TABLE="restored-to-copy")
    for other in ["agents", "calendars", "customers"]:
        (copied / f"{other}.json").unlink()
    stack.desk("import", str(copied), "--delete", "--yes")
    assert agents(stack.answer()) == ["ann"]


def restore_by_adoption(stack, folder):
    own = stack.tables()["Rules"]
    restored_rules(stack, "restored-to-adopt")
    spoil(stack, folder / "wrong")
    label = stack.ready("restored-to-adopt")
    stack.deploy(
        TableProtection="true", AdoptedRulesTable="restored-to-adopt", AdoptedRulesStream=label
    )
    assert stack.tables()["Rules"] == "restored-to-adopt" and agents(stack.answer()) == ["ann"]
    assert own in stack.dynamodb.list_tables()["TableNames"], "the stack's own table stays"
    # And back to it, put right.
    stack.deploy(TableProtection="true")
    assert (
        stack.tables()["Rules"] == own and stack.answer().get("AgentGroupId") == 99
    ), stack.answer()
    write(folder / "right", {"rules": ROWS["rules"]})
    stack.desk("import", str(folder / "right"), "--delete", "--yes")
    assert agents(stack.answer()) == ["ann"]


def move_to_another_region(stack, folder):
    code(stack.aws, OTHER_REGION)
    there = Stack(stack.aws, "desk", OTHER_REGION)
    there.deploy(create=True)
    moved = folder / "moved"
    stack.desk("export", str(moved))
    there.desk("import", str(moved), "--yes")
    assert agents(there.answer()) == ["ann"]
    for table in TABLES:
        rows = json.loads((moved / f"{table.lower()}.json").read_text())
        assert len(rows) == len(ROWS[table.lower()]), table


def delete_and_adopt_all_again(stack):
    tables = stack.tables()
    stack.deploy(TableProtection="false")
    stack.cloudformation.delete_stack(StackName=stack.name)
    left = stack.dynamodb.list_tables()["TableNames"]
    assert set(tables.values()) <= set(left), left
    labels = {table: stack.ready(name) for table, name in tables.items()}
    again = Stack(stack.aws, "desk-again")
    adopted = {f"Adopted{table}Table": name for table, name in tables.items()}
    streams = {f"Adopted{table}Stream": label for table, label in labels.items()}
    again.deploy(create=True, **adopted, **streams)
    assert again.tables() == tables and agents(again.answer()) == ["ann"]


def main():
    with moto(SERVER) as aws, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stack = first_deploy(aws, folder / "first")
        print("ok      first deploy")
        for step, run in [
            ("update and roll back", lambda: update_and_roll_back(stack)),
            ("change the token and a path secret", lambda: rotate(stack)),
            ("restore by copy", lambda: restore_by_copy(stack, folder)),
            ("restore by adoption", lambda: restore_by_adoption(stack, folder)),
            ("move to another region", lambda: move_to_another_region(stack, folder)),
            ("delete, and adopt all tables again", lambda: delete_and_adopt_all_again(stack)),
        ]:
            run()
            print(f"ok      {step}")


if __name__ == "__main__":
    main()
