"""The posts that tell how a club gets on, and those that its members made of their own accord."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.services import refs
from outreach.services.clubs import clubs
from outreach.services.clubs import growth as club_growth
from outreach.services.clubs import members as club_members
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.people import needed
from outreach.ui.dialogs.records import Record, RecordsDialog
from outreach.ui.widgets.forms import FieldSpec, Form

_SHORT = 120


def posts_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """Posts of a club; another one is noted as telling of it."""
    say, words = desk.say, desk.words

    def told(row: club_growth.ClubPostRow) -> Record:
        what = say("noted as telling of it") if row.is_noted else say("by a member, unprompted")
        short = row.text if len(row.text) <= _SHORT else f"{row.text[:_SHORT].rsplit(' ', 1)[0]} …"
        text = f"“{short}”" if row.text else row.person
        facts = (row.person if row.text else "", words.day(row.day), what)
        return Record(
            text, ", ".join(filter(None, facts)), [(say("Open"), None, partial(desk.go, "posts", row.post_id))]
        )

    form = Form(desk.theme, [
        FieldSpec("post", say("Another post that tells of it"), say("Its number, such as o9"), wide=True,
                  check=needed(say("Say which post"))),
    ])  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> Changes:
        return club_members.link_post(store, club_id, refs.post_id(given["post"]))

    title = say("Posts of {name}", name=clubs.show_club(club_id)[0].name)
    RecordsDialog(desk, parent, title, lambda: [told(row) for row in club_growth.posts_about(club_id)], form,
                  say("Note it"), adds)  # fmt: skip
