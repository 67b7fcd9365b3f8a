"""Alarms: what each says when, beyond what numbers it looks at (`tests/it/template/monitoring.rs`
has those, and compares them with what the code emits).
"""

import itertools

from stack import state

# Callbacks that asked for an agent, by what came of it; and of these, those that found no rule.
ASKED = {"agents", "group", "default_group", "no_match", "fallback"}
NO_RULE = {"default_group", "no_match"}


def the_default_rate_is_of_those_who_asked_for_an_agent():
    metrics = state().properties("DefaultRateAlarm")["Metrics"]
    outcomes = {}
    for metric in metrics:
        if "MetricStat" in metric:
            stat = metric["MetricStat"]
            dimensions = {entry["Name"]: entry["Value"] for entry in stat["Metric"]["Dimensions"]}
            assert (stat["Metric"]["MetricName"], stat["Stat"]) == ("Callbacks", "Sum"), stat
            outcomes[metric["Id"]] = dimensions["Outcome"]
    assert sorted(outcomes.values()) == sorted(ASKED), outcomes
    (rate,) = [metric for metric in metrics if metric.get("ReturnData", True)]
    # CloudWatch's metric math, of this one expression, is also Python.
    words = {
        "FILL": lambda value, default: default if value is None else value,
        "IF": lambda when, then, other: then if when else other,
    }
    for counts in itertools.product([None, 1, 9, 200], repeat=len(outcomes)):
        given = dict(zip(outcomes, counts))
        of = lambda which: sum(
            given[name] or 0 for name, outcome in outcomes.items() if outcome in which
        )
        asked = of(ASKED)
        if not asked:
            # Without any it would divide by nothing, which CloudWatch draws as no data.
            continue
        expected = 100 * of(NO_RULE) / asked if asked >= 10 else 0
        said = eval(rate["Expression"], {"__builtins__": {}}, {**words, **given})
        assert abs(said - expected) < 1e-9, f"{given}: {said}, not {expected}"


def each_alarm_says_when_it_is_over():
    deployed = state()
    for name, resource in deployed.resources.items():
        if resource["Type"] != "AWS::CloudWatch::Alarm" or name.startswith("Canary"):
            continue
        properties = deployed.properties(name)
        tells = properties.get("AlarmActions") or properties.get("InsufficientDataActions")
        assert tells and tells == properties.get("OKActions"), f"{name}: no OKActions"
        # A new deployment has no data yet, which is no alarm.
        assert (
            properties.get("TreatMissingData") != "breaching"
        ), f"{name} is on from the first minute"
