"""Dialogs about what goes out and what comes back: planning a gift, noting a club."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.errors import KnownError
from outreach.fields.dates import parse_day
from outreach.services.catalogue.catalogue import show_item
from outreach.services.clubs.clubs import ClubKind, NewClub, start_club
from outreach.services.gifts.gifts import plan_gifts
from outreach.services.gifts.offers import offer_along
from outreach.services.people.people import show_person
from outreach.services.refs import post_id
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.picks import labelled, person_pick, title_pick
from outreach.ui.widgets.forms import FieldSpec, Form


def _copies(desk: Desk, item_id: int) -> list[tuple[str, str]]:
    """The editions of a title as choices, those with most copies left first."""
    editions = sorted(show_item(item_id).editions, key=lambda each: each.promised - each.copies)
    return [
        (str(each.id), desk.say("{format}, {left} left", format=desk.words.term("format", each.format),
                                left=max(0, each.copies - each.promised)))
        for each in editions
    ]  # fmt: skip


def _gift_form(desk: Desk) -> Form:
    """What is said of a gift that is planned, beside the title."""
    say = desk.say
    return Form(
        desk.theme,
        [
            FieldSpec("edition", say("Which copy"), choices=[("", say("Not decided"))]),
            FieldSpec("campaign", say("Campaign"), say("Leave empty for none")),
            FieldSpec(
                "offer",
                say("Meet the author"),
                choices=[
                    ("", say("No offer")),
                    ("now", say("Offered at once")),
                    ("enjoyed", say("Offered once they enjoyed it")),
                ],
                wide=True,
            ),
            FieldSpec("why", say("Why them"), say("What you would tell a colleague"), wide=True),
        ],
    )


def gift_dialog(desk: Desk, parent: QWidget, about: tuple[Sequence[int], int | None]) -> None:
    """Plan a title, if it is known already, for some people; the letter comes next."""
    say, (people, item_id) = desk.say, about
    title = title_pick(desk, item_id)
    form = _gift_form(desk)

    def show_editions(chosen: int) -> None:
        form.set_choices("edition", [*_copies(desk, chosen), ("", say("Not decided"))])

    title.picked.connect(show_editions)
    if item_id is not None:
        show_editions(item_id)

    def work(store: Store, given: Mapping[str, str]) -> tuple[list[int], Changes]:
        if title.row_id < 0:
            raise KnownError("gifts.no_title")
        edition = int(given["edition"]) if given["edition"] else None
        why = dict.fromkeys(people, given["why"]) if given["why"] else None
        once = given["offer"] == "enjoyed"
        also = partial(offer_along, store, title.row_id, people, once_enjoyed=once) if given["offer"] else None
        return plan_gifts(store, title.row_id, people, edition_id=edition, campaign=given["campaign"], why=why,
                          also=also)  # fmt: skip

    names = [str(show_person(desk.store, each).values["name"]) for each in people[:4]]
    whom = desk.words.listing(names, 3) if len(people) <= 4 else desk.words.count("people", len(people))
    FormDialog(
        desk, parent, say("A gift for {whom}", whom=whom), form, say("Plan it"), work,
        text=say("Nothing is asked in return. The letter is written next, and you approve it."),
        above=labelled(desk, (say("Title"), title)),
        told=lambda _: say("Planned {title} for {whom}", title=title.held, whom=whom),
        then=lambda _: desk.go("letters", title.row_id),
    ).focus_on(title, filled=item_id is not None)  # fmt: skip


def club_dialog(desk: Desk, parent: QWidget, person_id: int | None) -> None:
    """Note a reading group that someone started."""
    say, term = desk.say, desk.words.term
    person, title = person_pick(desk, person_id), title_pick(desk, None)

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
            FieldSpec("post", say("The post that it grew from"), say("Its number, such as o9")),
            FieldSpec("on", say("Began on"), say("Today, or a day like 2026-11-24"),
                      check=lambda text: "" if not text or parse_day(text) else say("Write it like 2026-11-24")),
        ],
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Any]:
        if person.row_id < 0:
            raise KnownError("clubs.no_host")
        new = NewClub(
            given["name"], person.row_id, title.row_id if title.row_id >= 0 else None, kind=ClubKind(given["kind"]),
            place=given["place"], members=int(given["members"]) if given["members"] else None,
            post_id=post_id(given["post"]) if given["post"] else None,
            started_on=parse_day(given["on"]) or "" if given["on"] else "",
        )  # fmt: skip
        return start_club(store, new)

    FormDialog(desk, parent, say("Start a club"), form, say("Start it"), work, told=say("Started a club"),
               above=labelled(desk, (say("Host"), person), (say("Reading"), title)),
               then=lambda made: desk.go("clubs", made[0])).focus_on(person, filled=person_id is not None)  # fmt: skip
