"""What is kept about one person is told in the user's words, columns and values alike."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from outreach.services.people.subject import about
from outreach.store import workspace
from outreach.store.models import TABLES, Person, Table
from outreach.store.subject import _INNER
from outreach.wording import Words
from outreach.wording.kept_values import _CODES, kept_row
from outreach.wording.sentences import SENTENCES
from outreach.wording.subject import as_html, write_subject
from outreach.wording.terms import TERMS
from tests.conftest import OPENING

_CODE = re.compile(r"[a-z]+(_[a-z]+)*")
#: Columns that are codes by themselves, and words that somebody typed.
_AS_THEY_ARE = {
    "account", "handle", "name", "subject", "text", "note", "value", "entry_key", "post_key", "author_key", "title_key", "code_key",
    "uid", "suffix", "unit", "source", "place", "channels", "genre",
}  # fmt: skip


def _tables() -> Iterator[type[Table]]:
    """The tables that a person's page may have rows of, as the store finds them."""
    owned: list[type[Table]] = [Person]
    for table in TABLES:
        refs = table._meta.refs
        if table is not Person and any(
            field.rel_model is Person or (field.on_delete == "CASCADE" and field.rel_model in owned) for field in refs
        ):
            owned.append(table)
    yield from owned


def test_every_table_and_column_has_its_words() -> None:
    for table in _tables():
        assert table._meta.table_name in TERMS["table"]
        for field in table._meta.sorted_fields:
            known = f"field.{field.name}" in SENTENCES or field.name in TERMS["kept"] or field.column_name in _INNER
            assert known, (table, field.name)


def test_codes_are_told_of_columns_that_there_are() -> None:
    columns = {(table._meta.table_name, field.name) for table in _tables() for field in table._meta.sorted_fields}
    assert set(_CODES) <= columns and set(_CODES.values()) <= set(TERMS)


def test_no_value_is_a_code(filled: Callable[[int, int], Path]) -> None:
    words, left = Words("de"), set()
    with workspace.writing(filled(120, 3), OPENING) as store:
        for person in [row.id for row in Person.select(Person.id)]:
            data = about(store, person)
            rows: list[tuple[str, dict[str, Any]]] = [("person", data["values"])]
            rows += [(table, row) for table, found in data.items() if isinstance(found, list) for row in found]
            for table, row in rows:
                for name, shown in kept_row(words, table, row).items():
                    if shown == row[name] and _CODE.fullmatch(shown) and name not in _AS_THEY_ARE:
                        left.add((table, name, shown))
    assert left == set()


def test_a_row_reads_as_in_the_window() -> None:
    words = Words("de")
    gift = {"state": "delivered", "edition": "hardback", "deal": "in_kind", "sent_on": "2026-03-03", "item": "Moth"}
    assert list(kept_row(words, "gift", gift).values()) == [
        "Zugestellt",
        "Hardcover",
        "Sachleistung",
        "3. März 2026",
        "Moth",
    ]
    parcel = {"postage_minor": 985, "postage_currency": "GBP", "carrier": "royal-mail", "country": "FR"}
    told = {"postage_minor": "9,85\xa0£", "carrier": "Royal Mail", "country": "Frankreich"}
    assert kept_row(words, "shipment", parcel) == told
    taste = {"kind": "genre", "subject": "Cosy crime", "polarity": "dislike", "strength": 1.0}
    assert kept_row(words, "taste_note", taste)["kind"] == "Genre"
    assert (
        kept_row(words, "permission", {"territory": "GB US"})["territory"]
        == "Vereinigtes Königreich, Vereinigte Staaten"
    )
    assert kept_row(words, "found_post", {"words": '["Moth", "Rain"]', "proofs": '["isbn"]'})["words"] == "Moth, Rain"
    assert kept_row(words, "reading", {"liked": 0, "status": "dnf"}) == {
        "liked": "Nein",
        "status": "Nicht zu Ende gelesen",
    }


def test_what_a_later_or_damaged_row_holds_is_told_as_it_is() -> None:
    words = Words("de")
    assert kept_row(words, "gift", {"state": "unheard_of"}) == {"state": "unheard_of"}
    assert kept_row(words, "shipment", {"carrier": "by hand", "postage_minor": 5}) == {
        "carrier": "by hand", "postage_minor": "5",
    }  # fmt: skip


def test_the_page_speaks_german_and_the_data_stay_codes(filled: Callable[[int, int], Path], tmp_path: Path) -> None:
    words = Words("de")
    with workspace.writing(filled(120, 3), OPENING) as store:
        data = next(told for row in Person.select(Person.id) if "gift" in (told := about(store, row.id)))
    page = as_html(words, data)
    assert "<h2>Geschenke</h2>" in page and "<td>Stand</td>" in page
    kept = json.loads(write_subject(words, data, tmp_path / "all.json").read_text(encoding="utf-8"))
    assert kept["gift"] == data["gift"]
