"""A thousand letters and three hundred faults, with a program that is killed in the middle; against a server of our own.

`OUTREACH_SERVERS` names the folder of the fault server; certificates and password are those of its tests.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outreach.services.drafting.senders import change_sender
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.workspace import Opening
from tests.services.mail.test_sending import approved_by

_KINDS = ("drop_before_mail", "drop_in_data", "drop_before_250", "drop_after_data", "421", "450", "452",
          "kill_before_250", "kill_after_data", "kill_after_250", "garbage250", "rcpt450")  # fmt: skip
_PASSWORD = "geheim-123\n"


class Program:
    """The program, started anew for each command, as one whose number the fault server knows and may kill."""

    def __init__(self, folder: Path, home: Path, ca: Path, pid: Path) -> None:
        self._start = [sys.executable, "-m", "outreach", "--workspace", str(folder), "--json", "--ca-file", str(ca)]
        self._env = {**os.environ, "OUTREACH_HOME": str(home)}
        self._pid = pid

    def run(self, *arguments: str) -> tuple[int, str]:
        ran = subprocess.Popen(
            [*self._start, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=self._env,
        )  # fmt: skip
        self._pid.write_text(str(ran.pid))
        out, _ = ran.communicate(_PASSWORD)
        return ran.returncode, out


@pytest.mark.full
@pytest.mark.timeout(7200)
@pytest.mark.parametrize(("count", "faults"), [(1000, 300)])
def test_nothing_is_delivered_twice_told_as_sent_or_lost(tmp_path: Path, count: int, faults: int) -> None:
    servers = Path(os.environ.get("OUTREACH_SERVERS", ""))
    script = servers / "smtp_fault.py"
    ca = Path(os.environ.get("OUTREACH_SERVERS_CA", ""))
    if not script.is_file() or not ca.is_file():
        pytest.skip("the fault server is not at hand (OUTREACH_SERVERS and OUTREACH_SERVERS_CA name it)")
    count, faults = (int(each) for each in os.environ.get("OUTREACH_FAULTS", f"{count},{faults}").split(","))
    folder, pid, out = tmp_path / "workspace", tmp_path / "pid", tmp_path / "out"
    new_workspace(folder, Opening())
    with workspace.writing(folder, Opening()) as store:
        change_sender(store, name="Hanna Okafor", email="hanna@house.example", postal_address="1 Mill Lane, Leeds")
        approved_by(store, count)
    chance = random.Random(6)
    at = sorted(chance.sample(range(2, count), faults))
    plan = {number: chance.choice(_KINDS) for number in at}
    server = subprocess.Popen([
        sys.executable, str(script), "--port", "21611", "--out", str(out), "--pid-file", str(pid),
        "--plan", ",".join(f"{number}:{kind}" for number, kind in plan.items()),
    ])  # fmt: skip
    try:
        time.sleep(1)
        states, letters = _send_until_done(Program(folder, tmp_path / "home", ca, pid), faults)
    finally:
        server.kill()
        server.wait()
    journal = [json.loads(line) for line in (out / "journal.jsonl").read_text().splitlines()]
    got = Counter(each["message_id"] for each in journal)
    assert [one for one, times in got.items() if times > 1] == [], "delivered twice"
    assert [each for each in letters if each["state"] == "sent" and not got[each["message_id"]]] == []
    assert [each for each in letters if not got[each["message_id"]] and each["state"] != "unclear"] == [], "lost"
    assert states["unclear"] <= faults
    print(f"{len(got)} delivered, {states['unclear']} unclear of {faults} faults")


def _send_until_done(program: Program, faults: int) -> tuple[Counter[str], list[dict[str, str]]]:
    """Send round after round, an hour apart, until nothing waits any more."""
    for name, value in (("smtp_host", "localhost"), ("smtp_port", "21611"), ("user", "hanna@house.example")):
        assert program.run("settings", f"mail.{name}", value)[0] == 0
    now = time.time()
    for _ in range(faults * 3 + 20):
        moment = datetime.fromtimestamp(now, UTC).isoformat()
        # Past twelve hours a letter goes only when someone says so, as this publicist does each time.
        code, _ = program.run("letters", "send", "--go-on", "--most", "1000", "--pace", "0", "--now", moment)
        _, told = program.run("letters", "outbox", "--all", "--now", moment)
        letters = json.loads(told)["letters"]
        states = Counter(each["state"] for each in letters)
        if code == 0 and not (states["queued"] or states["later"] or states["sending"]):
            return states, letters
        now += 3700
    pytest.fail(f"letters still wait: {states}")
