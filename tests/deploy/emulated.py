#!/usr/bin/env python3
"""The functions that ship under AWS's Runtime Interface Emulator, where things go wrong: a start
that fails, a call that takes too long; and the operator function with what its schedules and
streams hand to it, over moto's DynamoDB.

    python tests/deploy/emulated.py MOTO_SERVER EMULATOR WEBHOOK OPERATOR

Needs what contract.py needs.
"""

import contextlib
import json
import socket
import sys
import threading

SERVER, EMULATOR, WEBHOOK, OPERATOR = sys.argv[1:]
del sys.argv[1:]

from emulators import APP, REGION, event, function, moto
from stack import state

TOKEN = "token-of-the-emulator"
OF_PEOPLE = ["Rules", "Agents", "Calendars", "Customers"]
TABLES = [*OF_PEOPLE, "Assignments", "History", "Releases"]
ACCESS = {"AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"}
SETTINGS = {
    **{f"{table.upper()}_TABLE": table.lower() for table in TABLES},
    **ACCESS, "SDK_APP_IDS": APP, "CALLBACK_TOKENS": TOKEN, "DEFAULT_AGENT_GROUP_ID": "7",
    "TIME_ZONE": "Asia/Seoul", "CONFIG_TTL_SECONDS": "0", "AWS_LAMBDA_FUNCTION_NAME": "function",
    # What is refused is refused by its settings alone.
    "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
}


class Gate:
    """In front of moto: closed, it takes connections and says nothing."""

    def __init__(self, port):
        self.to, self.is_open = port, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.held = []
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        while True:
            one, _ = self.listener.accept()
            if not self.is_open.is_set():
                self.held.append(one)
                continue
            other = socket.create_connection(("127.0.0.1", self.to))
            for pair in [(one, other), (other, one)]:
                threading.Thread(target=self.copy, args=pair, daemon=True).start()

    @staticmethod
    def copy(one, other):
        with contextlib.suppress(OSError):
            while part := one.recv(65_536):
                other.sendall(part)
            other.shutdown(socket.SHUT_WR)


def make_tables(dynamodb):
    """The template's tables."""
    deployed = state()
    for table in TABLES:
        properties = deployed.properties(f"{table}Table")
        wanted = {
            name: properties[name] for name in ["AttributeDefinitions", "KeySchema", "BillingMode"]
        }
        stream = properties.get("StreamSpecification")
        more = {"StreamSpecification": {"StreamEnabled": True, **stream}} if stream else {}
        dynamodb.create_table(TableName=table.lower(), **wanted, **more)


def record(dynamodb, name, old=None, new=None):
    """A record of the rules' stream, as Lambda passes it."""
    images = {"OldImage": old, "NewImage": new}
    key = (new or old)["RuleId"]
    return {
        "eventID": name,
        "eventSource": "aws:dynamodb",
        "awsRegion": REGION,
        "eventName": "INSERT" if not old else "MODIFY" if new else "REMOVE",
        "eventSourceARN": dynamodb.describe_table(TableName="rules")["Table"]["LatestStreamArn"],
        "dynamodb": {
            "Keys": {"RuleId": key},
            "SequenceNumber": name,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
            "ApproximateCreationDateTime": 1_796_000_000,
            **{name: image for name, image in images.items() if image},
        },
    }


def a_start_that_fails():
    """A function error, and one line that names all that is wrong. (The hook tells CodeDeploy.)"""
    wrong = {
        "SDK_APP_IDS": "",
        "DEADLINE_MS": "9",
        "TIME_ZONE": "Asia/Seol",
        "PATH_SECRET_HASHES": "short",
    }
    expected = {
        WEBHOOK: ["SDK_APP_IDS", "DEADLINE_MS", "TIME_ZONE", "PATH_SECRET_HASHES"],
        OPERATOR: ["TIME_ZONE", "DEADLINE_MS"],
    }
    for binary, named in expected.items():
        with function(EMULATOR, binary, {**SETTINGS, **wrong}) as running:
            for call in range(1, 3):
                status, text = running.invoke(event(TOKEN))
                assert (status, text) == (
                    502,
                    "",
                ) or "Runtime.ExitError" in text, f"{binary}: {status} {text}"
                # (The emulator starts it anew with each call, as Lambda does.)
                lines = running.lines()
                assert len(lines) == call, f"{binary}: {lines}"
                assert (lines[-1]["level"], lines[-1]["event"]) == ("ERROR", "start"), lines[-1]
                missing = [name for name in named if name not in lines[-1]["message"]]
                assert not missing, f"{binary}: {missing} not in {lines[-1]}"


def a_call_that_takes_too_long(aws, endpoint_port):
    """The tables say nothing: Lambda ends the call. When they speak again, so does the function."""
    gate = Gate(endpoint_port)
    variables = {**SETTINGS, "AWS_ENDPOINT_URL": gate.endpoint, "AWS_LAMBDA_FUNCTION_TIMEOUT": "1"}
    with function(EMULATOR, OPERATOR, variables) as running:
        for _ in range(2):
            answer = running.invoke({"Look": {}})
            assert answer == (200, "Task timed out after 1.00 seconds"), answer
        gate.is_open.set()
        # However busy this machine is, one look comes to its end in a second.
        answers = (running.invoke({"Look": {}})[1] for _ in range(60))
        assert any(
            "timed out" not in answer and "errorMessage" not in answer for answer in answers
        ), running.log()
    assert aws.client("dynamodb").scan(TableName="releases")["Items"], "nothing is published"


def looks_and_edits(aws):
    """The operator function publishes at a look and at an edit, and the webhook answers by it."""
    dynamodb = aws.client("dynamodb")
    row = lambda group: {
        "RuleId": {"S": "all"},
        "Priority": {"N": "1"},
        "AgentGroupId": {"N": str(group)},
    }
    dynamodb.put_item(TableName="rules", Item=row(11))
    variables = {**SETTINGS, "AWS_ENDPOINT_URL": aws.endpoint}
    with function(EMULATOR, OPERATOR, variables) as operator, function(
        EMULATOR, WEBHOOK, variables
    ) as webhook:
        said = lambda *words: all(word in rule("_Check") for word in words)
        rule = lambda name: dynamodb.get_item(TableName="rules", Key={"RuleId": {"S": "all"}})[
            "Item"
        ][name]["S"]
        decided = lambda: json.loads(webhook.answer(event(TOKEN))["body"]).get("AgentGroupId")
        status, text = operator.invoke({"Look": {}})
        assert status == 200 and "errorMessage" not in text, text
        assert said("ok") and decided() == 11, (rule("_Check"), decided())
        # An edit, as the console makes one, and a typing mistake after it.
        changes = [(row(11), row(12)), (row(12), {**row(13), "Prioritty": {"N": "1"}})]
        for number, (old, new) in enumerate(changes):
            dynamodb.put_item(TableName="rules", Item=new)
            batch = {"Records": [record(dynamodb, str(number), old, new)]}
            status, text = operator.invoke(batch)
            assert (status, json.loads(text)) == (200, {"batchItemFailures": []}), text
            assert decided() == 12, f"after the change {number}: {decided()}"
        assert said("IN ERROR", "stays in force", "Priority"), rule("_Check")
        kept = dynamodb.scan(TableName="history")["Items"]
        assert len(kept) == 2, kept
        published = [
            line["event"] for line in operator.lines() if line.get("event") == "release_published"
        ]
        assert len(published) >= 2, operator.log()
        assert TOKEN not in operator.log() + webhook.log(), "a secret is in the log"


def main():
    a_start_that_fails()
    print("ok      a start that fails: a function error, and one line")
    with moto(SERVER) as aws:
        make_tables(aws.client("dynamodb"))
        a_call_that_takes_too_long(aws, int(aws.endpoint.rsplit(":", 1)[1]))
        print("ok      a call that takes too long is ended, and the next start is well")
    with moto(SERVER) as aws:
        make_tables(aws.client("dynamodb"))
        looks_and_edits(aws)
        print("ok      the operator function: a look, a batch of edits, a row in error")


if __name__ == "__main__":
    main()
