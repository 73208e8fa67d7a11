"""Lists of subject codes that the user loads."""

import gc
import subprocess
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue.subject_codes import CodeList, load_codes
from outreach.services.importing.run import ImportKind, import_file
from outreach.store.database import Store
from outreach.store.models import ItemGenre, SubjectCode, SubjectHeading
from tests.conftest import contents

CODES = "Code,Heading,Genre\nZX1,Historical fantasy,fantasy\nYFH,Teenage fantasy,\nFIC009030,FICTION / Fantasy,Fantasy\n,No code,\n"


@pytest.fixture
def codes(tmp_path: Path) -> Path:
    path = tmp_path / "codes.csv"
    path.write_text(CODES, encoding="utf-8")
    return path


def catalogue(tmp_path: Path, thema: str) -> Path:
    path = tmp_path / "titles.csv"
    path.write_text(f"Title,Author,Thema\nThe Salt Orchard,I. Marrow,{thema}\n", encoding="utf-8")
    return path


def genres() -> set[str]:
    return {row.genre for row in ItemGenre.select()}


def test_titles_get_headings_and_genres(store: Store, codes: Path, tmp_path: Path) -> None:
    import_file(store, ImportKind.CATALOGUE, catalogue(tmp_path, "ZZZ;ZX1A"))
    before = contents(store)
    made = load_codes(store, codes)
    assert (made.codes, made.genres, made.skipped, made.items) == (3, 2, 1, 1)
    assert {(row.scheme, row.code) for row in SubjectHeading.select()} == {
        ("thema", "ZX1"), ("thema", "YFH"), ("bisac", "FIC009030")}  # fmt: skip
    assert genres() == {"fantasy"}, "the longest code that is known decides"
    store.undo()
    assert contents(store) == before


def test_a_later_import_knows_them(store: Store, codes: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("code;heading;scheme;genre\nZQ1;Sea shanties retold;thema;folklore\n", encoding="utf-8")
    load_codes(store, own)
    import_file(store, ImportKind.CATALOGUE, catalogue(tmp_path, "ZQ1"))
    assert genres() == {"folklore"}
    assert SubjectCode.get().heading == "Sea shanties retold"
    load_codes(store, codes)
    assert CodeList().genre("thema", "ZQ1") == "folklore"
    assert CodeList().heading("thema", "YFH") == "Teenage fantasy"


@pytest.mark.parametrize(
    ("text", "scheme", "code"),
    [
        ("Name,Sum\nA,1\n", "", "codes.no_code"),
        ("Code,Genre\nFMH,zorble\n", "", "codes.unknown_genre"),
        (CODES, "clil", "codes.bad_scheme"),
    ],
)
def test_a_list_that_cannot_be_read_changes_nothing(
    store: Store, tmp_path: Path, text: str, scheme: str, code: str
) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(text, encoding="utf-8")
    before = contents(store)
    with pytest.raises(KnownError) as error:
        load_codes(store, path, scheme)
    assert error.value.code == code
    running = [each for each in gc.get_objects() if isinstance(each, subprocess.Popen) and each.returncode is None]
    assert running == [], "the child that read it is ended with it, and not when memory is next tidied"
    assert contents(store) == before
