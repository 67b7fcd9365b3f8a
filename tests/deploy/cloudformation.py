"""CloudFormation as far as the contract needs it: a template transformed by SAM's own translator,
and what its resources come to with given parameters. Two states of a stack can be compared: which
resources stay, which are replaced, and what is there while one turns into the other.

A resource is replaced when its logical id, its type, or a property changes that its schema (as
cfn-lint brings it) calls create-only. A reference to a replaced resource is another value.
"""

import copy
import functools
import hashlib
import json
import re
from pathlib import Path

import cfnlint
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::AccountId": "123456789012",
    "AWS::StackName": "desk-router",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackId": "arn:aws:cloudformation:us-east-1:123456789012:stack/desk-router/1",
}


class NoValue:
    """`AWS::NoValue`: the property is not there."""


NO_VALUE = NoValue()


@functools.cache
def schemas():
    """Type of resource → its schema."""
    folder = Path(cfnlint.__file__).parent / "data" / "schemas" / "resources"
    found = (json.loads(path.read_text()) for path in folder.glob("*.json"))
    return {schema["typeName"]: schema for schema in found if "typeName" in schema}


def create_only(kind):
    """The properties of a type that cannot be changed in place."""
    paths = schemas().get(kind, {}).get("createOnlyProperties", [])
    return {path.split("/")[2] for path in paths if path.startswith("/properties/")}


def read(path, code="s3://bucket/code"):
    """The template as `sam deploy` sends it: the code is packaged."""
    template = yaml_parse(Path(path).read_text())
    for resource in template["Resources"].values():
        if "CodeUri" in resource.get("Properties", {}):
            resource["Properties"]["CodeUri"] = code
    return template


def with_defaults(template, values):
    """Every parameter's value."""
    given = {
        name: str(spec["Default"])
        for name, spec in template["Parameters"].items()
        if "Default" in spec
    }
    given.update({name: value for name, value in values.items() if name in template["Parameters"]})
    missing = set(template["Parameters"]) - set(given)
    assert not missing, f"no value for {missing}"
    return given


class State:
    """What a template comes to with these values of its parameters."""

    def __init__(self, template, values):
        self.parameters = with_defaults(template, values)
        translator = Translator({}, Parser())
        self.template = translator.translate(copy.deepcopy(template), dict(self.parameters))
        self.conditions = {}
        self.resources = {
            name: resource
            for name, resource in self.template["Resources"].items()
            if "Condition" not in resource or self.condition(resource["Condition"])
        }

    def condition(self, name):
        if name not in self.conditions:
            self.conditions[name] = self.value(self.template["Conditions"][name])
        return self.conditions[name]

    @functools.cache
    def identity(self, name):
        """What a resource's physical id is known by: another one is another resource."""
        resource = self.resources[name]
        kept = create_only(resource["Type"])
        fixed = self.properties(name, kept)
        text = json.dumps([name, resource["Type"], fixed], sort_keys=True)
        return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    def properties(self, name, only=None):
        """A resource's properties, evaluated."""
        properties = self.resources[name].get("Properties", {})
        wanted = {key: value for key, value in properties.items() if only is None or key in only}
        return self.value(wanted)

    def value(self, node):
        if isinstance(node, list):
            return [value for value in map(self.value, node) if value is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (key, inner), = node.items()
            if key == "Ref":
                return self.ref(inner)
            if key == "Condition" and isinstance(inner, str):
                return self.condition(inner)
            if key.startswith("Fn::"):
                return getattr(self, key[4:].lower())(inner)
        evaluated = {key: self.value(value) for key, value in node.items()}
        return {key: value for key, value in evaluated.items() if value is not NO_VALUE}

    def ref(self, name):
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.parameters:
            return self.parameters[name]
        assert name in self.resources, f"a reference to {name}, which is not there"
        return self.identity(name)

    def getatt(self, path):
        name, attribute = path.split(".", 1) if isinstance(path, str) else path
        assert name in self.resources, f"a reference to {name}, which is not there"
        return f"<{self.identity(name)}.{attribute}>"

    def sub(self, inner):
        text, names = inner if isinstance(inner, list) else (inner, {})

        def one(found):
            name = found[1]
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in names:
                return str(self.value(names[name]))
            is_attribute = "." in name and name not in self.parameters
            return str(self.getatt(name) if is_attribute else self.ref(name))

        return re.sub(r"\$\{([^}]+)\}", one, text)

    def join(self, inner):
        separator, parts = inner
        return separator.join(map(str, self.value(parts)))

    def findinmap(self, inner):
        first, second, third = map(self.value, inner)
        return self.template["Mappings"][first][second][third]

    def equals(self, inner):
        one, other = map(self.value, inner)
        return one == other


def _not(self, inner):
    return not self.value(inner[0])


def _or(self, inner):
    return any(self.value(part) for part in inner)


def _and(self, inner):
    return all(self.value(part) for part in inner)


def _if(self, inner):
    condition, then, otherwise = inner
    return self.value(then if self.condition(condition) else otherwise)


# Python's own words cannot be methods' names.
for _word, _function in {"not": _not, "or": _or, "and": _and, "if": _if}.items():
    setattr(State, _word, _function)


def during(before, after):
    """The resources that are there while `before` turns into `after`, each with its properties:
    those of after as soon as they are updated or made; those of before that are replaced or
    removed, until the clean-up at the very end."""
    there = [
        (name, after.resources[name]["Type"], after.properties(name)) for name in after.resources
    ]
    for name, resource in before.resources.items():
        stays = name in after.resources and after.identity(name) == before.identity(name)
        if not stays:
            there.append((name, resource["Type"], before.properties(name)))
    return there
