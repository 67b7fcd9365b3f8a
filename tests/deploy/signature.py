#!/usr/bin/env python3
"""Whether the shipped webhook signs its request to Parameter Store so that others accept it: moto
checks signatures as AWS does, by botocore's own signer.

    python tests/deploy/signature.py EMULATOR BINARY

EMULATOR is AWS's Runtime Interface Emulator (in the wheel of aws-sam-cli). Needs moto[server].
"""

import hashlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import boto3

EMULATOR, BINARY = sys.argv[1:]
NAME, TOKENS, APP, REGION = "/desk-router/tokens", ["first-token", "second-token"], "1400000000", "us-east-1"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def until_listening(port):
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nobody listens at {port}")


def event(token):
    """A callback signed with a token, as API Gateway passes it."""
    now = int(time.time())
    sign = hashlib.sha256(f"{token}{now}".encode()).hexdigest()
    body = {"CallbackCommand": "ChatBot.OnAssignAgent", "SessionId": "s", "ClientUserId": "u", "EventTime": now * 1000}
    query = f"SdkAppid={APP}&CallbackCommand=ChatBot.OnAssignAgent&contenttype=json&Sign={sign}&RequestTime={now}"
    http = {"method": "POST", "path": "/", "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7"}
    return {
        "version": "2.0", "rawPath": "/", "rawQueryString": query, "headers": {}, "body": json.dumps(body),
        "isBase64Encoded": False, "requestContext": {"stage": "$default", "timeEpoch": now * 1000, "http": http},
    }


def statuses(parameters, key, secret):
    """What the webhook answers to a callback with each token, and to a forged one."""
    events, runtime = free_port(), free_port()
    variables = {
        "AWS_LAMBDA_FUNCTION_NAME": "desk-router", "RULES_TABLE": "rules", "AGENTS_TABLE": "agents",
        "SDK_APP_IDS": APP, "CALLBACK_TOKENS_PARAMETER": NAME, "DEFAULT_AGENT_GROUP_ID": "7",
        "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret,
        # No tables: the answer is the default group.
        "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:1", "AWS_ENDPOINT_URL_SSM": parameters,
    }
    addresses = ["--runtime-interface-emulator-address", f"127.0.0.1:{events}", "--runtime-api-address", f"127.0.0.1:{runtime}"]
    with tempfile.TemporaryFile() as output:
        emulator = subprocess.Popen([EMULATOR, "--log-level", "warn", *addresses, BINARY], env=variables, stdout=output, stderr=output)
        try:
            until_listening(events)
            answers = []
            for token in [*TOKENS, "forged"]:
                url = f"http://127.0.0.1:{events}/2015-03-31/functions/function/invocations"
                sent = urllib.request.Request(url, data=json.dumps(event(token)).encode())
                with urllib.request.urlopen(sent, timeout=10) as answer:
                    answers.append(json.load(answer)["statusCode"])
        finally:
            emulator.terminate()
            emulator.wait()
        output.seek(0)
        logged = output.read().decode()
    assert not any(token in logged for token in TOKENS), "a token is in the log"
    return answers


def main():
    port = free_port()
    # The calls that make user and parameter are not checked; all later ones are.
    environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": "4"}
    moto = subprocess.Popen([os.path.join(os.path.dirname(sys.executable), "moto_server"), "-p", str(port)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until_listening(port)
        endpoint = f"http://127.0.0.1:{port}"
        client = lambda name: boto3.client(name, endpoint_url=endpoint, region_name=REGION, aws_access_key_id="any", aws_secret_access_key="any")
        iam = client("iam")
        iam.create_user(UserName="webhook")
        key = iam.create_access_key(UserName="webhook")["AccessKey"]
        statement = {"Effect": "Allow", "Action": "ssm:GetParameter", "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_user_policy(UserName="webhook", PolicyName="read", PolicyDocument=policy)
        client("ssm").put_parameter(Name=NAME, Value=",".join(TOKENS), Type="SecureString")
        right = statuses(endpoint, key["AccessKeyId"], key["SecretAccessKey"])
        assert right == [200, 200, 403], f"with the right key: {right}"
        wrong = statuses(endpoint, key["AccessKeyId"], "x" * 40)
        assert wrong == [403, 403, 403], f"with a wrong key, which moto must refuse: {wrong}"
    finally:
        moto.terminate()
        moto.wait()
    print("moto accepts the signed request, and refuses it with another key")


if __name__ == "__main__":
    main()
