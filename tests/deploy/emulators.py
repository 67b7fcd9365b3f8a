"""What stands in for AWS here: moto's server, and AWS's own Runtime Interface Emulator over the
binary that ships.
"""

import contextlib
import hashlib
import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import boto3

APP, REGION = "1400000000", "us-east-1"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def until_listening(port):
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nobody listens at {port}")


class Moto:
    """A running moto, and clients for it."""

    def __init__(self, port):
        self.endpoint = f"http://127.0.0.1:{port}"

    def client(self, name, region=REGION):
        return boto3.client(
            name, endpoint_url=self.endpoint, region_name=region,
            aws_access_key_id="any", aws_secret_access_key="any",
        )


@contextlib.contextmanager
def moto(server, **environment):
    """moto's server, by the path of its program."""
    port = free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(
        [server, "-p", str(port)], env={**os.environ, **environment}, **quiet
    )
    try:
        until_listening(port)
        yield Moto(port)
    finally:
        process.terminate()
        process.wait()


def event(token, user="u", path="/"):
    """A callback signed with a token, as API Gateway passes it."""
    now = int(time.time())
    sign = hashlib.sha256(f"{token}{now}".encode()).hexdigest()
    body = {
        "CallbackCommand": "ChatBot.OnAssignAgent",
        "SessionId": "s",
        "ClientUserId": user,
        "EventTime": now * 1000,
    }
    query = f"SdkAppid={APP}&CallbackCommand=ChatBot.OnAssignAgent&contenttype=json"
    query += f"&Sign={sign}&RequestTime={now}"
    http = {"method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7"}
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {},
        "body": json.dumps(body),
        "isBase64Encoded": False,
        "requestContext": {"stage": "$default", "timeEpoch": now * 1000, "http": http},
    }


class Function:
    """A function that runs under the emulator."""

    def __init__(self, port, output):
        self.port, self.output = port, output

    def invoke(self, event):
        """The emulator's status and what it gives back, as text."""
        url = f"http://127.0.0.1:{self.port}/2015-03-31/functions/function/invocations"
        sent = urllib.request.Request(url, data=json.dumps(event).encode())
        try:
            with urllib.request.urlopen(sent, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def answer(self, event):
        """The answer as API Gateway gets it; status 502 when the function failed."""
        status, text = self.invoke(event)
        return json.loads(text) if status == 200 else {"statusCode": status, "body": "{}"}

    def log(self):
        """What the function and the emulator have written so far."""
        self.output.seek(0)
        return self.output.read().decode()

    def lines(self):
        """What the function itself has written: its lines are JSON."""
        return [json.loads(line) for line in self.log().splitlines() if line.startswith("{")]


@contextlib.contextmanager
def function(emulator, binary, variables):
    """The binary under the emulator, with these variables and nothing else in its environment."""
    taken, runtime = free_port(), free_port()
    addresses = [
        "--runtime-interface-emulator-address",
        f"127.0.0.1:{taken}",
        "--runtime-api-address",
        f"127.0.0.1:{runtime}",
    ]
    with tempfile.TemporaryFile() as written, open(
        f"/proc/self/fd/{written.fileno()}", "rb"
    ) as output:
        command = [emulator, "--log-level", "warn", *addresses, binary]
        process = subprocess.Popen(command, env=variables, stdout=written, stderr=written)
        try:
            until_listening(taken)
            yield Function(taken, output)
        finally:
            process.terminate()
            process.wait()


def answers(emulator, binary, variables, events, secrets=(), log=None):
    """What the function answers to events, each an answer as API Gateway gets it. None of the
    secrets may be in its log, which is added to `log`.
    """
    with function(emulator, binary, variables) as running:
        given = [running.answer(each) for each in events]
        logged = running.log()
    if log is not None:
        log.append(logged)
    if any(answer.get("statusCode", 0) >= 500 for answer in given):
        print(logged)
    assert not any(secret in logged for secret in secrets), "a secret is in the log"
    return given
