"""Writing what a list knows of people beside name, address and tastes: consent, notes, handles, rosters and more.

What is there already stays; what a list brings comes beside it, or fills what is empty.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

from outreach.errors import KnownError
from outreach.fields.text import fold
from outreach.services import refs
from outreach.services.importing.taking import Taking
from outreach.services.people.addresses import PARTS
from outreach.services.people.consent import FIELDS, following_days
from outreach.services.people.suppressions import Marks, SuppressionKind, SuppressionReason, keys_of_people
from outreach.store.among import Rows, about
from outreach.store.models import (
    Account,
    AccountAlias,
    Address,
    AudienceReading,
    AudienceShare,
    Consent,
    OtherRole,
    Person,
    PersonDocument,
    PersonLook,
    PersonNote,
    Roster,
    RosterMember,
    Suppression,
    Table,
    TasteEvidence,
    TasteNote,
)
from outreach.store.models.base import records

_CHANGING = ("c", "r", "ro", "lk", "al", "fr", "ac", "ad", "n", "d", "au", "te", "s")


def _hers(model: Any, *columns: Any) -> Callable[[Iterable[int]], Rows]:
    """Of the rows of some people, whose each is, and what tells it from the others of hers."""
    return about(lambda people: model.select(model.person, *columns).where(model.person.in_(people)))


#: What tells the rows apart that people have already, by what a list calls them.
_THERE: Mapping[str, Callable[[Iterable[int]], Rows]] = {
    "r": _hers(OtherRole, OtherRole.role),
    "ro": about(lambda people: RosterMember.select(RosterMember.person, Roster.name_key).join(Roster)
                .where(RosterMember.person.in_(people))),
    "lk": _hers(PersonLook, PersonLook.kind, PersonLook.key),
    "al": about(lambda people: AccountAlias.select(Account.person, AccountAlias.key).join(Account)
                .where(Account.person.in_(people))),
    "fr": about(lambda people: AudienceReading.select(
        Account.person, AudienceReading.account, AudienceReading.taken_on, AudienceReading.followers)
                .join(Account).where(Account.person.in_(people))),
    "n": _hers(PersonNote, PersonNote.happened_on, PersonNote.kind, PersonNote.text),
    "d": _hers(PersonDocument, PersonDocument.given_on, PersonDocument.name),
    "au": _hers(AudienceShare, AudienceShare.field, AudienceShare.value, AudienceShare.noted_on),
    "te": about(lambda people: TasteEvidence.select(
        TasteNote.person, TasteEvidence.taste_note, TasteEvidence.kind, TasteEvidence.seen_on, TasteEvidence.url,
        TasteEvidence.text).join(TasteNote).where(TasteNote.person.in_(people))),
}  # fmt: skip
_ACCOUNTS = _hers(Account, Account.key, Account.id)
_TASTES = about(lambda people: TasteNote.select().where(TasteNote.person.in_(people)))


class RecordsWriter:
    """Writes what the rows of a chunk bring: what their people have already is asked for together."""

    def __init__(self, taking: Taking, marks: Marks) -> None:
        self._writer = taking.writer
        self._origin = taking.origin
        self._tally = taking.tally
        self._marks = marks
        self._introduced: list[tuple[int, int, str]] = []
        self._new: Set[int] = frozenset()
        self._people: Set[int] = frozenset()
        self._known: dict[str, dict[int, set[Any]]] = {}
        self._accounts: dict[int, dict[str, int]] = {}
        self._tastes: dict[int, dict[tuple[str, ...], dict[str, Any]]] = {}
        self._waiting: dict[tuple[type[Table], tuple[str, ...]], list[tuple[Any, ...]]] = {}

    def take(self, told: Sequence[tuple[int, int, Mapping[str, Any]]], new: Set[int]) -> set[int]:
        """Write what some rows bring, their people being there; the numbers of rows that brought news are returned.

        Args:
            told: Row, person, and what `outreach.services.people.cells.read_cells` made of the row.
            new: The people of this chunk who are new: of them nothing is there yet.
        """
        changed = set()
        self._look_up(told, new)
        for row, person, more in told:
            news = [getattr(self, f"_put_{name}")(person, more[name]) for name in _CHANGING if name in more]
            if any(news):
                changed.add(row)
            if "by" in more:
                self._introduced.append((row, person, more["by"]))
        for (table, columns), rows in self._waiting.items():
            ids = self._writer.next_ids(table, len(rows))
            self._writer.insert(
                table, ("id", *columns), ((row_id, *row) for row_id, row in zip(ids, rows, strict=True))
            )
        self._waiting = {}
        return changed

    def _look_up(self, told: Sequence[tuple[int, int, Mapping[str, Any]]], new: Set[int]) -> None:
        """Whom a chunk is about, and their accounts and tastes: those who are new have just got theirs."""
        self._new, self._people, self._known = new, {person for _, person, _ in told}, {}
        self._accounts, self._tastes = {}, {}
        if any("al" in more or "fr" in more for _, _, more in told):
            for person, key, account in _ACCOUNTS(self._people):
                self._accounts.setdefault(person, {})[key] = account
        if any("te" in more for _, _, more in told):
            for note in records(TasteNote, _TASTES(self._people)):
                key = (note["side"], note["polarity"], note["kind"], note["key"])
                self._tastes.setdefault(note["person"], {})[key] = note

    def finish(self) -> None:
        """Say who introduced whom, when everybody is there."""
        for row, person, by in self._introduced:
            try:
                other = refs.person_id(by)
            except KnownError:
                self._tally.doubt(row, "rows.introduced_by", {"value": by[:100]})
                continue
            before = Person.get_by_id(person)
            if before.introduced_by_id is None and other != person:
                self._writer.update(Person, person, {"introduced_by_id": None}, {"introduced_by_id": other})

    def _insert(self, table: type[Table], **columns: Any) -> int:
        row_id = self._writer.next_id(table)
        self._writer.insert(table, ("id", *columns), [(row_id, *columns.values())])
        return row_id

    def _put(self, table: type[Table], **columns: Any) -> None:
        """Write a row with the others of its chunk; nothing refers to it, and `_there` knows of it."""
        self._waiting.setdefault((table, tuple(columns)), []).append(tuple(columns.values()))

    def _fill(self, table: type[Table], row: Any, columns: Mapping[str, Any]) -> bool:
        """Give a row what it lacks."""
        lacking = {name: value for name, value in columns.items() if value and not getattr(row, name)}
        if lacking:
            self._writer.update(table, row.id, {name: getattr(row, name) for name in lacking}, lacking)
        return bool(lacking)

    def _put_c(self, person: int, told: tuple[Mapping[str, Any], bool]) -> bool:
        columns, derives = told
        row = None if person in self._new else Consent.get_or_none(Consent.person == person)
        if row is not None:
            return self._fill(Consent, row, columns)
        whole = {**columns, **(following_days({}, columns) if derives else {})}
        self._insert(Consent, person_id=person, **{name: whole[name] for name in FIELDS if name in whole})
        return True

    def _put_r(self, person: int, roles: Sequence[str]) -> bool:
        there = self._there("r", person)
        there.add(Person.get_by_id(person).role)
        return self._each(roles, there, lambda role: self._put(OtherRole, person_id=person, role=role))

    def _put_ro(self, person: int, names: Sequence[str]) -> bool:
        def put(name: str) -> None:
            key = fold(name)
            roster = Roster.get_or_none(Roster.name_key == key)
            roster_id = roster.id if roster else self._insert(
                Roster, name=name, name_key=key, note="", created_at=self._origin.now)  # fmt: skip
            self._put(RosterMember, roster_id=roster_id, person_id=person, added_on=self._origin.today)

        return self._each(names, self._there("ro", person), put, fold)

    def _put_lk(self, person: int, looks: Sequence[Sequence[str]]) -> bool:
        return self._each(
            looks, self._there("lk", person),
            lambda it: self._put(PersonLook, person_id=person, kind=it[0], name=it[1], key=it[2]),
            lambda it: (it[0], it[2]),
        )  # fmt: skip

    def _put_al(self, person: int, handles: Sequence[Sequence[str]]) -> bool:
        accounts = self._accounts.get(person, {})
        there = self._there("al", person)
        there.update(accounts)
        mine = [each for each in handles if each[0] in accounts]
        return self._each(
            mine, there,
            lambda it: self._put(AccountAlias, account_id=accounts[it[0]], handle=it[1], key=it[2]),
            lambda it: it[2],
        )  # fmt: skip

    def _put_fr(self, person: int, readings: Sequence[Sequence[Any]]) -> bool:
        accounts = self._accounts.get(person, {})
        mine = [each for each in readings if each[0] in accounts]

        def put(it: Sequence[Any]) -> None:
            self._put(AudienceReading, account_id=accounts[it[0]], taken_on=it[1], followers=it[2], source=it[3])

        return self._each(mine, self._there("fr", person), put, lambda it: (accounts[it[0]], it[1], it[2]))

    def _put_ac(self, person: int, days: Sequence[str | None]) -> bool:
        row = Address.get_or_none((Address.person == person) & (Address.is_current == 1))
        return row is not None and self._fill(Address, row, {"since_on": days[0], "confirmed_on": days[1]})

    def _put_ad(self, person: int, places: Sequence[Sequence[str]]) -> bool:
        rows = {tuple(getattr(row, name) for name in PARTS[1:]): row
                for row in Address.select().where(Address.person == person).order_by(Address.is_current)}  # fmt: skip
        news = False
        for parts in places:
            days = dict(
                zip(("since_on", "until_on", "confirmed_on"), (day or None for day in parts[7:10]), strict=True)
            )
            row = rows.get(tuple(parts[1:7]))
            if row is not None:
                news |= self._fill(Address, row, {"deliver_to": parts[0], **days})
                continue
            told = dict(zip(PARTS, parts[:7], strict=True))
            self._insert(Address, person_id=person, **told, is_current=0, source=self._origin.layout,
                         created_at=self._origin.now, **days)  # fmt: skip
            news = True
        return news

    def _put_n(self, person: int, notes: Sequence[Sequence[str]]) -> bool:
        def put(it: Sequence[str]) -> None:
            self._put(PersonNote, person_id=person, kind=it[1], happened_on=it[0], text=it[3], by=it[2],
                         created_at=self._origin.now)  # fmt: skip

        return self._each(notes, self._there("n", person), put, lambda it: (it[0], it[1], it[3]))

    def _put_d(self, person: int, documents: Sequence[Sequence[str]]) -> bool:
        def put(it: Sequence[str]) -> None:
            self._put(PersonDocument, person_id=person, kind=it[1], name=it[2], url=it[3], given_on=it[0],
                         note=it[5], by=it[4], created_at=self._origin.now)  # fmt: skip

        return self._each(documents, self._there("d", person), put, lambda it: (it[0], it[2]))

    def _put_au(self, person: int, shares: Sequence[Sequence[Any]]) -> bool:
        def put(it: Sequence[Any]) -> None:
            self._put(AudienceShare, person_id=person, field=it[0], value=it[1], share=it[2], source=it[3],
                         noted_on=it[4])  # fmt: skip

        return self._each(shares, self._there("au", person), put, lambda it: (it[0], it[1], it[4]))

    def _put_te(self, person: int, evidence: Sequence[Sequence[Any]]) -> bool:
        notes, there = self._tastes.get(person, {}), self._there("te", person)
        shown_already = {each[0] for each in there}
        bare = {key for key, note in notes.items() if note["id"] not in shown_already}
        mine = [each for each in evidence if tuple(each[:4]) in notes]
        for it in mine:
            key = tuple(it[:4])
            if key in bare:  # a taste of this list, which knows more of it than that it stands there
                bare.discard(key)
                note = notes[key]
                after = {"strength": note["strength"] if it[4] is None else it[4], "noted_on": it[5] or None}
                after = {name: value for name, value in after.items() if value != note[name]}
                if after:
                    self._writer.update(TasteNote, note["id"], note, after)
                    note.update(after)

        def put(it: Sequence[Any]) -> None:
            self._put(TasteEvidence, taste_note_id=notes[tuple(it[:4])]["id"], kind=it[6], seen_on=it[7] or None,
                      url=it[8], rating=it[9], text=it[10])  # fmt: skip

        shown = [each for each in mine if each[6]]
        return self._each(
            shown, there, put, lambda it: (notes[tuple(it[:4])]["id"], it[6], it[7] or None, it[8], it[10])
        )

    def _put_s(self, person: int, told: tuple[str, bool]) -> bool:
        """She asked to be left alone, or stands on a list: her marks come with her."""
        day, by_list = told
        keys = keys_of_people([person])
        if by_list:
            if any(self._marks.is_marked(kind, key) for kind, key in keys):
                return False
            keys = [each for each in keys if each[0] is SuppressionKind.EMAIL] or keys
        news = False
        for kind, key in keys:
            if not self._marks.is_marked(kind, key):
                columns = self._marks.columns(kind, key, SuppressionReason.OBJECTED, self._origin.layout)
                self._insert(Suppression, **{**columns, "since_on": day})
                self._tally.suppressed += 1
                news = True
        return news

    def _there(self, name: str, person: int) -> set[Any]:
        """What a person has already, and has got from this chunk; of those who are new it is not asked."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = {}
            for owner, *rest in _THERE[name](self._people - self._new):
                known.setdefault(owner, set()).add(rest[0] if len(rest) == 1 else tuple(rest))
        return known.setdefault(person, set())

    def _each(
        self, given: Sequence[Any], there: set[Any], put: Callable[[Any], object],
        key: Callable[[Any], Any] = lambda it: it,
    ) -> bool:  # fmt: skip
        """Put what is not there yet; whether there was any."""
        news = False
        for each in given:
            if key(each) not in there:
                there.add(key(each))
                put(each)
                news = True
        return news
