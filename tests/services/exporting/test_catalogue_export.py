"""The catalogue goes out as CSV and as ONIX, and comes back the same; the trade's own checker finds nothing wrong."""

import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.jobs import Job
from outreach.services.catalogue.catalogue import (
    EditionFormat,
    ItemKind,
    NewEdition,
    add_item,
    edit_edition,
    edit_item,
    show_item,
    stock_of,
)
from outreach.services.catalogue.editions import parse_price
from outreach.services.exporting.tables import export_catalogue
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.sample.fill import fill
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Item
from outreach.store.workspace import Opening
from tests.conftest import NOW, shared
from tests.services.catalogue.test_catalogue import ALL

#: Codes are each for one recipient, and go nowhere else.
UNTOLD = ("id", "promised", "expires_on", "codes", "given")
#: What an ONIX message does not tell the trade.
OURS = ("client", "copies", "cost_minor", "cost_currency")


def catalogue(*, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """All that is known of all titles, without ids."""
    titles = []
    for item in Item.select(Item.id).order_by(Item.sort_title, Item.title, Item.author):
        found = show_item(item.id)
        values = {name: value or "" for name, value in found.values.items()}
        editions = []
        for each in found.editions:
            row = {name: getattr(each, name) for name in each.__slots__ if name not in UNTOLD}
            row["pub_date"] = each.pub_date or values["pub_date"]
            editions.append({name: value for name, value in row.items() if name not in without})
        titles.append(
            {name: value for name, value in values.items() if name not in without}
            | {
                "kind": found.kind,
                "contributors": found.contributors,
                "parts": found.parts,
                "genres": [
                    (code, round(weight, 2))
                    for code, weight in zip(found.genre_codes, found.genre_weights, strict=True)
                ],
                "editions": sorted(editions, key=str),
            }
        )
    return titles


def brought_back(folder: Path, path: Path, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The catalogue that a file makes in an empty workspace."""
    opening = Opening(clock=lambda: NOW)
    new_workspace(folder, opening)
    with workspace.writing(folder, opening) as other:
        result = import_file(other, ImportKind.CATALOGUE, path)
        assert [note for note in result.notes if note.code != "rows.number_taken"] == []
        return catalogue(without=without)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample's catalogue, a title of which everything is known, and ones that are bare."""
    folder, opening = tmp_path_factory.mktemp("full") / "workspace", Opening(clock=lambda: NOW)
    new_workspace(folder, opening)
    with workspace.writing(folder, opening) as store:
        fill(store, people=60, seed=5, job=Job())
        amount, currency = parse_price("£14.99")
        editions = [
            NewEdition(EditionFormat.HARDBACK, "9780306406157", amount, currency, 40, cost=amount, cost_currency="EUR"),
            NewEdition(EditionFormat.PROOF, copies=12), NewEdition(EditionFormat.EGALLEY),
            NewEdition(EditionFormat.AUDIOBOOK),
        ]  # fmt: skip
        item, _ = add_item(store, "Eel & <Ashes> “Ω”", ALL, genres=["ya-fantasy", "folklore"], editions=editions)
        told = "Author: Safiya Renn | She keeps bees & <ferrets>.\nTranslator: Ada Obi"
        edit_item(store, item, {"contributors": told})
        edit_edition(store, stock_of(item)[0].id, {"pages": "312", "pub_date": "2027-04"})
        kettles = [
            NewEdition(EditionFormat.PRODUCT, variant=colour, gtin=gtin)
            for colour, gtin in (("Blue", "4006381333931"), ("Red", "0036000291452"))
        ]
        add_item(
            store,
            "Kettle",
            {"author": "Marks & Spencer", "reading_age": "8–12"},
            kind=ItemKind.PRODUCT,
            editions=kettles,
        )
        add_item(store, "Nothing known", {"reading_age": "grown-ups", "pub_date": "2028"})
    return folder


@pytest.mark.parametrize(("suffix", "without"), [(".csv", ()), (".xml", OURS)])
def test_out_and_back_into_an_empty_workspace(
    full: Path, tmp_path: Path, suffix: str, without: tuple[str, ...]
) -> None:
    opening, path = Opening(clock=lambda: NOW), tmp_path / f"catalogue{suffix}"
    with workspace.reading(full, opening) as store:
        before = catalogue(without=without)
        made = export_catalogue(store, path)
        assert made.rows == sum(max(1, len(title["editions"])) for title in before) > 60
    after = brought_back(tmp_path / "again", path, without)
    assert [title["title"] for title in after] == [title["title"] for title in before]
    for was, now in zip(before, after, strict=True):
        assert now == was


def check_onix(path: Path) -> list[str]:
    """What the trade's checker has to say."""
    onixcheck = pytest.importorskip("onixcheck")
    logging.getLogger("onixcheck").setLevel(logging.ERROR)
    return [f"{message.location} {message.message}" for message in onixcheck.validate(str(path))]


def test_a_checker_of_the_trade_finds_nothing_wrong(full: Path, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.xml"
    with workspace.reading(full, Opening(clock=lambda: NOW)) as store:
        export_catalogue(store, path)
    assert check_onix(path) == []
    path.write_text(path.read_text(encoding="utf-8").replace("<ProductForm>BB", "<ProductForm>QQ"), encoding="utf-8")
    assert check_onix(path), "the checker does look"


@pytest.mark.parametrize("name", ["frontlist.csv", "onix-frontlist.xml", "goodbooks-2000.csv"])
def test_the_samples_come_in_whole_and_go_out_and_back(store: Store, tmp_path: Path, name: str) -> None:
    if name.startswith("goodbooks"):
        path = tmp_path / name
        with shared("catalogue", name).open(encoding="utf-8") as lines:
            path.write_text("".join(line for line, _ in zip(lines, range(120), strict=False)), encoding="utf-8")
    else:
        path = shared("catalogue", name)
    result = import_file(store, ImportKind.CATALOGUE, path)
    assert (result.skipped, result.unused) == (0, ())
    again = import_file(store, ImportKind.CATALOGUE, path)
    assert (again.added, again.updated, again.unchanged) == (0, 0, result.rows)
    before = catalogue()
    csv, onix = tmp_path / "out.csv", tmp_path / "out.xml"
    export_catalogue(store, csv)
    export_catalogue(store, onix)
    assert check_onix(onix) == []
    trade = catalogue(without=OURS)
    for title in trade:  # a message cannot say a year before our era
        for told in (title, *title["editions"]):
            told["pub_date"] = "" if told["pub_date"].startswith("-") else told["pub_date"]
    store.close()
    try:
        for was, now in zip(before, brought_back(tmp_path / "a", csv), strict=True):
            assert now == was
        for was, now in zip(trade, brought_back(tmp_path / "b", onix, OURS), strict=True):
            assert now == was
    finally:
        store.open_writer()


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, words, words, words)
def test_no_text_breaks_a_message(store: Store, tmp_path: Path, title: str, author: str, hook: str, word: str) -> None:
    from outreach.errors import KnownError

    try:
        item, _ = add_item(
            store, title, {"author": author, "hook": hook, "keywords": word, "comps": word, "reading_age": hook}
        )
    except KnownError as error:
        assert error.code == "catalogue.no_title"
        return
    path = tmp_path / "out.xml"
    export_catalogue(store, path)
    assert check_onix(path) == []
    assert item
    store.undo()
