"""ISBNs are hyphenated as the International ISBN Agency's range message says, at every boundary of a registrant."""

import os
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest
import stdnum

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


class Newer:
    """The ranges of the agency's message that comes with stdnum, read by ourselves."""

    def __init__(self) -> None:
        text = (Path(str(stdnum.__file__)).parent / "isbn.dat").read_text(encoding="utf-8")
        self.made = parsedate_to_datetime(text.partition("# file date ")[2].partition("\n")[0])
        self._ranges: dict[tuple[str, str], list[tuple[str, str]]] = {}
        prefix = place = ""
        for line in text.splitlines():
            if line.startswith("  "):
                pairs = (part.strip().split("-") for part in line.split(",") if part.strip())
                self._ranges[prefix, place] += [(low, high) for low, high in pairs]
            elif line.startswith(" ") and "agency=" in line:
                place = line.split()[0]
                self._ranges[prefix, place] = []
            elif line[:3].isdecimal():
                prefix = line.strip()

    def written(self, number: str) -> str:
        """A number in its parts."""
        for length in range(1, 6):
            prefix, place, rest = number[:3], number[3 : 3 + length], number[3 + length : 12]
            if (prefix, place) not in self._ranges:
                continue
            for low, high in self._ranges[prefix, place]:
                if low <= rest[: len(low)] <= high:
                    return "-".join((prefix, place, rest[: len(low)], rest[len(low) :], number[12]))
            return "-".join((prefix, place, rest, number[12]))  # a range that was taken back: its parts are not told
        return number


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
    newer = Newer()
    made = parsedate_to_datetime(str(parse(path).findtext("MessageDate")))
    recut = [number for number, wanted, ours in wrong if newer.written(number) == ours != wanted]
    with capsys.disabled():
        print(
            f"{len(recut)} of the {len(wrong)} others lie in ranges cut anew: so says the message of {newer.made:%d %b %Y}"
        )
    assert newer.made.date() > made.date()
    assert len(recut) == len(wrong), "whatever differs from the older message is as a newer one says"
    for number, wanted, ours in wrong:
        # Prefix, group and check digit never change; a registrant is longer or shorter where a range was cut anew.
        assert ours.split("-")[:2] == wanted.split("-")[:2], number
        assert ours.replace("-", "") == number and ours.count("-") in (3, 4), number
    year = int((parse(path).findtext("MessageDate") or "").split()[3])
    assert len(wrong) <= (len(found) * 0.04 if year < 2026 else 0)
