"""From one workspace to another in the running program: new ones, backups that are put back, and what goes wrong."""

import gc
import json
import os
import subprocess
import sys
import weakref
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from outreach.services.people.people import NewPerson, add_person, list_people
from outreach.services.workspaces.workspaces import copies, new_workspace
from outreach.settings import load, recent_folders
from outreach.store import workspace
from outreach.store.workspace import Opening
from outreach.ui.theme import Theme
from tests.conftest import ROOT
from tests.ui.conftest import OpenWindow

#: Goes from workspace to workspace as a user would by the settings, and says what each window shows.
_DRIVER = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from outreach.app import make_application, run_window
from outreach.services.people.people import list_people
from outreach.store.workspace import Opening
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.window import Window

first, *steps = json.loads(sys.argv[1])
app = make_application()
timer = QTimer()

def look():
    windows = [each for each in app.topLevelWidgets() if isinstance(each, Window) and each.isVisible()]
    if not windows or not windows[0].place or not windows[0].desk.runner.is_idle:
        return
    window = windows[0]
    said = [part.text() for each in window.findChildren(Overlay) if each.isVisible()
            for part in each.findChildren(Paragraph)]
    print(json.dumps({"at": window.desk.store.folder.name, "people": len(list_people(window.desk.store)),
                      "looks": window.desk.store.to_look, "toast": window.toast.accessibleName(), "said": said}))
    sys.stdout.flush()
    if steps:
        step = steps.pop(0)
        folder = Path(step.pop("folder"))
        restore = step.pop("restore", None)
        window.desk.leave(folder, restore=Path(restore) if restore else None, **step)
    else:
        timer.stop()
        window.close()

timer.timeout.connect(look)
timer.start(150)
sys.exit(run_window(Path(first), Path(sys.argv[2]), Opening(program="window")))
"""


def go(home: Path, first: Path, *steps: dict[str, object]) -> list[dict]:
    ran = subprocess.run(
        [sys.executable, "-c", _DRIVER, json.dumps([str(first), *steps]), str(home)], capture_output=True, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}, timeout=50, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_there_and_back_again(folder: Path, tmp_path: Path) -> None:
    opening = Opening()
    with workspace.writing(folder, opening) as store:
        add_person(store, NewPerson("Ada Reader"))
        workspace.back_up(store)
        add_person(store, NewPerson("Bo Seller"))
    backup = copies(folder)[-1].path
    new, home, broken = tmp_path / "spring-list", tmp_path / "home", tmp_path / "broken.db"
    broken.write_bytes(b"no database at all")
    seen = go(
        home, folder, {"folder": str(new), "new": True}, {"folder": str(folder), "to_look": True},
        {"folder": str(folder), "new": True}, {"folder": str(folder), "restore": str(broken)},
        {"folder": str(folder), "restore": str(backup), "section": "backups"},
    )  # fmt: skip
    assert [(each["at"], each["people"], each["looks"]) for each in seen] == [
        (folder.name, 2, False), (new.name, 0, False), (folder.name, 2, True), (folder.name, 2, True),
        (folder.name, 2, True), (folder.name, 1, False),
    ]  # fmt: skip
    assert any("There is a workspace in" in text for text in seen[3]["said"]), "what cannot be made says why"
    assert any("is not a workspace" in text for text in seen[4]["said"]), "what cannot be put back says why"
    assert seen[5]["toast"].startswith("Put a backup back. What was there before is kept as ")
    assert any("They lie in" in text for text in seen[5]["said"]), "the settings are open where one was"
    replaced = next(each for each in copies(folder) if each.is_replaced)
    workspace.restore(folder, replaced.path, opening)
    with workspace.reading(folder, opening) as store:
        assert [row.name for row in list_people(store)] == ["Ada Reader", "Bo Seller"]
    assert recent_folders(load(home)) == [folder, new]


def test_a_look_is_no_reason_to_begin_there_next_time(folder: Path, tmp_path: Path) -> None:
    other, home = tmp_path / "other", tmp_path / "home"
    new_workspace(other, Opening())
    go(home, folder, {"folder": str(other), "to_look": True})
    assert load(home).workspace == str(folder)


def test_a_workspace_that_is_left_is_let_go_of_whole(
    open_window: OpenWindow, sample: Path, qapp: QApplication, theme: Theme
) -> None:
    left = open_window(sample)
    kept = [weakref.ref(each) for each in (left, left.window, left.desk, left.desk.runner, left.desk.store)]
    left.window.close()
    del left
    opened = open_window(sample)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert [each() for each in kept] == [None] * 5
    # The look that is there already repaints nothing.
    changes: list[None] = []
    told = theme.changed.connect(lambda: changes.append(None))
    theme.look("light", "")
    theme.resize("100")
    theme.changed.disconnect(told)
    assert changes == []
    assert opened.window.isVisible()
