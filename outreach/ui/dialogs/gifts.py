"""Dialogs about what goes out and what comes back: planning a gift, logging a post, noting a club."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.services.catalogue import show_item
from outreach.services.clubs import ClubKind, NewClub, start_club
from outreach.services.gifts import plan_gifts
from outreach.services.people import show_person
from outreach.services.posts import NewPost, PostKind, add_post
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.chooser import Pick
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.widgets.basics import Label, column
from outreach.ui.widgets.forms import FieldSpec, Form


def _labelled(desk: Desk, *picks: tuple[str, Pick]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    for number, (label, pick) in enumerate(picks):
        grid.addLayout(column(Label(desk.theme, label, "smallm", "ink2"), pick, spacing=4), 0, number)
    body = QWidget()
    body.setLayout(grid)
    return body


def _person_pick(desk: Desk, person_id: int | None) -> Pick:
    pick = Pick(desk, "person", "users", desk.say("Choose a person"))
    if person_id is not None:
        pick.hold(person_id, str(show_person(desk.store, person_id).values["name"]))
    return pick


def _title_pick(desk: Desk, item_id: int | None) -> Pick:
    pick = Pick(desk, "title", "library", desk.say("Choose a title"))
    if item_id is not None:
        pick.hold(item_id, str(show_item(item_id).values["title"]))
    return pick


def gift_dialog(desk: Desk, parent: QWidget, about: tuple[Sequence[int], int | None]) -> None:
    """Plan a title, if it is known already, for some people; the letter comes next."""
    say, (people, item_id) = desk.say, about
    title = _title_pick(desk, item_id)
    form = Form(
        desk.theme,
        [
            FieldSpec("edition", say("Which copy"), choices=[("", say("Not decided"))]),
            FieldSpec("campaign", say("Campaign"), say("Leave empty for none")),
            FieldSpec("why", say("Why them"), say("What you would tell a colleague"), wide=True),
        ],
    )

    def show_editions(chosen: int) -> None:
        editions = sorted(show_item(chosen).editions, key=lambda each: each.promised - each.copies)
        choices = [
            (str(each.id), say("{format}, {left} left", format=desk.words.term("format", each.format),
                               left=max(0, each.copies - each.promised)))
            for each in editions
        ]  # fmt: skip
        form.set_choices("edition", [*choices, ("", say("Not decided"))])

    title.picked.connect(show_editions)
    if item_id is not None:
        show_editions(item_id)

    def work(store: Store, given: Mapping[str, str]) -> tuple[list[int], Changes]:
        if title.row_id < 0:
            raise KnownError("gifts.no_title")
        edition = int(given["edition"]) if given["edition"] else None
        why = dict.fromkeys(people, given["why"]) if given["why"] else None
        return plan_gifts(store, title.row_id, people, edition_id=edition, campaign=given["campaign"], why=why)

    names = [str(show_person(desk.store, each).values["name"]) for each in people[:4]]
    whom = desk.words.listing(names, 3) if len(people) <= 4 else desk.words.count("people", len(people))
    FormDialog(
        desk, parent, say("A gift for {whom}", whom=whom), form, say("Plan it"), work,
        text=say("Nothing is asked in return. The letter is written next, and you approve it."),
        above=_labelled(desk, (say("Title"), title)),
        told=lambda _: say("Planned {title} for {whom}", title=title.text(), whom=whom),
        then=lambda _: desk.go("letters", title.row_id),
    ).focus_on(title, filled=item_id is not None)  # fmt: skip


def post_dialog(desk: Desk, parent: QWidget, person_id: int | None) -> None:
    """Log a post by its link, or a mention that has none."""
    say, term = desk.say, desk.words.term
    person, title = _person_pick(desk, person_id), _title_pick(desk, None)
    kinds = [("", say("From the link")), *((kind.value, term("post_kind", kind.value)) for kind in PostKind)]

    def is_day(text: str) -> str:
        return "" if not text or len(parse_day(text) or "") == len("2026-11-24") else say("Write it like 2026-11-24")

    form = Form(
        desk.theme,
        [
            FieldSpec("url", say("Link"), say("Paste it; leave empty for a word on air or at the till"), wide=True),
            FieldSpec("kind", say("What it was"), choices=kinds),
            FieldSpec("day", say("Day"), say("Today"), check=is_day),
            FieldSpec("text", say("Their words"), lines=3, wide=True),
        ],
    )

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        return add_post(
            store,
            NewPost(
                url=given["url"],
                person_id=person.row_id if person.row_id >= 0 else None,
                item_id=title.row_id if title.row_id >= 0 else None,
                kind=PostKind(given["kind"]) if given["kind"] else None,
                posted_on=parse_day(given["day"]) or "" if given["day"] else "",
                text=given["text"],
            ),
        )

    FormDialog(
        desk, parent, say("Log a post"), form, say("Log it"), work,
        text=say("The person is found by the handle in the link, and the title by their last gift, where that is "
                 "clear."),
        above=_labelled(desk, (say("Who"), person), (say("About"), title)), told=say("Logged a post"),
        then=lambda made: desk.go("posts", made[0]),
    ).form.focus_first()  # fmt: skip


def club_dialog(desk: Desk, parent: QWidget, person_id: int | None) -> None:
    """Note a reading group that someone started."""
    say, term = desk.say, desk.words.term
    person, title = _person_pick(desk, person_id), _title_pick(desk, None)

    def is_count(text: str) -> str:
        return "" if not text or (text.isdigit() and int(text) > 0) else say("A number, such as 12")

    form = Form(
        desk.theme,
        [
            FieldSpec("name", say("Name"), say("Night Shift Readers"), wide=True,
                      check=lambda text: "" if text else say("A club needs a name")),
            FieldSpec("kind", say("What it is"),
                      choices=[(kind.value, term("club_kind", kind.value)) for kind in ClubKind]),
            FieldSpec("members", say("Members so far"), "12", check=is_count),
            FieldSpec("place", say("Where they meet"), say("Discord, the shop, a school"), wide=True),
        ],
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Any]:
        if person.row_id < 0:
            raise KnownError("clubs.no_host")
        new = NewClub(
            given["name"], person.row_id, title.row_id if title.row_id >= 0 else None, kind=ClubKind(given["kind"]),
            place=given["place"], members=int(given["members"]) if given["members"] else None,
        )  # fmt: skip
        return start_club(store, new)

    FormDialog(desk, parent, say("Note a club"), form, say("Note it"), work, told=say("Noted a club"),
               above=_labelled(desk, (say("Host"), person), (say("Reading"), title)),
               then=lambda made: desk.go("clubs", made[0])).focus_on(person, filled=person_id is not None)  # fmt: skip
