"""Lists of a programme: who is in it, whom to ask, and what its members were given."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.services.pages.programmes import CandidateLine, ledger_page, proposal, roll
from outreach.services.programmes import members
from outreach.services.programmes.cohort import Cohort, Known
from outreach.services.programmes.criteria import criteria_of
from outreach.services.programmes.kinds import MemberState
from outreach.services.programmes.members import MemberRow
from outreach.services.programmes.programme import show_programme
from outreach.services.programmes.rewards import RewardRow, RewardTotal, drop_reward
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.lists import ListDialog, Look, Verb
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import two_lines
from outreach.ui.paint.marks import avatar
from outreach.ui.table.columns import Column, plain

_MOST_LINES, _LINE, _NAME, _SCORE = 5, 20, 210, 92


def _member_verbs(desk: Desk, programme_id: int) -> list[Verb]:
    """What can be noted of members."""
    say = desk.say

    def is_in(*states: MemberState) -> Callable[[MemberRow], bool]:
        return lambda row: row.person_id is not None and row.state in states

    def does(verb: Callable[[Store, int, Sequence[int]], Changes]) -> Callable[[Store, Sequence[MemberRow]], Changes]:
        return lambda store, rows: verb(store, programme_id, [row.person_id for row in rows if row.person_id])

    return [
        Verb(say("They joined"), "check", does(members.join), fits=is_in(MemberState.INVITED),
             told=say("Noted who joined"), leads=True),
        Verb(say("They are alumni now"), "graduation-cap", does(members.make_alumni), fits=is_in(MemberState.JOINED),
             told=say("Noted alumni")),
        Verb(say("Take out"), "x", does(members.take_out), fits=is_in(MemberState.INVITED, MemberState.JOINED),
             told=say("Took them out")),
    ]  # fmt: skip


def members_dialog(desk: Desk, parent: QWidget, programme_id: int) -> ListDialog:
    """Who is or was in a programme, and what can be noted of them."""
    say, words = desk.say, desk.words
    programme = show_programme(desk.store, programme_id)

    def reads(store: Store) -> tuple[Sequence[MemberRow], str]:
        row = show_programme(store, programme_id)
        size = say("{joined} of {target} wanted", joined=row.joined, target=row.target_size) if row.target_size else ""
        told = (
            size or words.trn("{number} member", "{number} members", row.joined),
            say("{number} invited", number=row.invited),
            say("{number} left as alumni", number=row.alumni),
        )
        return roll(store, programme_id), ", ".join(told)

    def name(row: MemberRow) -> str:
        return row.person or say("Asked to be forgotten")

    def since(row: MemberRow) -> str:
        return desk.day(row.joined_on or row.invited_on)

    def given(row: MemberRow) -> str:
        return words.number(row.rewards) if row.rewards else ""

    look = Look(say("Members"), (
        Column("person", say("Who"), 0, _who(name, lambda row: row.place), name),
        _cell("state", say("How they stand"), 152, lambda row: words.term("member_state", row.state), "ink"),
        _cell("since", say("Since"), 112, since),
        _cell("until", say("Until"), 112, lambda row: desk.day(row.alumni_on)),
        _cell("seasons", say("Seasons"), 210, lambda row: ", ".join(row.seasons)),
        _cell("given", say("Given"), 70, given, right=True),
    ), 48, say("Nobody is in it yet. Ask those who fit, or take in a campaign’s people."))  # fmt: skip
    adds = [
        (say("Add people"), "plus", partial(desk.ask, "programme_join", programme_id)),
        (say("Take in a campaign"), "flag", partial(desk.ask, "programme_promote", programme_id)),
        (say("Whom to ask"), "users", partial(desk.ask, "programme_cohort", programme_id)),
    ]
    return ListDialog(desk, parent, say("Members of {name}", name=programme.name), look, reads,
                      _member_verbs(desk, programme_id), adds)  # fmt: skip


class _Cells:
    """What a line of the cohort shows: her score, between which ends it lies, what is known of her and what is not."""

    def __init__(self, desk: Desk) -> None:
        self._say, self._words = desk.say, desk.words

    def score(self, row: CandidateLine) -> str:
        return self._words.number(round(row.who.score))

    def between(self, row: CandidateLine) -> str:
        low, high = round(row.who.low), round(row.who.high)
        return "" if low == high else self._say("{low} to {high}", low=low, high=high)

    def about(self, row: CandidateLine) -> str:
        tier = self._words.term("tier", row.who.tier) if row.who.tier else ""
        return ", ".join(filter(None, (self._words.country(row.who.country) if row.who.country else "", tier)))

    def known(self, each: Known) -> str:
        if each.met is None:
            return self._say("{label}: not known", label=each.label)
        return self._say("{label}: {said}", label=each.label, said=each.said or "–")

    def why(self, row: CandidateLine) -> str:
        return "; ".join(map(self.known, row.who.known))

    def paint_why(self, canvas: Canvas, rect: QRectF, row: CandidateLine) -> None:
        shown = sorted(row.who.known, key=lambda each: -each.weight)[:_MOST_LINES]
        for place, each in enumerate(shown):
            at = rect.center().y() + (place - (len(shown) - 1) / 2) * canvas.px(_LINE)
            icon, color = _sign(each.met)
            canvas.icon(icon, rect.left(), at, 14, color)
            ink = "ink3" if each.met is None else "ink" if each.met >= 1 else "ink2"
            canvas.text(rect.left() + 22, at, self.known(each), "small", ink, width=rect.width() - 34)

    def paint_score(self, canvas: Canvas, rect: QRectF, row: CandidateLine) -> None:
        middle, below = rect.center().y(), self.between(row)
        up = canvas.px(10) if below else 0
        canvas.text(rect.left(), middle - up, self.score(row), "strong", width=rect.width() - 8)
        if below:
            canvas.text(rect.left(), middle + canvas.px(11), below, "small", "ink2", width=rect.width() - 8)


def cohort_dialog(desk: Desk, parent: QWidget, programme_id: int) -> ListDialog:
    """Whom to ask, by what a programme looks for: each with what is known, and what is not."""
    say, cells = desk.say, _Cells(desk)
    programme = show_programme(desk.store, programme_id)

    def reads(store: Store) -> tuple[Sequence[CandidateLine], str]:
        found = proposal(store, programme_id)
        return found.lines, _told(desk, found.cohort)

    def invites(store: Store, rows: Sequence[CandidateLine]) -> Changes:
        return members.invite(store, programme_id, [row.id for row in rows])

    columns = (
        Column("person", say("Who"), _NAME, _who(lambda row: row.who.person, cells.about), lambda row: row.who.person),
        Column("score", say("Of 100"), _SCORE, cells.paint_score,
               lambda row: f"{cells.score(row)} {cells.between(row)}".strip()),
        Column("why", say("What is known"), 0, cells.paint_why, cells.why),
    )  # fmt: skip
    most = min(_MOST_LINES, max(2, len(criteria_of(programme_id))))
    nobody = say("Nobody is left to ask: of those you know, none fits or all are in it.")
    look = Look(say("Whom to ask"), columns, most * _LINE + 16, nobody)
    verb = Verb(say("Invite them"), "mail", invites, told=say("Noted who was invited"), leads=True)
    adds = [
        (say("What it looks for"), "settings", partial(desk.ask, "programme_criteria", programme_id)),
        (say("Members"), "users", partial(desk.ask, "programme_members", programme_id)),
    ]
    title = say("Whom to ask for {name}", name=programme.name)
    return ListDialog(desk, parent, title, look, reads, [verb], adds, takes_all=True)


def ledger_dialog(desk: Desk, parent: QWidget, programme_id: int) -> ListDialog:
    """What members were given, what for, and what it means for their posts; never added to gifts."""
    say, words = desk.say, desk.words
    programme = show_programme(desk.store, programme_id)

    def reads(store: Store) -> tuple[Sequence[RewardRow], str]:
        page = ledger_page(store, programme_id)
        sums = [_sum(desk, each) for each in page.totals]
        apart = say("It is no gift, and is told apart.")
        return page.rows, " ".join(filter(None, ("; ".join(sums) + "." if sums else "", apart)))

    def name(row: RewardRow) -> str:
        return row.person or say("Asked to be forgotten")

    def what(row: RewardRow) -> str:
        return words.term("reward_kind", row.kind)

    def amount(row: RewardRow) -> str:
        return f"{words.number(row.amount)} {row.unit}".strip()

    def worth(row: RewardRow) -> str:
        return say("Not known") if row.value_minor is None else words.money(row.value_minor, row.currency)

    def tells(row: RewardRow) -> str:
        return words.term("reward_tells", row.tells)

    def paint_what_for(canvas: Canvas, rect: QRectF, row: RewardRow) -> None:
        two_lines(canvas, rect, rect.left(), rect.width() - 12, [(row.condition or say("Nothing was asked"), "body",
                  "ink")], (tells(row), "small", "warn" if row.obliges else "ink3"))  # fmt: skip

    look = Look(say("Ledger"), (
        Column("person", say("Who"), 190, _who(name, lambda row: row.season), name),
        _cell("day", say("Day"), 108, lambda row: desk.day(row.given_on)),
        Column("what", say("What"), 150, _pair(what, amount), lambda row: f"{what(row)}, {amount(row)}"),
        _cell("worth", say("Worth"), 90, worth, right=True),
        Column("what_for", say("What for, and what it means"), 0, paint_what_for,
               lambda row: ", ".join(filter(None, (row.condition, tells(row))))),
    ), 56, say("Nobody was given anything yet."))  # fmt: skip
    remove = Verb(say("Remove"), "x", lambda store, rows: drop_reward(store, rows[0].id), told=say("Took a row away"))
    adds = [(say("Note what somebody was given"), "plus", partial(desk.ask, "programme_reward", programme_id))]
    return ListDialog(desk, parent, say("What members of {name} were given", name=programme.name), look, reads,
                      [remove], adds)  # fmt: skip


def _told(desk: Desk, cohort: Cohort) -> str:
    """Who is not among them, and what a score is."""
    say, words = desk.say, desk.words
    out = [f"{count} {words.term('cohort_out', reason)}" for reason, count in cohort.left_out.items() if count]
    parts = [say("A score is of 100. What is not known counts as it does on average, and followers count for nothing.")]
    if cohort.wanted is not None:
        parts.append(words.trn("{number} is still wanted.", "{number} are still wanted.", cohort.wanted))
    if out:
        parts.append(say("Not among them: {which}.", which=words.listing(out, 8)))
    if cohort.nothing_known:
        parts.append(words.trn("Of {number} nothing is known.", "Of {number} nothing is known.", cohort.nothing_known))
    return " ".join(parts)


def _sum(desk: Desk, total: RewardTotal) -> str:
    words = desk.words
    worth = [words.money(minor, currency) for currency, minor in total.value.items()]
    unknown = [desk.say("{number} of unknown worth", number=total.unknown)] if total.unknown else []
    amount = f"{words.number(total.amount)} {total.unit}".strip()
    kind = words.term("reward_kind", total.kind)
    return ", ".join((desk.say("{label}: {said}", label=kind, said=amount), *worth, *unknown))


def _sign(met: float | None) -> tuple[str, str]:
    if met is None:
        return "circle-help", "ink3"
    return ("check", "good") if met >= 1 else ("chart-column", "ink2") if met > 0 else ("minus", "ink3")


def _cell(
    key: str, label: str, width: int, text: Callable[[Any], str], ink: str = "ink2", *, right: bool = False
) -> Column:
    return Column(key, label, width, plain(text, "num" if right else "body", ink, right=right), text, right=right)


def _who(name: Callable[[Any], str], below: Callable[[Any], str]) -> Callable[[Canvas, QRectF, Any], None]:
    def paint(canvas: Canvas, rect: QRectF, row: Any) -> None:
        size = canvas.px(28)
        avatar(canvas, rect.left(), rect.center().y() - size / 2, size, name(row))
        two_lines(canvas, rect, rect.left() + size + 12, rect.width() - size - 22, [(name(row), "medium", "ink")],
                  (below(row), "small", "ink3"))  # fmt: skip

    return paint


def _pair(first: Callable[[Any], str], second: Callable[[Any], str]) -> Callable[[Canvas, QRectF, Any], None]:
    def paint(canvas: Canvas, rect: QRectF, row: Any) -> None:
        two_lines(canvas, rect, rect.left(), rect.width() - 12, [(first(row), "body", "ink")],
                  (second(row), "small", "ink3"))  # fmt: skip

    return paint
