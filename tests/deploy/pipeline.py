"""`docs/pipeline.yml`: what its steps do, carried out here with `aws`, `sam` and `cargo` replaced
by small scripts that write down what they are called with.
"""

import os
import subprocess
import tempfile
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

from stack import TOP, state

STAND_INS = {
    "aws": """case "$*" in
  *WebhookUrl*) printf '%s\\n' "$URL" ;;
  *get-parameter*) echo a-token ;;
  *) exit 1 ;;
esac""",
    "cargo": 'printf "%s\\n" "$*" "$CALLBACK_TOKENS" "$SDK_APP_IDS" >called',
}


def jobs():
    return yaml_parse((TOP / "docs/pipeline.yml").read_text())["jobs"]


def position(steps, wanted):
    """Where the one step is that a condition holds for."""
    (found,) = [number for number, step in enumerate(steps) if wanted(step)]
    return found


def named(name):
    return lambda step: step.get("name") == name


def using(action):
    return lambda step: step.get("uses", "").startswith(f"actions/{action}@")


def run(step, folder, **variables):
    """The step's script as a runner starts it."""
    stand_ins = folder / "stand-ins"
    stand_ins.mkdir(exist_ok=True)
    for name, script in STAND_INS.items():
        (stand_ins / name).write_text(f"#!/usr/bin/env bash\n{script}\n")
        (stand_ins / name).chmod(0o755)
    environment = {"PATH": f"{stand_ins}:{os.environ['PATH']}", **variables}
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True)


def what_was_built_can_be_started_where_it_is_deployed():
    build, deploy = jobs()["test-and-build"]["steps"], jobs()["stage"]["steps"]
    upload, download = position(build, using("upload-artifact")), position(
        deploy, using("download-artifact")
    )
    pack, unpack = position(build, named("Pack")), position(deploy, named("Unpack"))
    assert position(build, named("Test and build")) < pack < upload
    assert download < unpack < position(deploy, named("Deploy"))
    with tempfile.TemporaryDirectory() as name:
        here, there = Path(name) / "here", Path(name) / "there"
        binary = Path(".aws-sam/build/WebhookFunction/bootstrap")
        (here / binary).parent.mkdir(parents=True)
        (here / binary).write_text("")
        (here / binary).chmod(0o755)
        assert run(build[pack], here).returncode == 0
        # An artifact: the files by their content alone.
        there.mkdir()
        sent, into = here / build[upload]["with"]["path"], there / deploy[download]["with"].get(
            "path", ""
        )
        into.mkdir(parents=True, exist_ok=True)
        for path in (
            [sent] if sent.is_file() else [path for path in sent.rglob("*") if path.is_file()]
        ):
            to = into / (path.name if sent.is_file() else path.relative_to(sent))
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())
            to.chmod(0o644)
        assert run(deploy[unpack], there).returncode == 0
        mode = (there / binary).stat().st_mode
        assert mode & 0o111 == 0o111, f"{binary} has mode {mode:o} when it is deployed"
    assert jobs()["production"]["steps"] == deploy


def the_callback_goes_where_the_webhook_listens():
    steps = jobs()["stage"]["steps"]
    step = steps[position(steps, named("A callback is answered"))]
    assert step["env"]["PATH_SECRET"] == "${{ secrets.PATH_SECRET }}"
    # A runner's address is in no range: there is nothing to send from here.
    assert "!contains(vars.PARAMETERS, 'SourceIpRanges=')" in step["if"], step["if"]
    parameters = "TimeZone=UTC SdkAppIds=1400000000 CallbackTokensParameter=/desk-router/tokens"
    api = "https://api.execute-api.us-east-1.amazonaws.com/"
    # The end of the address that stands for the secret, as the template has it.
    output = state(PathSecretHashes="0f" * 32)
    with_secret = output.value(output.template["Outputs"]["WebhookUrl"]["Value"])
    assert with_secret.endswith("/YOUR-PATH-SECRET"), with_secret
    for url, secret, sent_to in [
        (api, "", api),
        (f"{api}YOUR-PATH-SECRET", "secretsecretsecret", f"{api}secretsecretsecret"),
        (f"{api}YOUR-PATH-SECRET", "", None),
    ]:
        with tempfile.TemporaryDirectory() as name:
            variables = {
                "STACK": "desk",
                "PARAMETERS": parameters,
                "PATH_SECRET": secret,
                "URL": url,
            }
            done = run(step, Path(name), **variables)
            if sent_to is None:
                assert done.returncode != 0 and "PATH_SECRET" in done.stderr, done
                continue
            assert done.returncode == 0, done
            called = (Path(name) / "called").read_text().splitlines()
            assert called == [f"desk send {sent_to}", "a-token", "1400000000"], called
