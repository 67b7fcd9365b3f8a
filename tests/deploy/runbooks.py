"""The commands of AWS in the documents: that they exist, as botocore's models have them, and that
none comes to a table while another change of it is under way.
"""

import functools
import re
import shlex

import botocore.session
from botocore import xform_name

from samcli.commands.deploy.deploy_context import DeployContext
from samcli.commands.deploy.guided_context import GuidedContext

from stack import TEMPLATE, TOP

# Options of every command.
OF_ALL = {"query", "output", "region", "profile"}
# What the command line calls otherwise than the models do.
SERVICES = {"deploy": "codedeploy"}
CHANGES = {"restore-table-to-point-in-time": "target-table-name", "update-table": "table-name"}


@functools.cache
def client(service):
    session = botocore.session.get_session()
    return session.create_client(SERVICES.get(service, service), region_name="us-east-1")


def kebab(name):
    return xform_name(name).replace("_", "-")


def commands(text):
    """Every `aws …` of a document, in a block or within the text: its words."""
    text = text.replace("\\\n", " ")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    found = [
        line.strip()
        for block in blocks
        for line in block.splitlines()
        if line.strip().startswith("aws ")
    ]
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    found += [code for code in re.findall(r"`(aws [^`]+)`", prose)]
    found += re.findall(r"\$\((aws [^)|]+)", prose)
    return [shlex.split(" ".join(command.split())) for command in found]


def options(words):
    """Option → its value."""
    given = {}
    for word in words:
        if word.startswith("--"):
            name = word[2:]
            given[name] = ""
        elif given:
            given[name] = f"{given[name]} {word}".strip()
    return given


def documents():
    for path in sorted([TOP / "README.md", *(TOP / "docs").glob("*.md")]):
        yield path.name, commands(path.read_text())


def the_commands_of_runbooks_exist():
    read = 0
    for document, all_commands in documents():
        for _, service, operation, *words in all_commands:
            read += 1
            said = f"{document}: aws {service} {operation} {' '.join(words)}"
            known = client(service).meta.method_to_api_mapping
            if operation == "wait":
                waiter, words = words[0], words[1:]
                assert waiter.replace("-", "_") in client(service).waiter_names, said
                operation = kebab(
                    client(service).get_waiter(waiter.replace("-", "_")).config.operation
                )
            assert operation.replace("-", "_") in known, said
            model = client(service).meta.service_model.operation_model(
                known[operation.replace("-", "_")]
            )
            members = {kebab(name) for name in model.input_shape.members}
            given = options(words)
            assert given.keys() <= members | OF_ALL, f"{said}: {given.keys() - members}"
            missing = {kebab(name) for name in model.input_shape.required_members} - given.keys()
            # In prose a command may be shown by its name alone.
            assert not given or not missing, f"{said}: without {missing}"
    assert read >= 12, f"{read} commands"


def a_table_is_waited_for_between_two_changes():
    """DynamoDB refuses a change of a table that is being restored or changed."""
    waits = 0
    for document, all_commands in documents():
        changing = set()
        for _, service, operation, *words in all_commands:
            if service != "dynamodb":
                continue
            given = options(words)
            table = given.get(CHANGES.get(operation, "table-name"))
            if operation == "wait":
                changing.discard(table)
                waits += 1
                continue
            assert table not in changing, f"{document}: {operation} while {table} is being changed"
            if operation in CHANGES:
                changing.add(table)
    assert waits >= 3, waits


def an_adopted_table_gets_all_that_the_template_gives():
    """Each thing that the template turns on at a table of people, and a restore does not bring."""
    text = (TOP / "docs/operate.md").read_text().split("## Restore")[1].split("\n## ")[0]
    for said in [
        "StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES",
        "--deletion-protection-enabled",
        "PointInTimeRecoveryEnabled=true",
        "Enabled=true,AttributeName=ExpiresAt",
    ]:
        assert said in text, said


def what_a_deploy_does_not_name_stays():
    """What the runbook of an update says of SAM: a plain deploy leaves what it does not name; the
    guided one offers defaults in its place, whatever the stack has."""
    sent = DeployContext.merge_parameters(TEMPLATE, {"TableProtection": "true"})
    changed = [one["ParameterKey"] for one in sent if not one.get("UsePreviousValue")]
    assert changed == ["TableProtection"] and len(sent) == len(TEMPLATE["Parameters"]), sent
    offered = GuidedContext._get_parameter_value(
        "AlarmEmail", TEMPLATE["Parameters"]["AlarmEmail"], {}
    )
    assert offered == "", offered
