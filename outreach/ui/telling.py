"""What is known of a person, told in sentences: for her profile and for paper."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from outreach.services.pages.person import PersonPage
from outreach.services.pages.timeline import TimelineEntry
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Run
from outreach.ui.paint.cells import stage_runs
from outreach.ui.widgets.later import later_words
from outreach.wording import Words

#: From so many gifts on, how often someone posts is told, here as in the list.
_TELLING = 3
#: From so many days on, they are told in weeks.
_IN_WEEKS = 14
_ICONS = {
    "club": "armchair", "letter": "mail", "parcel": "package", "outcome": "sprout", "document": "file-text",
    "note": "sticky-note", "call": "smartphone", "meeting": "users", "message": "message-square-quote",
    "met_author": "users", "bought": "store", "thanked": "heart",
    "reply": "message-square-quote", "bounce": "circle-alert", "joined": "armchair", "asked_in": "armchair",
    "event": "calendar", "introduced": "users", "introduced_by": "users", "programme": "graduation-cap",
}  # fmt: skip
_IN_COMPANY = {
    "club": "Started a club: {name}", "joined": "Joined a club: {name}", "asked_in": "Asked to join {name}",
    "event": "At {name}", "introduced": "Introduced {name}", "introduced_by": "Introduced by {name}",
}  # fmt: skip
_IN_PROGRAMME = {
    "invited": "Invited into {name}", "joined": "Joined {name}", "alumni": "Left {name} as alumni",
}  # fmt: skip
_MOST_AUDIENCE = 4


def facts(desk: Desk, page: PersonPage) -> list[str]:
    """What to know of her first, in sentences: what must be minded, and what became of our gifts."""
    return [*_minded(desk, page), *_answered(desk, page)]


def rate_words(desk: Desk, page: PersonPage) -> str:
    """Of how many gifts she spoke, as it stands in the sentence about them; empty where they are too few to tell."""
    line, words = page.line, desk.words
    if line.arrived < _TELLING:
        return ""
    return words.trn("{posted} of {number} gift", "{posted} of {number} gifts", line.arrived, posted=line.posted)


def _minded(desk: Desk, page: PersonPage) -> list[str]:
    words, record, values = desk.words, page.record, page.detail.values
    found = []
    if page.line.suppressed:
        found.append(words.tr("Asked not to be contacted."))
    if record.is_away:
        day = words.day(values["away_until"])
        why = values["away_note"]
        found.append(words.tr("Away until {day}: {why}.", day=day, why=why) if why else
                     words.tr("Away until {day}.", day=day))  # fmt: skip
    if values["is_adult"] == 0:
        guardian = " ".join(filter(None, (values["guardian"], values["guardian_contact"])))
        found.append(words.tr("Not of age; their guardian is {guardian}.", guardian=guardian) if guardian else
                     words.tr("Not of age, and no guardian is known."))  # fmt: skip
    if record.is_archived:
        found.append(words.tr("In the archive."))
    return [*found, *later_words(desk, page.line.id)]


def _answered(desk: Desk, page: PersonPage) -> list[str]:
    words, line, rate = desk.words, page.line, rate_words(desk, page)
    if not rate:
        return [words.trn("Has had {number} gift from us.", "Has had {number} gifts from us.",
                          line.arrived)] if line.arrived else []  # fmt: skip
    if page.delay is None or not line.posted:
        return [words.tr("Posted about {rate}.", rate=rate)]
    days = max(1, page.delay.days)
    if days < _IN_WEEKS:
        return [words.trn("Posted about {rate}, usually within {number} day.",
                          "Posted about {rate}, usually within {number} days.", days, rate=rate)]  # fmt: skip
    return [words.trn("Posted about {rate}, usually within {number} week.",
                      "Posted about {rate}, usually within {number} weeks.", -(-days // 7), rate=rate)]  # fmt: skip


def background(desk: Desk, page: PersonPage) -> list[str]:
    """What else is known of her, in sentences: what she is, how we met, and whom to ask."""
    words, record, values = desk.words, page.record, page.detail.values
    found = []
    if len(record.roles) > 1:
        roles = words.listing([words.term("role", role) for role in record.roles], 4)
        found.append(words.tr("{roles} at {place}.", roles=roles, place=values["organisation"])
                     if values["organisation"] else words.tr("{roles}.", roles=roles))  # fmt: skip
    if values["how_known"]:
        found.append(closed(values["how_known"]))
    if record.introduced_by:
        found.append(words.tr("Introduced by {name}.", name=record.introduced_by[1]))
    if record.introduced:
        names = words.listing([name for _, name in record.introduced], 3)
        found.append(words.tr("Introduced {names} to us.", names=names))
    if values["representative"]:
        found.append(words.tr("{name} represents them.", name=values["representative"]))
    return found


def clock_words(desk: Desk, page: PersonPage) -> str:
    """What a clock says where she is, for whoever is about to call; empty where that is not known."""
    clock = local_time(desk.store.moment(), page.detail.values["time_zone"])
    return desk.words.tr("It is {time} where they are.", time=clock) if clock else ""


def closed(text: str) -> str:
    """A note as a sentence, which ends as one."""
    kept = text.rstrip()
    return kept if not kept or kept[-1] in ".!?…" else f"{kept}."


def notes(desk: Desk, page: PersonPage) -> list[tuple[str, str]]:
    """The three grounds of someone's influence, each with its name, and what else was noted; none is summed."""
    values, say = page.detail.values, desk.say
    named = (("expertise", say("Knows")), ("repute", say("Standing")), ("relation", say("Between us")))
    return [(label, values[name]) for name, label in named if values[name]]


def made_of(desk: Desk, page: PersonPage) -> str:
    """What her audience is made of, the newest of it, with its source; what is sensitive is not shown in passing."""
    words, parts = desk.words, []
    for share in page.record.audience:
        if not share.is_sensitive:
            part = f"{share.share:g}% " if share.share is not None else ""
            parts.append(f"{part}{share.value}")
    if not parts:
        return ""
    newest = max(page.record.audience, key=lambda share: share.day)
    source = newest.source or words.tr("noted")
    shown = words.listing(parts, _MOST_AUDIENCE)
    return words.tr("Their audience: {parts} ({source}, {day}).", parts=shown, source=source,
                    day=words.day(newest.day))  # fmt: skip


def filed(desk: Desk, page: PersonPage) -> list[str]:
    """Under what she is filed, in sentences: rosters, tags, look and mood, and who looks after her."""
    words, record, values = desk.words, page.record, page.detail.values
    under = [*page.detail.tags, *record.aesthetics, *record.moods]
    found = [words.tr("On {rosters}.", rosters=words.listing(list(record.rosters), 4))] if record.rosters else []
    found += [words.tr("Filed under {tags}.", tags=words.listing(under, 8))] if under else []
    return [*found, *([words.tr("Looked after by {owner}.", owner=values["owner"])] if values["owner"] else [])]


def entry_runs(words: Words, entry: TimelineEntry) -> tuple[str, list[Run]]:
    """A line of the timeline: a stage or an icon, and its sentence."""
    of_kind = _ICONS.get(entry.detail) if entry.mark in ("note", "outcome") else None
    icon = f"icon:{of_kind or _ICONS.get(entry.mark, 'info')}"
    in_company = _IN_COMPANY.get(entry.mark) or _IN_PROGRAMME.get(entry.detail if entry.mark == "programme" else "")
    if in_company:
        return icon, [(words.tr(in_company, name=entry.subject), "body", "ink")]
    if entry.mark in ("note", "document"):
        kind = words.term(f"{entry.mark}_kind", entry.detail)
        return icon, [(f"{kind}: ", "body", "ink"), (entry.subject.replace("\n", " "), "body", "ink")]
    if entry.mark in ("letter", "reply", "bounce"):
        return icon, _mail_runs(words, entry)
    if entry.mark == "parcel":
        ends = {"returned": words.tr("A parcel came back"), "lost": words.tr("A parcel was lost")}
        said = ends.get(entry.detail) or words.tr("A parcel went out")
        return icon, [(f"{said}, {entry.subject}" if entry.subject else said, "body", "ink")]
    if entry.mark == "outcome":
        return icon, [(f"{words.term('outcome', entry.detail)} ", "body", "ink"), (entry.subject, "title", "ink")]
    return entry.mark, stage_runs(words, entry.mark, entry.subject)


def _mail_runs(words: Words, entry: TimelineEntry) -> list[Run]:
    if entry.mark == "bounce":
        return [(words.tr("Address bounced: {address}", address=entry.subject), "body", "ink")]
    if entry.mark == "reply":
        said = words.term("reply_outcome", entry.detail) if entry.detail else words.tr("Answered")
    else:
        said = words.tr("Wrote") if entry.detail == "sent" else words.tr("Drafted")
    return [(f"{said}: ", "body", "ink"), (entry.subject, "body", "ink")]


def month_of(words: Words, day: str) -> str:
    """The month of a day, as the timeline groups by it."""
    return words.day(day[:7])


def local_time(now: datetime, zone: str) -> str:
    """What a clock says where she is, empty where that is not known."""
    if not zone:
        return ""
    try:
        return f"{now.astimezone(ZoneInfo(zone)):%H:%M}"
    except (ZoneInfoNotFoundError, ValueError):
        return ""
