"""Letters around clubs: whom to ask to read along, who is reminded of a session, thanks for an introduction."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from outreach.services import refs
from outreach.services.clubs import clubs
from outreach.services.clubs import letters as club_letters
from outreach.services.clubs.sessions import list_sessions
from outreach.services.drafting.drafts import LetterOrder
from outreach.services.people import people
from outreach.services.voices import referrals
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.approving import ApprovingDialog, Ordering
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.people import needed
from outreach.ui.widgets.forms import FieldSpec, Form


def invite_dialog(desk: Desk, parent: QWidget, club_id: int) -> None:
    """Ask people to read along with a club; those who wait to be let in stand there already."""
    say, name = desk.say, clubs.show_club(club_id)[0].name
    waiting = [people.show_person(desk.store, each).values["name"] for each in club_letters.asking(club_id)]
    form = Form(desk.theme, [
        FieldSpec("to", say("Whom"), say("Names, or p12; one on a line"), lines=3, wide=True,
                  check=needed(say("Say who it is for"))),
        FieldSpec("opening", say("The line that is for them alone"),
                  say("Leave it empty to have one from what is known"), lines=2, wide=True),
    ], {"to": "\n".join(waiting)})  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> LetterOrder:
        club_letters.prepare(store)
        to = [refs.person_id(each.strip()) for each in given["to"].splitlines() if each.strip()]
        return club_letters.invitation(store, club_id, to, given["opening"].strip())

    def then(order: LetterOrder) -> None:
        text = say("Each letter is approved as it stands here. Nobody is let in by it.")
        ApprovingDialog(desk, parent, say("Invite to {name}", name=name), text, lambda _: [order])

    FormDialog(desk, parent, say("Invite to {name}", name=name), form, say("Write the letters"), work, then=then)


def remind_dialog(desk: Desk, parent: QWidget, session_id: int) -> None:
    """Remind the host and the members who are known by name of a session."""
    row = list_sessions(session_id=session_id)[0]
    title = desk.say("Reminder for {name}, {day}", name=row.club, day=desk.words.day(row.day))
    text = desk.say("Host and members by name, each with the day, the place and what is read by then.")
    ApprovingDialog(desk, parent, title, text, _made(desk, lambda store: club_letters.reminder(store, session_id)))


def thanks_dialog(desk: Desk, parent: QWidget, person_id: int) -> None:
    """Thank somebody by letter for those whom she introduced; once it went, she is thanked."""
    title = desk.say("Thank {name}", name=referrals.name_of(person_id))
    text = desk.say("Once the letter went, the introductions are told as thanked for.")
    ApprovingDialog(desk, parent, title, text, _made(desk, lambda _: club_letters.thanks(person_id)))


def _made(desk: Desk, order: Callable[[Store], LetterOrder]) -> Ordering:
    """An order that is made beside the window, once its template is there."""

    def orders(store: Store) -> list[LetterOrder]:
        desk.runner.write_within(club_letters.prepare)
        return [order(store)]

    return orders
