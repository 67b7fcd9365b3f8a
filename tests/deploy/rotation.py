"""The rotations of docs/operate.md, rehearsed over moto's Parameter Store with the webhook that
ships: the token within one process, a path secret over the starts of its deploys. Each callback
that is sent goes into a transcript.
"""

import time

from emulators import event, function

OLD, NEW = "token-of-the-rehearsal", "token-that-comes-after"
# How long an instance waits after a look at the parameter before a bad signature makes it look
# again.
PAUSE = 10


class Unread(Exception):
    """A busy machine: Parameter Store did not answer in its time."""


class Transcript:
    """What was done and answered, with the seconds since the beginning."""

    def __init__(self):
        self.began, self.lines, self.let_in = time.monotonic(), [], 0

    def note(self, text):
        self.lines.append(f"  {time.monotonic() - self.began:5.1f} s  {text}")

    def callback(self, running, whose, token, expected=200, path="/"):
        status = running.answer(event(token, path=path))["statusCode"]
        self.note(f"a callback {whose}: {status}")
        if status != expected and "tokens_not_read" in running.log():
            raise Unread(self.lines[-1])
        assert status == expected, "\n".join([*self.lines, running.log()])
        self.let_in += status == 200


def the_token(parameters, name, emulator, binary, variables):
    """Both tokens, then the new one alone, in one process that is never started anew."""
    told = Transcript()

    def put(value, said):
        parameters.put_parameter(Name=name, Type="SecureString", Value=value, Overwrite=True)
        told.note(f"put-parameter --overwrite --value {said}")

    put(OLD, "OLD")
    with function(emulator, binary, variables) as running:
        of_old = lambda expected=200: told.callback(running, "signed with OLD", OLD, expected)
        of_new = lambda expected=200: told.callback(running, "signed with NEW", NEW, expected)
        forged = lambda: told.callback(running, "that is forged", "forged", 403)
        of_old()
        forged()
        put(f"{OLD},{NEW}", "OLD,NEW")
        for _ in range(PAUSE // 2):
            of_old()
            time.sleep(2)
        told.note("the token is changed in the Desk console")
        # Some of its servers still sign with the old one.
        for _ in range(3):
            of_new()
            of_old()
        put(NEW, "NEW")
        for _ in range(PAUSE // 2):
            of_new()
            time.sleep(2)
        # This one makes it look; without one it would by itself, within five minutes.
        forged()
        of_old(403)
        of_new()
        starts = [line for line in running.lines() if line.get("cold_start")]
        assert len(starts) == 1, f"one process: {starts}"
        assert not any(secret in running.log() for secret in [OLD, NEW]), "a token is in the log"
    return told


def a_path_secret(stack, emulator, binary, secrets):
    """`PathSecretHashes` with the old hash, with both, with the new one alone: each deploy is a new
    version, so new starts."""
    told = Transcript()
    (old, old_hash), (new, new_hash) = secrets
    for hashes, said, answers in [
        (old_hash, "OLD-HASH", {old: 200, new: 403}),
        (f"{old_hash},{new_hash}", "OLD-HASH,NEW-HASH", {old: 200, new: 200}),
        (new_hash, "NEW-HASH", {old: 403, new: 200}),
    ]:
        stack.deploy(PathSecretHashes=hashes)
        told.note(f"sam deploy --parameter-overrides PathSecretHashes={said}")
        with function(emulator, binary, stack.variables()) as running:
            for secret, expected in answers.items():
                whose = f"to /{'OLD' if secret == old else 'NEW'}"
                told.callback(running, whose, OLD, expected, path=f"/{secret}")
            told.callback(running, "to /", OLD, 403)
            assert not any(
                secret in running.log() for secret in [old, new]
            ), "a secret is in the log"
    return told


def patiently(rehearse):
    """Again, where the machine was too busy for Parameter Store to answer in time."""
    for _ in range(5):
        try:
            return rehearse()
        except Unread as unread:
            print(f"again   Parameter Store was too slow: {unread}")
    raise SystemExit("Parameter Store was too slow each time")


def parse_secret(printed):
    """What `cargo desk secret` prints: the secret, and its hash."""
    secret, hashed, end = (line.strip() for line in printed.splitlines() if line.startswith("  "))
    assert end == f"/{secret}" and len(hashed) == 64, printed
    return secret, hashed
