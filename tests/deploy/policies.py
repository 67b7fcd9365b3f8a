#!/usr/bin/env python3
"""Every policy of the template, as it comes to with and without what parameters add, read by
parliament: actions that do not exist, resources that an action does not take, and the like.

    python tests/deploy/policies.py

Needs what contract.py needs, and parliament.
"""

import json
import re
import sys
import warnings

from stack import OTHER, state

with warnings.catch_warnings():
    # Its use of pkg_resources.
    warnings.simplefilter("ignore")
    import parliament

ACCOUNT = "us-east-1:123456789012"
# What stands for the attribute of a resource → what AWS gives for it.
ARNS = [
    (r"(\w+Table)\.Arn", rf"arn:aws:dynamodb:{ACCOUNT}:table/\1"),
    # (A label is a time, but parliament takes no colons there.)
    (r"(\w+Table)\.StreamArn", rf"arn:aws:dynamodb:{ACCOUNT}:table/\1/stream/label"),
    (r"(\w+Group)\.Arn", rf"arn:aws:logs:{ACCOUNT}:log-group:\1:*"),
    (r"(\w+Function)\.Arn", rf"arn:aws:lambda:{ACCOUNT}:function:\1"),
    (r"(\w+Queue)\.Arn", rf"arn:aws:sqs:{ACCOUNT}:\1"),
]
# (Finding, its only action) that is right as it is → why.
RIGHT = {
    ("RESOURCE_MISMATCH", "codedeploy:PutLifecycleEventHookExecutionStatus"):
        "parliament knows no resource of it; SAM's own example of a hook names the deployment "
        "group, and so do we",
    ("RESOURCE_STAR", "logs:GetQueryResults"):
        "results are asked for by the id of a query, which no log group's ARN names",
}
STATES = {
    "usual": {},
    "all": {"KmsKeyArn": OTHER["KmsKeyArn"], "Tracing": "true"},
    "adopted": {name: value for name, value in OTHER.items() if name.startswith("Adopted")},
}


def documents(of):
    """Name → policy document, for every policy of a state, as AWS would get it."""
    for name, resource in of.resources.items():
        properties = of.properties(name)
        if resource["Type"] == "AWS::IAM::ManagedPolicy":
            yield name, properties["PolicyDocument"]
        for policy in (
            properties.get("Policies", []) if resource["Type"] == "AWS::IAM::Role" else []
        ):
            yield f"{name}/{policy['PolicyName']}", policy["PolicyDocument"]


def as_text(document):
    text = json.dumps(document)
    for attribute, arn in ARNS:
        text = re.sub(rf"<{attribute.replace('.', '-[0-9a-f]{8}[.]')}>", arn, text)
    left = re.findall(r"<[^>]*>", text)
    assert not left, f"what is the ARN of {left}?"
    return text


def about(finding):
    """A finding, and the actions that it is about."""
    detail = finding.detail if isinstance(finding.detail, list) else [finding.detail]
    return {(finding.issue, one.get("action") if isinstance(one, dict) else one) for one in detail}


def main():
    wrong, read, met = [], 0, set()
    for label, changes in STATES.items():
        for name, document in documents(state(**changes)):
            read += 1
            for finding in parliament.analyze_policy_string(as_text(document)).findings:
                if about(finding) <= set(RIGHT):
                    met |= about(finding)
                    continue
                wrong.append(
                    f"{label}, {name}: {finding.issue} {finding.detail} {finding.location}"
                )
    wrong += [
        f"{right}: no finding any more, so no exception" for right in RIGHT if right not in met
    ]
    print(*sorted(set(wrong)), sep="\n")
    print(
        f"parliament read {read} policies: {len(wrong)} findings, and {len(met)} that are right "
        "as they are"
    )
    return 1 if wrong or read < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
