"""ISBNs are hyphenated as the International ISBN Agency's range message says, at every boundary of a registrant."""

import os
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest

from outreach.fields.isbn import format_isbn

CORPORA = Path(os.environ.get("OUTREACH_CORPORA", "nowhere"))


def checked(body: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


def boundaries(path: Path) -> Iterator[tuple[str, str]]:
    """The first and the last number of each range that was given out, and how it is written."""
    for group in parse(path).iterfind("RegistrationGroups/Group"):
        prefix, place = (group.findtext("Prefix") or "").split("-")
        for rule in group.iterfind("Rules/Rule"):
            length = int(rule.findtext("Length") or 0)
            for end, filler in zip((rule.findtext("Range") or "").split("-"), "09", strict=True):
                rest = 9 - len(place)
                number = checked(prefix + place + end[:rest].ljust(rest, filler))
                if length:
                    registrant = end[:length]
                    yield (
                        number,
                        "-".join((prefix, place, registrant, number[3 + len(place) + length : 12], number[12])),
                    )


def test_a_few_by_hand() -> None:
    assert format_isbn("9780141439518") == "978-0-14-143951-8"
    assert format_isbn("9783161484100") == "978-3-16-148410-0"
    assert format_isbn("9798886451740") == "979-8-88645-174-0"


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs OUTREACH_CORPORA")
def test_every_boundary_of_the_official_ranges(capsys: pytest.CaptureFixture[str]) -> None:
    """All of them, but for ranges that the agency has cut anew since the message of 2017 that is at hand."""
    path = CORPORA / "isbn" / "range_message" / "RangeMessage.xml"
    found = list(boundaries(path))
    wrong = [(number, wanted, format_isbn(number)) for number, wanted in found if format_isbn(number) != wanted]
    with capsys.disabled():
        print(
            f"\nISBN ranges: {len(found) - len(wrong)} of {len(found)} boundaries as in {parse(path).findtext('MessageDate')}"
        )
    assert len(found) > 2000
    for number, wanted, ours in wrong:
        # Prefix, group and check digit never change; a registrant is longer or shorter where a range was cut anew.
        assert ours.split("-")[:2] == wanted.split("-")[:2], number
        assert ours.replace("-", "") == number and ours.count("-") in (3, 4), number
    year = int((parse(path).findtext("MessageDate") or "").split()[3])
    assert len(wrong) <= (len(found) * 0.04 if year < 2026 else 0)
