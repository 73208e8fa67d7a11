"""Counts below posts: kept raw with their day, rates by name only, lists of them all or none, and what they teach."""

from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.services import posts
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.services.posts import NewPost, readings
from outreach.services.posts.count_files import keep_file, look_through
from outreach.services.posts.readings import counts_of, formulas, note_counts, rates_of
from outreach.services.tastes.ledger import ledger_of
from outreach.store.database import Store
from outreach.store.models import Account, AudienceReading, PostReading, TasteNote
from tests.services.gifts.test_gifts import title


@pytest.fixture
def post(store: Store) -> int:
    item, _ = title(store)
    maya, _ = people.add_person(store, NewPerson("Maya", [], ["instagram:maya"]))
    return posts.add_post(store, NewPost("https://www.instagram.com/maya/p/Cx1/", maya, item, posted_on="2026-11-01"))[
        0
    ]


def test_a_reading_is_raw_counts_and_the_day_they_were_read(store: Store, post: int) -> None:
    note_counts(store, post, {"likes": 600, "comments": 40}, "2026-11-20")
    note_counts(store, post, {"likes": 612, "saves": 188, "comments": None})
    assert not note_counts(store, post, {"likes": 612})
    note_counts(store, post, {"shares": 3})
    found = counts_of(post)
    assert [(each.read_on, dict(each.values)) for each in found] == [
        ("2026-11-24", {"likes": 612, "shares": 3, "saves": 188}), ("2026-11-20", {"likes": 600, "comments": 40}),
    ]  # fmt: skip
    readings.remove_counts(store, found[0].id)
    assert PostReading.select().count() == 1
    store.undo()
    assert PostReading.select().count() == 2


@pytest.mark.parametrize(
    ("values", "on", "code"),
    [
        ({}, "", "counts.none"), ({"likes": None}, "", "counts.none"), ({"likes": -1}, "", "counts.bad"),
        ({"emv": 3}, "", "counts.bad"), ({"likes": 10**12}, "", "counts.bad"), ({"likes": 1}, "2027-01-01", "counts.future"),
        ({"likes": 1}, "2026-10-31", "counts.too_early"),
    ],
)  # fmt: skip
def test_what_is_no_reading_is_refused(store: Store, post: int, values: dict[str, int], on: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        note_counts(store, post, values, on)
    assert caught.value.code == code
    assert not PostReading.select().exists()


def test_a_rate_has_the_name_of_its_formula_and_is_left_out_where_a_count_is_missing(store: Store, post: int) -> None:
    account = Account.get(Account.platform == "instagram").id
    for day, followers in (("2026-10-01", 9_000), ("2026-11-22", 10_000), ("2026-11-23", 20_000)):
        AudienceReading.create(account=account, taken_on=day, followers=followers)
    note_counts(store, post, {"likes": 300, "comments": 100, "views": 4000}, "2026-11-22")
    rates = {rate.formula.code: rate.share for rate in rates_of(counts_of(post)[0])}
    assert rates == {"grin": 0.04, "modash_views": 0.075, "modash_followers": 0.03}, (
        "followers of that day, and no others"
    )
    assert all(formula.name.partition(":")[0] in ("GRIN", "Modash", "Traackr") for formula in formulas())
    note_counts(store, post, {"shares": 0, "saves": 0}, "2026-11-22")
    assert "traackr" in {rate.formula.code for rate in rates_of(counts_of(post)[0])}
    text = Path(readings.__file__).read_text(encoding="utf-8").lower()
    assert "emv" not in text and not any("score" in formula.name.lower() for formula in formulas())


def test_questions_of_followers_are_evidence_of_what_they_enjoy(store: Store, post: int) -> None:
    note_counts(store, post, {"questions": 7})
    note_counts(store, post, {"questions": 9, "likes": 3})
    maya = people.list_people(store, "Maya")[0].id
    (entry,) = ledger_of(store, maya).audience
    assert entry.side == "audience"
    assert [(proof.kind, proof.text) for proof in entry.proofs] == [("questions", "9")]
    readings.remove_counts(store, counts_of(post)[0].id)
    assert not TasteNote.select().where(TasteNote.side == "audience").exists()


LIST = """URL;Date read;Likes;Comments;Plays;Asked
https://instagram.com/reel/Cx1/?igsh=a;20/11/2026;1.2k;41;;7
o1;21.11.2026;1,300;42;9000;
"""


def test_a_list_of_counts_is_looked_through_and_kept_whole(store: Store, post: int, tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(LIST, encoding="utf-8")
    found = look_through(store, path)
    assert [(row.post, row.day, dict(row.values), row.wrong) for row in found.rows] == [
        (post, "2026-11-20", {"likes": 1200, "comments": 41, "questions": 7}, ""),
        (post, "2026-11-21", {"likes": 1300, "comments": 42, "views": 9000}, ""),
    ]
    assert not PostReading.select().exists()
    kept = keep_file(store, found)
    assert (kept.new, kept.known, PostReading.select().count()) == (2, 0, 2)
    again = keep_file(store, look_through(store, path))
    assert (again.new, again.known) == (0, 2)
    store.undo()
    assert not PostReading.select().exists()


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (";20/11/2026;1;;;", "counts.no_post"), ("https://a.example/x;20/11/2026;1;;;", "counts.unknown_post"),
        ("o1;yesterday;1;;;", "counts.no_day"), ("o1;20/11/2026;many;;;", "counts.no_number"),
        ("o1;20/11/2026;;;;", "counts.none"), ("o1;20/11/2027;1;;;", "counts.future"),
        ("o1;20/10/2026;1;;;", "counts.too_early"), ("o1;21/11/2026;5;;;", "counts.same_day"),
        ("o1;1;2;3;4;5;6;7;8;9", "rows.too_many_cells"), ("o99999999999999999999;20/11/2026;1;;;", "counts.unknown_post"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_kept_is_told_and_none_is_kept(
    store: Store, post: int, tmp_path: Path, row: str, wrong: str
) -> None:
    assert post == 1
    path = tmp_path / "counts.csv"
    path.write_text(f"{LIST}{row}\n", encoding="utf-8")
    found = look_through(store, path)
    assert [(each.number, each.wrong) for each in found.wrong] == [(4, wrong)]
    with pytest.raises(KnownError) as caught:
        keep_file(store, found)
    assert (caught.value.code, caught.value.facts["row"]) == ("counts.wrong_rows", 4)
    assert not PostReading.select().exists()


def test_a_list_that_tells_of_no_post_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("Name,Shoe size\nMaya,38\n", encoding="utf-8")
    with pytest.raises(KnownError) as caught:
        look_through(store, path)
    assert caught.value.code == "counts.no_columns"
