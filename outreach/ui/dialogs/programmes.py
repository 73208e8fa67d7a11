"""Dialogs about a programme: itself at a glance, what it looks for, its seasons, who joins, what members are given."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from outreach.changes import Changes
from outreach.fields.dates import parse_day
from outreach.services import refs
from outreach.services.catalogue.editions import parse_price
from outreach.services.gifts.states import Deal, Obliges
from outreach.services.programmes import criteria, members, programme, rewards
from outreach.services.programmes.criteria import NewCriterion
from outreach.services.programmes.kinds import MemberState, ProgrammeKind, Reads, RewardKind
from outreach.services.programmes.members import Promoted
from outreach.services.programmes.programme import NewProgramme, ProgrammeRow, show_programme
from outreach.services.programmes.rewards import NewReward
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.dialogs.people import needed
from outreach.ui.dialogs.records import Record, RecordsDialog
from outreach.ui.widgets.basics import Button, column
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.forms import FieldSpec, Form

_HEAVIEST = 100


def new_dialog(desk: Desk, parent: QWidget, _about: object) -> None:
    """Begin a programme."""
    say = desk.say
    form = Form(desk.theme, [
        FieldSpec("name", say("Name"), say("Campus readers"), wide=True, check=needed(say("A programme needs a name"))),
        *_kinds(desk),
        FieldSpec("target_size", say("How many members are wanted"), "175"),
        FieldSpec("campaign", say("It came from the campaign"), say("A campaign, or m3")),
        FieldSpec("purpose", say("What it is for"), lines=2, wide=True),
    ])  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        size = given["target_size"]
        new = NewProgramme(
            given["name"], ProgrammeKind(given["kind"]), Deal(given["deal"]), given["purpose"],
            (int(size) if size.isdecimal() else 0) if size else None,
            refs.campaign_id(given["campaign"]) if given["campaign"] else None,
        )  # fmt: skip
        return programme.start_programme(store, new)

    FormDialog(desk, parent, say("Begin a programme"), form, say("Begin"), work, told=say("Began a programme"),
               text=say("It outlives a campaign. Where something is agreed with its members, what they post in a "
                        "season counts as no organic post."),
               then=lambda made: desk.ask("programme_open", made[0]))  # fmt: skip


def open_dialog(desk: Desk, parent: QWidget, programme_id: int) -> None:
    """A programme at a glance, with the way to each of its parts."""
    say, words = desk.say, desk.words
    row = show_programme(desk.store, programme_id)
    wanted, seasons = len(criteria.criteria_of(programme_id)), len(programme.seasons_of(programme_id))
    ways = (
        ("programme_members", "users", words.trn("{number} member", "{number} members", row.joined)),
        ("programme_cohort", "search", say("Whom to ask")),
        ("programme_criteria", "chart-column", words.trn("{number} criterion", "{number} criteria", wanted)),
        ("programme_seasons", "calendar", words.trn("{number} season", "{number} seasons", seasons)),
        ("programme_rewards", "gift", words.trn("{number} row in the ledger", "{number} rows in the ledger",
                                                row.rewards)),
        ("programme_edit", "pencil", say("Change it")),
    )  # fmt: skip
    grid, body = QGridLayout(), QWidget()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(8)
    grid.setColumnStretch(2, 1)
    buttons = []
    for place, (wish, icon, label) in enumerate(ways):
        button = Button(desk.theme, label, "default", icon)
        grid.addWidget(button, place // 2, place % 2, Qt.AlignmentFlag.AlignLeft)
        buttons.append((button, wish))
    told = [Paragraph(desk.theme, text, "body", "ink2") for text in _at_a_glance(desk, row)]
    body.setLayout(column(*told, 8, grid, spacing=6))
    done = Button(desk.theme, say("Done"), "primary", key="Enter")
    dialog = Dialog(desk.theme, parent, row.name, row.purpose, body, done)
    done.clicked.connect(dialog.close_overlay)

    def leads(wish: str) -> Callable[[], None]:
        def go() -> None:
            dialog.close_overlay()
            desk.ask(wish, programme_id)

        return go

    for button, wish in buttons:
        button.clicked.connect(leads(wish))
    buttons[0][0].setFocus()


def edit_dialog(desk: Desk, parent: QWidget, programme_id: int) -> None:
    """Change a programme, close it, open it again."""
    say = desk.say
    row = show_programme(desk.store, programme_id)
    form = Form(desk.theme, [
        FieldSpec("name", say("Name"), wide=True, check=needed(say("A programme needs a name"))),
        *_kinds(desk),
        FieldSpec("target_size", say("How many members are wanted"), "175"),
        FieldSpec("opened_on", say("Since"), "2027-01-10", check=_day(desk)),
        FieldSpec("closed_on", say("Closed on"), say("Empty while it is open")),
        FieldSpec("purpose", say("What it is for"), lines=2, wide=True),
    ], {
        "name": row.name, "kind": row.kind, "deal": row.deal, "purpose": row.purpose, "opened_on": row.opened_on,
        "closed_on": row.closed_on, "target_size": "" if row.target_size is None else str(row.target_size),
    })  # fmt: skip
    EditDialog(desk, parent, say("Change {name}", name=row.name), form,
               lambda store, key, value: programme.edit_programme(store, programme_id, {key: value}))  # fmt: skip


def criteria_dialog(desk: Desk, parent: QWidget, programme_id: int) -> None:
    """What a programme looks for in people, and how much each weighs."""
    say, words = desk.say, desk.words

    def records() -> list[Record]:
        found = []
        for each in criteria.criteria_of(programme_id):
            least = say("at least {share}", share=words.share(each.least / 100)) if each.least else ""
            must = say("needed") if each.is_needed else ""
            parts = (say("{share} of the score", share=words.share(each.share)),
                     words.term("criterion", each.reads.value), each.wanted, least, must)  # fmt: skip
            acts: list[tuple[str, Any, Any]] = [
                (say("Heavier"), _weighs(each.id, min(_HEAVIEST, each.weight + 1)), None),
                (say("Lighter"), _weighs(each.id, max(1, each.weight - 1)), None),
                (say("Remove"), _drops(each.id), None),
            ]
            found.append(Record(each.label, ", ".join(filter(None, parts)), acts))
        return found

    form = Form(desk.theme, [
        FieldSpec("reads", say("What of a person it reads"),
                  choices=[(each.value, words.term("criterion", each)) for each in Reads]),
        FieldSpec("weight", say("Weight"), "3", check=_number(desk)),
        FieldSpec("wanted", say("Words to look for"), say("film grain, pastel; of an audience “age: 18 to 24”"),
                  wide=True, check=needed(say("Say which words to look for"))),
        FieldSpec("label", say("What it is called"), say("As its words")),
        FieldSpec("least", say("Of an audience at least"), "40 %"),
        FieldSpec("needed", say("Without it nobody is proposed"), wide=True,
                  choices=[("", say("No, it counts with the others")), ("yes", say("Where it is known to lack"))]),
    ], {"weight": "1"})  # fmt: skip

    def adds(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        least = given["least"].rstrip("% ").replace(",", ".")
        new = NewCriterion(given["reads"], given["wanted"], int(given["weight"]), given["label"],
                           _share(least) if least else None, is_needed=bool(given["needed"]))  # fmt: skip
        return criteria.add_criterion(store, programme_id, new)

    row = show_programme(desk.store, programme_id)
    dialog = RecordsDialog(desk, parent, say("What {name} looks for", name=row.name), records, form, say("Add"), adds,
                           start={"weight": "1", "reads": Reads.AESTHETIC.value})  # fmt: skip
    ask = Button(desk.theme, say("Whom to ask"), "default", "users")
    dialog.beside(ask)

    def to_cohort() -> None:
        dialog.close_overlay()
        desk.ask("programme_cohort", programme_id)

    ask.clicked.connect(to_cohort)


def seasons_dialog(desk: Desk, parent: QWidget, programme_id: int) -> None:
    """The seasons of a programme."""
    say, words = desk.say, desk.words

    def records() -> list[Record]:
        found = []
        for each in programme.seasons_of(programme_id):
            days = say("{starts} to {ends}", starts=words.day(each.starts_on), ends=words.day(each.ends_on))
            size = words.trn("{number} member", "{number} members", each.members)
            found.append(Record(each.name, f"{days}, {size}", [(say("Remove"), _drops_season(each.id), None)]))
        return found

    form = Form(desk.theme, [
        FieldSpec("name", say("Name"), say("Spring 2027"), wide=True, check=needed(say("A season needs a name"))),
        FieldSpec("starts", say("First day"), "2027-01-10", check=_day(desk)),
        FieldSpec("ends", say("Last day"), "2027-05-31", check=_day(desk)),
    ])  # fmt: skip
    row = show_programme(desk.store, programme_id)
    RecordsDialog(desk, parent, say("Seasons of {name}", name=row.name), records, form, say("Add"),
                  lambda store, given: programme.add_season(store, programme_id, given["name"], given["starts"],
                                                            given["ends"]))  # fmt: skip


def join_dialog(desk: Desk, parent: QWidget, programme_id: int) -> None:
    """Note who was invited, or who is in it."""
    say = desk.say
    states = [(each.value, desk.words.term("member_state", each)) for each in (MemberState.JOINED, MemberState.INVITED)]
    form = Form(desk.theme, [
        FieldSpec("people", say("Who"), say("Names, or p12; one on a line"), lines=3, wide=True,
                  check=needed(say("Say who it was"))),
        FieldSpec("state", say("How they stand"), choices=states),
        FieldSpec("place", say("Campus, town or region")),
        FieldSpec("on", say("Day"), say("Today")),
    ])  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> Changes:
        who = [refs.person_id(line.strip()) for line in given["people"].splitlines() if line.strip()]
        day = parse_day(given["on"]) or ""
        if given["state"] == MemberState.INVITED:
            return members.invite(store, programme_id, who, day)
        return members.join(store, programme_id, who, day, given["place"])

    row = show_programme(desk.store, programme_id)
    FormDialog(desk, parent, say("Add people to {name}", name=row.name), form, say("Add"), work,
               told=say("Noted who is in it"), then=lambda _: desk.ask("programme_members", programme_id))  # fmt: skip


def promote_dialog(desk: Desk, parent: QWidget, programme_id: int) -> None:
    """Take the people of a campaign into a programme."""
    say, words = desk.say, desk.words
    form = Form(desk.theme, [
        FieldSpec("campaign", say("Campaign"), say("A campaign, or m3"), wide=True,
                  check=needed(say("Say which campaign"))),
        FieldSpec("who", say("Whom of it"), wide=True,
                  choices=[("", say("Everybody who accepted something")),
                           ("posted", say("Those who posted after it"))]),
        FieldSpec("on", say("Day"), say("Today")),
    ])  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> Promoted:
        return members.promote(store, programme_id, refs.campaign_id(given["campaign"]),
                               on=parse_day(given["on"]) or "", posted_only=given["who"] == "posted")  # fmt: skip

    def told(done: Promoted) -> str:
        taken = words.trn("Took in {number} person", "Took in {number} people", len(done.joined))
        out = words.trn("{number} stays out", "{number} stay out", done.kept_out) if done.kept_out else ""
        return ", ".join(filter(None, (taken, out)))

    row = show_programme(desk.store, programme_id)
    FormDialog(desk, parent, say("Take a campaign’s people into {name}", name=row.name), form, say("Take them in"),
               work, text=say("The programme stays when the campaign is over."), told=told,
               then=lambda _: desk.ask("programme_members", programme_id))  # fmt: skip


def reward_dialog(desk: Desk, parent: QWidget, programme_id: int) -> None:
    """Note what members were given, and for what."""
    say, term = desk.say, desk.words.term
    form = Form(desk.theme, [
        FieldSpec("people", say("Who"), say("Names, or p12, one on a line; empty for everybody in it"), lines=2,
                  wide=True),
        FieldSpec("kind", say("What"), choices=[(each.value, term("reward_kind", each)) for each in RewardKind]),
        FieldSpec("amount", say("How many each"), "1", check=_number(desk)),
        FieldSpec("unit", say("Of what"), say("gold, tote bag")),
        FieldSpec("value", say("What one member’s is worth"), "12 GBP"),
        FieldSpec("condition", say("What for"), say("For reading a chapter to a class"), wide=True),
        FieldSpec("obliges", say("What it depends on"),
                  choices=[(each.value, term("obliges", each.value)) for each in Obliges]),
        FieldSpec("on", say("Day"), say("Today")),
    ], {"amount": "1"})  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[list[int], Changes]:
        amount, currency = parse_price(given["value"])
        who = [refs.person_id(line.strip()) for line in given["people"].splitlines() if line.strip()]
        joined = members.members_of(programme_id, [MemberState.JOINED]) if not who else []
        new = NewReward(RewardKind(given["kind"]), int(given["amount"]), given["unit"], amount, currency,
                        given["condition"], Obliges(given["obliges"]), None, parse_day(given["on"]) or "")  # fmt: skip
        return rewards.give(store, programme_id, who or [row.person_id for row in joined if row.person_id], new)

    row = show_programme(desk.store, programme_id)
    FormDialog(desk, parent, say("What members of {name} were given", name=row.name), form, say("Note it"), work,
               text=say("Told apart from gifts. Where it depends on a post, readers should be told."),
               told=say("Noted what they were given"),
               then=lambda _: desk.ask("programme_rewards", programme_id))  # fmt: skip


def _kinds(desk: Desk) -> list[FieldSpec]:
    say, term = desk.say, desk.words.term
    return [
        FieldSpec("kind", say("What it is"),
                  choices=[(each.value, term("programme_kind", each)) for each in ProgrammeKind]),
        FieldSpec("deal", say("What is agreed"), choices=[(each.value, term("deal", each)) for each in Deal]),
    ]  # fmt: skip


def _at_a_glance(desk: Desk, row: ProgrammeRow) -> list[str]:
    say, words = desk.say, desk.words
    head = [words.term("programme_kind", row.kind), words.term("behind", row.deal),
            say("since {day}", day=words.day(row.opened_on))]  # fmt: skip
    size = say("{joined} of {target} wanted", joined=row.joined, target=row.target_size) if row.target_size else ""
    people = [size, say("{number} invited", number=row.invited), say("{number} left as alumni", number=row.alumni)]
    bound = (
        say("Nothing is agreed with its members, so what they post is their own.")
        if row.deal == Deal.GIFT
        else say("What its members post in a season counts as no organic post, whatever the title.")
    )
    closed = say("Closed on {day}.", day=words.day(row.closed_on)) if row.closed_on else ""
    came = say("It came from {campaign}, and stays when that is over.", campaign=row.campaign) if row.campaign else ""
    return [each for each in (", ".join(head), ", ".join(filter(None, people)), bound, came, closed) if each]


def _weighs(criterion: int, weight: int) -> Callable[[Store], Changes]:
    return lambda store: criteria.weigh(store, criterion, weight)


def _drops(criterion: int) -> Callable[[Store], Changes]:
    return lambda store: criteria.drop_criterion(store, criterion)


def _drops_season(season: int) -> Callable[[Store], Changes]:
    return lambda store: programme.drop_season(store, season)


def _share(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0  # which no share of an audience is: the service says so


def _number(desk: Desk) -> Callable[[str], str]:
    return lambda text: "" if text.isdecimal() and int(text) > 0 else desk.say("A number, such as 12")


def _day(desk: Desk) -> Callable[[str], str]:
    return lambda text: "" if parse_day(text) else desk.say("Write it like 2026-12-03")
