"""The match by command: both ways, with dials, and copies shared out in rounds that are remembered."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran

Cli = Callable[..., Ran]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from outreach.jobs import Job
    from outreach.services.sample.fill import fill
    from outreach.services.workspaces.workspaces import new_workspace
    from outreach.store import workspace
    from outreach.store.workspace import Opening
    from tests.conftest import NOW

    folder = tmp_path_factory.mktemp("sample") / "workspace"
    opening = Opening(clock=lambda: NOW, by="HO")
    new_workspace(folder, opening)
    with workspace.writing(folder, opening) as store:
        fill(store, people=250, seed=3, job=Job())
    return folder


@pytest.fixture
def match(cli: Cli, place: Path) -> Cli:
    return lambda *arguments: cli("--workspace", place, "--now", "2026-11-24T12:00:00+00:00", "match", *arguments)


def test_everything_about_a_fit_is_in_the_json(match: Cli) -> None:
    found = match("--item", "Tidewall", "--limit", 5, "--unexpected", "--together", "--json").json
    for fit in found["fits"]:
        assert {
            "id",
            "name",
            "band",
            "score",
            "times",
            "record",
            "terms",
            "reasons",
            "cautions",
            "evidence",
            "opening",
        } <= set(fit)
        assert sum(fit["terms"].values()) == pytest.approx(fit["score"], abs=1e-4)
        assert len(fit["reasons"]) == len(fit["evidence"]) <= 3
        assert all(":" in row for rows in fit["evidence"] for row in rows)
        assert fit["times"] <= 10
    assert all(each["words"] and each["evidence"] for each in found["unexpected"])
    assert len(found["together"]) <= 5
    assert all(each["reason"] for each in found["never_shown"])


def test_a_band_never_stands_alone(match: Cli) -> None:
    shown = [line for line in match("--item", "Tidewall").out.splitlines() if "  p" in line and line[0] != " "]
    assert shown
    assert all("from " in line and ("read" in line or "named" in line) for line in shown)


def test_the_other_way_round_the_score_is_the_same(match: Cli) -> None:
    first = match("--item", "Tidewall", "--limit", 1, "--json").json["fits"][0]
    mine = match("--person", first["id"], "--limit", 50, "--json").json
    same = next(fit for fit in mine["fits"] if fit["title"] == "Daughters of the Tidewall")
    assert same["score"] == pytest.approx(first["score"], abs=1e-3)
    assert same["reasons"] == first["reasons"]
    assert all(0 <= each["share"] <= 1 for each in mine["alike"])


def test_a_round_is_remembered(match: Cli, cli: Cli, place: Path) -> None:
    proposed = match("--item", "Tidewall", "--allocate", 3, "--json").json
    assert len(proposed["given"]) == 3
    assert not proposed["gifts"]
    off = proposed["given"][0]["id"]
    kept = match("--item", "Tidewall", "--allocate", 3, "--take-off", off, "--keep", "--json").json
    assert len(kept["gifts"]) == 3
    assert off not in {each["id"] for each in kept["given"]}
    assert {each["id"]: each["reason"] for each in kept["missed"]}[off] == "overruled"
    given = {each["id"] for each in kept["given"]}
    # Another title: whoever had one stands back while others wait.
    other = match("--item", "The Girl Who Answered Back", "--allocate", 3, "--json").json
    assert given & {each["id"] for each in other["missed"]}
    assert not given & {each["id"] for each in other["given"]}
    # The same title again: they have it, so they are not even candidates.
    again = match("--item", "Tidewall", "--allocate", 3, "--json").json
    assert not given & {each["id"] for each in (*again["given"], *again["missed"])}


@pytest.mark.parametrize(
    "arguments",
    [(), ("--item", "Tidewall", "--person", "p1"), ("--item", "Tidewall", "--dial", "taste"),
     ("--item", "Tidewall", "--dial", "followers=a_lot"), ("--item", "no such title"), ("--person", "nobody@example.org"),
     ("--item", "Tidewall", "--allocate", "0")],
)  # fmt: skip
def test_bad_input_is_one_sentence(match: Cli, arguments: tuple[Any, ...]) -> None:
    ran = match(*arguments)
    assert ran.code == 2
    assert ran.err.strip()


def test_dials_and_countries(match: Cli) -> None:
    off = match("--item", "Tidewall", "--dial", "audience=off", "--dial", "new=off", "--json").json
    assert all("audience" not in fit["terms"] and "new" not in fit["terms"] for fit in off["fits"])
    at_home = match("--item", "Tidewall", "--country", "gb", "--json").json
    assert any("Lives where no copies go" in each["reason"] for each in at_home["never_shown"])
