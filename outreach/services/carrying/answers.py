"""Which parcel a carrier speaks of: by our reference, else by name and postcode; what cannot be told is listed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outreach.errors import KnownError
from outreach.fields.postcodes import postcode_key
from outreach.fields.text import fold
from outreach.services.carrying.answer_rows import REFERENCE, pasted
from outreach.services.carrying.listing import ShipmentState
from outreach.services.importing.tally import Note
from outreach.services.people.suppressions import suppressed_people
from outreach.services.shipments.carriers import carrier, look_at
from outreach.store.database import Store
from outreach.store.models import Person, Shipment

#: Numbers of carriers that we do not know: long enough, of figures and letters, and not all letters.
_NUMBER = re.compile(r"(?=.*\d.*\d.*\d.*\d)[0-9A-Z-]{6,40}", re.ASCII)
#: The same where no heading says so: longer than a postcode is.
_LONG_NUMBER = re.compile(r"(?=.*\d.*\d.*\d.*\d)[0-9A-Z]{8,40}", re.ASCII)
#: Parcels about which a carrier has something new to say.
_OPEN = (ShipmentState.PACKING, ShipmentState.SENT)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What a carrier says of one parcel; what it does not say is empty.

    Attributes:
        row: As a spreadsheet counts it, or the line of what was pasted.
        number: The tracking number.
        state: A `ShipmentState`: it went, arrived, came back or was lost.
        postage_minor: What it cost, in `postage_currency`.
        doubts: What is doubtful of it, as codes of `outreach.wording.notes` with their facts.
        skip: Why nothing of it can be used.
    """

    row: int
    reference: str = ""
    name: str = ""
    postcode: str = ""
    number: str = ""
    carrier: str = ""
    service: str = ""
    state: str = ""
    day: str = ""
    postage_minor: int | None = None
    postage_currency: str = ""
    doubts: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    skip: tuple[str, Mapping[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """What is written of a parcel; what is empty stays as it is."""

    row: int
    shipment_id: int
    number: str = ""
    carrier: str = ""
    service: str = ""
    state: str = ""
    day: str = ""
    postage_minor: int | None = None
    postage_currency: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """What would be booked, and what cannot be.

    Attributes:
        rows: How many answers there are.
        unchanged: How many say what is known already.
        notes: Which rows are left out and why, and what is doubtful of those that are not.
    """

    rows: int
    bookings: tuple[Booking, ...]
    unchanged: int
    notes: tuple[Note, ...]

    @property
    def wrong(self) -> int:
        """How many rows are left out."""
        return sum(note.skipped for note in self.notes)


def answers_of(records: Iterable[Mapping[str, Any]]) -> Iterator[Answer]:
    """Answers of plain values, as `outreach.services.carrying.answer_rows` makes them."""
    for each in records:
        if "skip" in each:
            yield Answer(each["n"], skip=(each["skip"][0], each["skip"][1]))
        else:
            yield Answer(each["n"], **each["v"], doubts=tuple((code, facts) for code, facts in each["w"]))


def read_lines(text: str) -> list[Answer]:
    """What was pasted, a parcel a line; see `outreach.services.carrying.answer_rows.pasted`."""
    return list(answers_of(pasted(text, _likeness)))


def is_number(text: str) -> bool:
    """Whether a text is a tracking number: of a carrier that we know, or of another."""
    look = look_at(text)
    return bool(look.carriers or look.mistyped or ("E+" not in look.number and _NUMBER.fullmatch(look.number)))


def _likeness(text: str) -> int:
    look = look_at(text)
    return 2 if look.carriers or look.mistyped else int(bool(_LONG_NUMBER.fullmatch(look.number)))


def match_answers(
    store: Store, answers: Sequence[Answer], among: Sequence[int] = (), *, sends: bool = False
) -> AnswerPlan:
    """Find the parcel of each answer; nothing is written.

    Args:
        store: The open workspace.
        answers: What the carrier says.
        among: Parcels in their order: an answer that names nobody is that of the parcel in its line.
        sends: Whether parcels that get a number are on their way.
    """
    return _Matching(store, answers, among, sends=sends).plan()


class _Refused(Exception):  # noqa: N818 - ends the look at one row, and is no error
    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(slots=True)
class _Known:
    """A parcel, as far as an answer is held against it."""

    id: int
    person_id: int | None
    names: tuple[str, ...]
    postcode: str
    state: str
    now: Mapping[str, Any] = field(default_factory=dict)


class _Matching:
    """One pass over answers."""

    def __init__(self, store: Store, answers: Sequence[Answer], among: Sequence[int], *, sends: bool) -> None:
        self._answers, self._among, self._sends = answers, among, sends
        named = [int(found[1]) for each in answers if (found := REFERENCE.fullmatch(each.reference))]
        self._parcels = _parcels([*named, *among])
        self._by_place: dict[tuple[str, str], list[_Known]] = {}
        for parcel in self._parcels.values():
            if parcel.state in _OPEN:
                for name in parcel.names:
                    self._by_place.setdefault((name, parcel.postcode), []).append(parcel)
        self._spoken_of: dict[str, set[tuple[Any, ...]]] = {}
        for each in answers:
            if each.number:
                whose = (each.reference.casefold(), fold(each.name), postcode_key(each.postcode))
                self._spoken_of.setdefault(look_at(each.number).number, set()).add(whose if any(whose) else (each.row,))
        self._taken = _owners(set(self._spoken_of))
        people = [each.person_id for each in self._parcels.values() if each.person_id and each.state in _OPEN]
        self._suppressed = suppressed_people(store, people)
        self._notes: list[Note] = []

    def plan(self) -> AnswerPlan:
        found: dict[int, tuple[Answer, Booking]] = {}
        unchanged = 0
        for answer in self._answers:
            try:
                booking = self._booking(answer)
                earlier = found.get(booking.shipment_id)
                if earlier is not None:
                    raise _Refused("tracking.twice", shipment=f"s{booking.shipment_id}", row_of=earlier[0].row)
            except _Refused as refused:
                self._notes.append(Note(answer.row, True, refused.code, refused.facts))
                continue
            self._notes += [Note(answer.row, False, code, facts) for code, facts in answer.doubts]
            found[booking.shipment_id] = (answer, booking)
            unchanged += not _is_new(booking)
        bookings = tuple(booking for _, booking in found.values() if _is_new(booking))
        notes = sorted(self._notes, key=lambda note: (note.row, not note.skipped))
        return AnswerPlan(len(self._answers), bookings, unchanged, tuple(notes))

    def _booking(self, answer: Answer) -> Booking:
        if answer.skip is not None:
            raise _Refused(answer.skip[0], **answer.skip[1])
        if not (answer.number or answer.state or answer.postage_minor is not None):
            raise _Refused("tracking.says_nothing")
        number, code = self._number(answer)
        parcel = self._parcel(answer, number)
        owner = self._taken.get(number)
        if owner is not None and owner != parcel.id:
            raise _Refused("tracking.number_taken", value=number, shipment=f"s{owner}")
        state = answer.state or (ShipmentState.SENT.value if self._sends and number else "")
        if state == ShipmentState.SENT and parcel.state not in _OPEN:
            state = ""  # the carrier lists what went, and what came of it is known
        if parcel.state not in _OPEN and (state not in ("", parcel.state) or number not in ("", parcel.now["number"])):
            raise _Refused("tracking.closed", shipment=f"s{parcel.id}", state=parcel.state)
        if parcel.state == ShipmentState.PACKING and state and parcel.person_id in self._suppressed:
            raise _Refused("tracking.suppressed", shipment=f"s{parcel.id}")
        before = parcel.now["number"]
        if number and before and before != number:
            self._notes.append(
                Note(answer.row, False, "tracking.other_number", {"shipment": f"s{parcel.id}", "value": before})
            )
        is_there = {ShipmentState.PACKING: "", ShipmentState.SENT: ShipmentState.SENT.value}.get(
            ShipmentState(parcel.state), parcel.state
        )
        told = {"number": number, "carrier": code, "service": answer.service, "state": state}
        known = {**parcel.now, "state": is_there}
        new: dict[str, Any] = {name: value for name, value in told.items() if value and value != known[name]}
        cost = (answer.postage_minor, answer.postage_currency)
        # An amount is nothing without its currency: both are written, or neither.
        if answer.postage_minor is not None and cost != (known["postage_minor"], known["postage_currency"]):
            new |= {"postage_minor": cost[0], "postage_currency": cost[1]}
        return Booking(answer.row, parcel.id, day=answer.day, **new)

    def _number(self, answer: Answer) -> tuple[str, str]:
        """The number and its carrier: the one that is named, or the only one whose it can be."""
        named = ""
        if answer.carrier:
            try:
                named = carrier(answer.carrier).code
            except KnownError:
                named = "other"  # one that we do not know, and whose numbers nobody can check
        if not answer.number:
            return "", named if named != "other" else ""
        look = look_at(answer.number)
        if not is_number(answer.number) or (look.mistyped and named != "other"):
            raise _Refused("tracking.bad_number", value=answer.number)
        if len(self._spoken_of[look.number]) > 1:
            raise _Refused("tracking.same_number", value=look.number)
        if named == "other":
            return look.number, "other"
        return look.number, named or (look.carriers[0] if len(look.carriers) == 1 else "")

    def _parcel(self, answer: Answer, number: str) -> _Known:
        found = REFERENCE.fullmatch(answer.reference)
        if found is not None:
            parcel = self._parcels.get(int(found[1]))
            if parcel is None:
                raise _Refused("tracking.unknown_reference", value=answer.reference)
            self._refuse_other_person(answer, parcel)
            return parcel
        if answer.name:
            return self._by_name(answer, number)
        if answer.reference:
            raise _Refused("tracking.unknown_reference", value=answer.reference)
        if self._among:
            if answer.row > len(self._among):
                raise _Refused("tracking.too_many", parcels=len(self._among))
            return self._parcels[self._among[answer.row - 1]]
        owner = self._taken.get(number)
        if owner is not None:
            return self._parcels.get(owner) or _parcels([owner])[owner]
        raise _Refused("tracking.nobody_named")

    def _refuse_other_person(self, answer: Answer, parcel: _Known) -> None:
        """A row with our reference and somebody else's name and postcode was moved in its sheet."""
        other_name = answer.name and fold(answer.name) not in parcel.names
        other_place = answer.postcode and postcode_key(answer.postcode) != parcel.postcode
        if other_name and other_place:
            raise _Refused("tracking.other_person", shipment=f"s{parcel.id}", value=answer.name)

    def _by_name(self, answer: Answer, number: str) -> _Known:
        parcels = self._by_place.get((fold(answer.name), postcode_key(answer.postcode)), [])
        have_it = [each for each in parcels if number and each.now["number"] == number]
        # Who has two parcels under way gets the number on the one that has none.
        waiting = [each for each in parcels if not each.now["number"]] if number else parcels
        for several in (have_it, waiting, parcels):
            if len(several) == 1:
                return several[0]
        if parcels:
            named = ", ".join(f"s{each.id}" for each in parcels)
            raise _Refused("tracking.ambiguous", value=answer.name, which=named)
        if not answer.postcode:
            raise _Refused("tracking.no_postcode", value=answer.name)
        raise _Refused("tracking.unknown_person", value=answer.name, postcode=answer.postcode)


def _is_new(booking: Booking) -> bool:
    told = (booking.number, booking.carrier, booking.service, booking.state, booking.postage_currency)
    return any(told) or booking.postage_minor is not None


def _parcels(wanted: Iterable[int]) -> dict[int, _Known]:
    """All parcels that are under way, and those that are named."""
    query = Shipment.select(
        Shipment.id, Shipment.person, Shipment.deliver_to, Person.name, Person.organisation, Shipment.postcode,
        Shipment.state, Shipment.tracking_number, Shipment.carrier, Shipment.service, Shipment.postage_minor,
        Shipment.postage_currency,
    ).left_outer_join(Person).order_by(Shipment.id)  # fmt: skip
    rows = list(query.where(Shipment.state.in_([state.value for state in _OPEN])).tuples())
    there = {row[0] for row in rows}
    others = sorted(set(wanted) - there)
    for start in range(0, len(others), _AT_ONCE):
        rows.extend(query.where(Shipment.id.in_(others[start : start + _AT_ONCE])).tuples())
    return {
        row[0]: _Known(
            row[0], row[1], tuple(dict.fromkeys(fold(name) for name in row[2:5] if name)), postcode_key(row[5]),
            row[6], {"number": row[7], "carrier": row[8], "service": row[9], "postage_minor": row[10],
                     "postage_currency": row[11]},
        )
        for row in rows
    }  # fmt: skip


def _owners(numbers: set[str]) -> dict[str, int]:
    """By tracking number the parcel that has it."""
    found: dict[str, int] = {}
    wanted = sorted(numbers - {""})
    for start in range(0, len(wanted), _AT_ONCE):
        some = Shipment.tracking_number.in_(wanted[start : start + _AT_ONCE])
        found.update(Shipment.select(Shipment.tracking_number, Shipment.id).where(some).tuples())
    return found
