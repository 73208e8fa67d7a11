"""A workspace that is open for a look: all of it is there, and nothing of it changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from outreach.app import Session, session
from outreach.errors import KnownError
from outreach.photos import settle as settled
from outreach.services.people.people import NewPerson, add_person, list_people
from outreach.settings import Settings
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.workspace import Opening
from outreach.ui.desk import Leaving
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Label
from outreach.ui.widgets.flow import Paragraph
from tests.conftest import NOW, contents
from tests.ui.test_flow import dialog_of

LOOK = Opening(clock=lambda: NOW, by="HO", program="window", to_look=True)


@pytest.fixture
def looking(qapp: QApplication, theme: Theme, sample: Path, tmp_path: Path) -> Iterator[Session]:
    """A window that looks at a sample which another program holds to write."""
    with (
        workspace.held(sample, Opening()),
        session(qapp, sample, tmp_path / "home", Settings(), theme=theme, opening=LOOK) as opened,
    ):
        opened.window.resize(1440, 900)
        opened.window.show()
        settled(opened)
        yield opened
        opened.window.close()


def test_everything_is_there_and_a_banner_says_so(looking: Session, settle) -> None:
    window = looking.window
    assert window.banner.isVisible()
    assert "only looking" in window.banner.findChildren(Label)[0].text()
    window.go("people")
    settle(looking)
    assert window.page.model.rowCount() == 150
    left: list[Leaving] = []
    looking.desk.left.connect(left.append)
    window.banner.button.click()
    assert left == [Leaving(looking.desk.store.folder)]


def test_the_banner_is_reached_by_keys(looking: Session, settle, qtbot) -> None:
    window = looking.window
    window.rail.finder.setFocus(Qt.FocusReason.TabFocusReason)
    reached = set()
    for _ in range(60):
        window.focusWidget().focusNextPrevChild(True)
        reached.add(window.focusWidget())
    assert window.banner.button in reached


def test_every_write_is_refused_with_a_sentence(looking: Session, settle, qtbot) -> None:
    before = contents(looking.desk.store)
    looking.desk.write(lambda store: add_person(store, NewPerson("Ada Newcomer")), "Added Ada")
    settle(looking)
    dialog = dialog_of(looking, Dialog)
    assert any("is open for a look, so nothing is changed" in each.text() for each in dialog.findChildren(Paragraph))
    dialog.close_overlay()
    refused: list[Exception] = []
    for work in (Store.undo, Store.redo, workspace.back_up, Store.must_write):
        looking.desk.runner.write(work, failed=refused.append)
    settle(looking)
    assert {getattr(error, "code", "") for error in refused} == {"workspace.to_look"}
    assert len(refused) == 4
    assert contents(looking.desk.store) == before


def test_what_is_open_elsewhere_can_still_be_looked_at(sample: Path) -> None:
    with workspace.held(sample, Opening()):
        with pytest.raises(KnownError, match=r"workspace\.locked"), workspace.held(sample, Opening(program="window")):
            pass
        with workspace.looked_at(sample, LOOK) as store:
            store.open_reader()
            assert len(list_people(store)) == 150
            store.close()


def test_an_older_one_is_not_brought_up_to_date_for_a_look(folder: Path, tmp_path: Path) -> None:
    import lzma

    from tests.conftest import ROOT

    old = tmp_path / "old"
    old.mkdir()
    (old / "outreach.db").write_bytes(lzma.decompress((ROOT / "tests/migrations/0001-0.1.0.db.xz").read_bytes()))
    before = (old / "outreach.db").read_bytes()
    with pytest.raises(KnownError, match=r"workspace\.older"), workspace.looked_at(old, LOOK):
        pass
    assert (old / "outreach.db").read_bytes() == before
