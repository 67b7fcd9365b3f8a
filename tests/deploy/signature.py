#!/usr/bin/env python3
"""Whether the shipped webhook signs its request to Parameter Store so that others accept it, and
the hook of a deploy those to Lambda and CodeDeploy: moto checks signatures as AWS does, by
botocore's own signer.

    python tests/deploy/signature.py EMULATOR WEBHOOK HOOK

EMULATOR is AWS's Runtime Interface Emulator (in the wheel of aws-sam-cli). Needs moto[server].
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from emulators import APP, REGION, answers, event, moto

EMULATOR, WEBHOOK, HOOK = sys.argv[1:]
NAME, TOKENS = "/desk-router/tokens", ["first-token", "second-token"]


def statuses(parameters, key, secret):
    """What the webhook answers to a callback with each token, and to a forged one."""
    variables = {
        "AWS_LAMBDA_FUNCTION_NAME": "desk-router", "RULES_TABLE": "rules", "AGENTS_TABLE": "agents",
        "SDK_APP_IDS": APP, "CALLBACK_TOKENS_PARAMETER": NAME, "DEFAULT_AGENT_GROUP_ID": "7",
        "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret,
        # No tables: the answer is the default group.
        "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:1", "AWS_ENDPOINT_URL_SSM": parameters,
    }
    events = map(event, [*TOKENS, "forged"])
    return [
        answer["statusCode"] for answer in answers(EMULATOR, WEBHOOK, variables, events, TOKENS)
    ]


def of_the_hook(endpoint, key, secret):
    """What Lambda and CodeDeploy answer to the hook, as it tells: there is no such function, and
    moto's CodeDeploy knows of no hooks. Who signs wrongly does not get that far.
    """
    variables = {
        "AWS_LAMBDA_FUNCTION_NAME": "hook", "SDK_APP_IDS": APP, "PATH_SECRET_HASHES": "0f" * 32,
        "WEBHOOK_VERSION": f"arn:aws:lambda:{REGION}:123456789012:function:nobody:8",
        "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_ENDPOINT_URL": endpoint,
    }
    log, asked = [], {"DeploymentId": "d-1", "LifecycleEventHookExecutionId": "an-execution"}
    (said,) = answers(EMULATOR, HOOK, variables, [asked], log=log)
    return "(ResourceNotFoundException)" in log[0], not said["errorMessage"].endswith("status 403")


def main():
    server = os.path.join(os.path.dirname(sys.executable), "moto_server")
    # The calls that make user and parameter are not checked; all later ones are.
    with moto(server, INITIAL_NO_AUTH_ACTION_COUNT="4") as aws:
        iam = aws.client("iam")
        iam.create_user(UserName="webhook")
        key = iam.create_access_key(UserName="webhook")["AccessKey"]
        statement = {
            "Effect": "Allow",
            "Action": ["ssm:GetParameter", "lambda:*", "codedeploy:*"],
            "Resource": "*",
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_user_policy(UserName="webhook", PolicyName="read", PolicyDocument=policy)
        aws.client("ssm").put_parameter(Name=NAME, Value=",".join(TOKENS), Type="SecureString")
        right = statuses(aws.endpoint, key["AccessKeyId"], key["SecretAccessKey"])
        assert right == [200, 200, 403], f"with the right key: {right}"
        wrong = statuses(aws.endpoint, key["AccessKeyId"], "x" * 40)
        assert wrong == [403, 403, 403], f"with a wrong key, which moto must refuse: {wrong}"
        with ThreadPoolExecutor() as both:
            ask = lambda secret: of_the_hook(aws.endpoint, key["AccessKeyId"], secret)
            right, wrong = both.map(ask, [key["SecretAccessKey"], "x" * 40])
        assert right == (True, True), f"the hook with the right key: {right}"
        assert wrong == (False, False), f"the hook with a wrong key: {wrong}"
    print("moto accepts the signed requests, and refuses them with another key")


if __name__ == "__main__":
    main()
