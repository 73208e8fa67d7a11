"""What is asked for and what is known to work agree, so that a new environment can be made."""

import tomllib

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT


def _asked() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    return [Requirement(line) for line in lines]


def _known() -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            requirement = Requirement(line)
            found.setdefault(requirement.name.lower(), []).append(requirement)
    return found


@pytest.mark.parametrize("asked", _asked(), ids=str)
def test_constraints_are_within_what_is_asked(asked: Requirement) -> None:
    known = _known()[asked.name.lower()]
    for python in ("3.11", "3.12", "3.14"):
        where = {"python_version": python}
        if asked.marker is None or asked.marker.evaluate(where):
            for each in known:
                if each.marker is None or each.marker.evaluate(where):
                    (pinned,) = each.specifier
                    assert asked.specifier.contains(pinned.version), f"{each} is outside {asked}"


def test_the_fault_of_qt_6_12_on_python_3_11_is_kept_out() -> None:
    qt = [each for each in _asked() if each.name == "PySide6-Essentials"]
    for_311 = [each for each in qt if each.marker is None or each.marker.evaluate({"python_version": "3.11"})]
    assert for_311
    assert all(not each.specifier.contains("6.12.0") for each in for_311)
