"""What the table of people shows, and says, of each."""

from collections.abc import Callable

from outreach.fields.platforms import platform_name
from outreach.services.pages.people import PeopleOrder, PersonLine
from outreach.ui.desk import Desk
from outreach.ui.paint.cells import paint_last, paint_person, paint_posted, paint_tastes, posted_words, voice
from outreach.ui.table.columns import Column, plain


def speaker(desk: Desk) -> Callable[[PersonLine], str]:
    """Says a whole row, for those who listen."""

    def speak(row: PersonLine) -> str:
        words = desk.words
        parts = [row.name, platform_name(row.platform) if row.handle else "", voice(row, words)]
        if row.tastes:
            said = [
                words.tr(
                    "{subject} (liked {liked} of {read})",
                    subject=words.named(mark.subject),
                    liked=mark.liked,
                    read=mark.said,
                )
                if mark.said
                else words.named(mark.subject)
                for mark in row.tastes
            ]
            parts.append(words.tr("enjoys {tastes}", tastes=words.listing(said, 3)))
        if row.suppressed:
            parts.append(words.tr("asked not to be contacted"))
        if row.arrived:
            parts.append(words.tr("posted about {posted} of {gifts} gifts", posted=row.posted, gifts=row.arrived))
        if row.last is not None:
            parts.append(f"{words.term('stage', row.last.stage)} {row.last.title} {desk.day(row.last.day)}")
        return ", ".join(filter(None, parts))

    return speak


def people_columns(desk: Desk) -> tuple[Column, ...]:
    """The columns, some of which are shown only when they are asked for."""
    words = desk.words

    def role(row: PersonLine) -> str:
        return words.term("role", row.role)

    return (
        Column("person", desk.say("Person"), 246, lambda c, r, row: paint_person(c, r, row, words),
               lambda row: row.name, PeopleOrder.NAME),
        Column("tastes", desk.say("Liked / read"), 0, lambda c, r, row: paint_tastes(c, r, row.tastes, words),
               lambda row: ", ".join(words.named(mark.subject) for mark in row.tastes), PeopleOrder.TASTE),
        Column("posted", desk.say("Posted"), 116, lambda c, r, row: paint_posted(c, r, row, words),
               lambda row: posted_words(row, words), PeopleOrder.POSTED),
        Column("last", desk.say("Last"), 212,
               lambda c, r, row: paint_last(c, r, row.last, words, desk.day(row.last.day) if row.last else ""),
               lambda row: f"{words.term('stage', row.last.stage)} {row.last.title}" if row.last else "",
               PeopleOrder.LAST),
        Column("role", desk.say("What they do"), 120, plain(role, "body", "ink2"), role,
               optional=True),
        Column("organisation", desk.say("Where"), 150, plain(lambda row: row.organisation, "body", "ink2"),
               lambda row: str(row.organisation), optional=True),
        Column("country", desk.say("Country"), 84, plain(lambda row: row.country, "body", "ink2"),
               lambda row: str(row.country), optional=True),
    )  # fmt: skip
