"""The policies for people: exactly what consoles and `cargo desk` ask for on their behalf."""

from stack import state

# What the DynamoDB console and `cargo desk` ask to show a table and its items.
SHOWN = {"DescribeTable", "GetItem", "Query", "Scan", "PartiQLSelect"}
# What they ask to change items; BatchGetItem to show many by their keys.
CHANGED = {
    "BatchGetItem",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "PartiQLInsert",
    "PartiQLUpdate",
    "PartiQLDelete",
}


def allowed(of, policy):
    """Action → resources, without those on keys (see key.py)."""
    found = {}
    for statement in of.properties(policy)["PolicyDocument"]["Statement"]:
        assert statement["Effect"] == "Allow" and "Condition" not in statement, statement
        actions, resources = statement["Action"], statement["Resource"]
        for action in actions if isinstance(actions, list) else [actions]:
            found.setdefault(action, set()).update(
                resources if isinstance(resources, list) else [resources]
            )
    return found


def arn(of, *names):
    return {f"<{of.identity(name)}.Arn>" for name in names}


def editors_may_do_what_consoles_and_desk_ask_for_and_nothing_else():
    deployed = state()
    rows = arn(deployed, "RulesTable", "AgentsTable", "CalendarsTable", "CustomersTable")
    history = arn(deployed, "HistoryTable")
    expected = {f"dynamodb:{action}": rows | history for action in SHOWN}
    expected |= {f"dynamodb:{action}": rows for action in CHANGED}
    # A query of Logs Insights: its fields, the query, and a line unfolded (GetLogRecord).
    asked = ["StartQuery", "FilterLogEvents", "GetLogGroupFields", "GetLogRecord"]
    expected |= {f"logs:{action}": arn(deployed, "WebhookLogGroup") for action in asked}
    found = [
        "DescribeLogGroups",
        "DescribeQueryDefinitions",
        "DescribeQueries",
        "GetQueryResults",
        "StopQuery",
    ]
    expected |= {f"logs:{action}": {"*"} for action in found} | {"dynamodb:ListTables": {"*"}}
    assert allowed(deployed, "EditorsPolicy") == expected, allowed(deployed, "EditorsPolicy")


def who_is_on_call_may_give_orders_and_go_back():
    deployed = state()
    webhook = arn(deployed, "WebhookFunction")
    expected = {
        "lambda:InvokeFunction": arn(deployed, "OperatorFunction"),
        "lambda:ListVersionsByFunction": webhook,
        "lambda:GetAlias": webhook,
        "lambda:UpdateAlias": webhook,
        "dynamodb:GetItem": arn(deployed, "ReleasesTable", "AssignmentsTable"),
        "dynamodb:Query": arn(deployed, "ReleasesTable"),
    }
    assert allowed(deployed, "OnCallPolicy") == expected, allowed(deployed, "OnCallPolicy")
    # What the runbook names, the outputs give.
    outputs = {
        name: deployed.value(output["Value"])
        for name, output in deployed.template["Outputs"].items()
    }
    assert outputs["WebhookFunctionName"] == deployed.identity("WebhookFunction")
    assert outputs["HttpApiId"] == deployed.identity("HttpApi")


def editors_may_edit_what_the_stack_uses():
    deployed = state(AdoptedRulesTable="restored-rules", AdoptedRulesStream="label")
    rows = allowed(deployed, "EditorsPolicy")["dynamodb:PutItem"]
    assert "arn:aws:dynamodb:us-east-1:123456789012:table/restored-rules" in rows, rows
    assert not arn(deployed, "RulesTable") & rows, rows
