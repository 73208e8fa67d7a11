"""300 labels to addresses of more than 60 countries, read back from the PDF: clean, whole, each on its own label."""

import html
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.paper.labels import Placing, paint_labels
from outreach.services.people.postal import address_lines
from outreach.services.shipments.labels import LabelSheet, sheet
from tests.fields.material import corpora
from tests.services.people.test_postal_corpus import cases, in_parts

LABELS, START = 300, 4
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def needed(program: str, package: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed; .ci/run installs {package}")
    return found


def addresses() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The labels of the corpus, sent from nowhere near, so that each names its country."""
    for path in sorted(corpora("postal", "opencage_cases").glob("*.yaml")):
        for parts, told in cases(path):
            country = parts.get("country_code", path.stem).upper()
            address = in_parts(parts, told[:-1], country)
            if address is not None:
                yield country, address_lines(address, sender_country="")


def blocks() -> list[tuple[str, ...]]:
    """As many labels as are asked for: every address of the corpus, for one person after another."""
    found = list(addresses())
    assert len({country for country, _ in found}) >= 60
    names = ("Maya Reyes", "Łucja Ó Briain", "Θάλεια Παππά", "Юлия Орлова")
    return [(names[number // len(found)], *found[number % len(found)][1]) for number in range(LABELS)]


def words(path: Path) -> Iterator[tuple[int, tuple[float, float, float, float], str]]:
    """Page, place in millimetres, and text of each word, as pdftotext reads them."""
    ran = subprocess.run([needed("pdftotext", "poppler-utils"), "-bbox", path, "-"],
                         capture_output=True, text=True, check=True)  # fmt: skip
    for number, page in enumerate(ran.stdout.split("<page ")[1:]):
        for found in _WORD.finditer(page):
            left, top, right, bottom = (float(each) * 25.4 / 72 for each in found.groups()[:4])
            yield number, (left, top, right, bottom), html.unescape(found[5])


def bag(text: str, without: str = "") -> Counter[str]:
    """The letters of a text, whatever their order: scripts that run leftwards are read back in another."""
    plain = unicodedata.normalize("NFKC", "".join(letter for letter in text if letter not in without))
    return Counter(unicodedata.normalize("NFC", re.sub(r"[\s\u200c-\u200f\u202a-\u202e]", "", plain)))


def owner(chosen: LabelSheet, page: int, place: tuple[float, float, float, float]) -> int:
    """The number of the label in whose rectangle a word lies wholly; -1 where it lies on none."""
    left, top, right, bottom = place
    for at in range(chosen.per_page):
        x, y = chosen.place(at)
        if x <= left and y <= top and right <= x + chosen.width and bottom <= y + chosen.height:
            return page * chosen.per_page + at - START + 1
    return -1


@pytest.mark.parametrize("name", ["L7160", "L7163", "5160", "5163"])
def test_three_hundred_addresses_of_the_world(tmp_path: Path, name: str) -> None:
    chosen, path, some = sheet(name), tmp_path / "labels.pdf", blocks()
    painted = paint_labels(path, chosen, some, Placing(start=START))
    assert painted.cut == ()
    checked = subprocess.run([needed("qpdf", "qpdf"), "--check", path], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    read: dict[int, list[str]] = {}
    for page, place, text in words(path):
        at = owner(chosen, page, place)
        assert at >= 0, f"{text} reaches over its label, on page {page + 1}"
        read.setdefault(at, []).append(text)
    for number, lines in enumerate(some):
        lost = painted.unreadable.get(number, "")
        assert bag("".join(read[number]), lost) == bag("".join(lines), lost), lines
    # Where no letter is missing and all run rightwards, the words come back as they were written.
    plain = [at for at, lines in enumerate(some) if at not in painted.unreadable and all(map(str.isascii, lines))]
    assert len(plain) >= LABELS / 4
    for at in plain:
        assert " ".join(read[at]) == " ".join(" ".join(some[at]).split())
