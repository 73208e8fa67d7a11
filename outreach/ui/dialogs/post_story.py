"""The story vault: a screenshot is looked at beside the window, then kept with whose story it is."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.fields.dates import parse_day
from outreach.jobs import Job
from outreach.services.posts import NewPost, PostKind
from outreach.services.posts.stories import Picture, keep_story, prepare_picture, preview_of
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.picks import labelled, person_pick, title_pick
from outreach.ui.widgets.basics import column
from outreach.ui.widgets.forms import FieldSpec, Form
from outreach.ui.widgets.postparts import PictureBlock, read_picture


def story_dialog(desk: Desk, parent: QWidget, path: Path | None) -> None:
    """Keep a screenshot of a story; without a file it is asked for."""
    chosen = path or desk.files.to_open(parent, desk.say("Screenshot of a story"),
                                        desk.say("Pictures") + " (*.png *.jpg *.jpeg)")  # fmt: skip
    if chosen is None:
        return
    folder = desk.store.folder

    def look(_store: Store, job: Job) -> tuple[Picture, QImage]:
        picture = prepare_picture(folder, chosen, job)
        return picture, read_picture(preview_of(folder, picture))

    def show(seen: tuple[Picture, QImage]) -> None:
        StoryDialog(desk, parent, *seen)

    desk.runner.run(Job("Looking at the picture"), look, then=show, failed=lambda error: desk.ask("trouble", error))


class StoryDialog(FormDialog):
    """Whose story it is, about what, and when it was seen."""

    def __init__(self, desk: Desk, parent: QWidget, picture: Picture, image: QImage) -> None:
        say = desk.say
        self._picture = picture
        self.person, self.title = person_pick(desk, None), title_pick(desk, None)
        shown = PictureBlock(desk)
        form = Form(
            desk.theme,
            [
                FieldSpec("day", say("Day"), say("Today"), check=lambda text: "" if not text or parse_day(text)
                          else say("Write it like 2026-11-24")),
                FieldSpec("told_by", say("Who told you"), say("Leave empty if you saw it")),
                FieldSpec("text", say("Their words"), lines=2, wide=True),
            ],
        )  # fmt: skip
        above = QWidget()
        above.setLayout(
            column(shown, labelled(desk, (say("Who"), self.person), (say("About"), self.title)), spacing=14)
        )
        shown.set_picture(image, say("The screenshot {file}", file=picture.name))
        super().__init__(
            desk, parent, say("Keep a story"), form, say("Keep it"), self._keep, above=above,
            text=say("It is gone in a day. The picture is kept as it came, with its day and its hash."),
            told=say("Kept a story"), then=lambda made: desk.go("posts", made[0]),
        )  # fmt: skip
        self.person.setFocus()

    def _keep(self, store: Store, values: Mapping[str, str]) -> tuple[int, Changes]:
        new = NewPost(
            person_id=self.person.row_id if self.person.row_id >= 0 else None,
            item_id=self.title.row_id if self.title.row_id >= 0 else None,
            kind=PostKind.STORY,
            posted_on=parse_day(values["day"]) or "" if values["day"] else "",
            text=values["text"],
            told_by=values["told_by"],
        )
        return keep_story(store, self._picture, new)
