"""What a programme looks for in people, and how much each weighs.

A criterion reads what the workspace knows of somebody. How many follow her is none: it says nothing of how she fits,
and nobody is ranked by it. Nor is what is kept only in her own words: her beliefs, her health and the like.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean, fold
from outreach.services.people.kinds import audience_fields
from outreach.services.people.words_on import listed
from outreach.services.programmes.kinds import Reads
from outreach.store.database import Store
from outreach.store.models import ProgrammeCriterion

#: What people call the size of an audience.
_SIZES = ("follower", "subscriber", "audience size", "reach", "likes", "views", "impressions", "engagement", "tier")
_HEAVIEST, _WHOLE = 100, 100.0


@dataclass(frozen=True, slots=True)
class NewCriterion:
    """Something to look for.

    Attributes:
        label: What it is called; what it reads where it is empty.
        reads: A word of `Reads`.
        wanted: Words, with commas between them, of which each counts; of an audience its field first, as in
            ``age: 18 to 24``.
        weight: From 1 to 100.
        least: Of an audience, so many percent at least; None where any are enough.
        is_needed: Whether nobody is proposed of whom it is known that she has none of it.
    """

    reads: str
    wanted: str
    weight: int = 1
    label: str = ""
    least: float | None = None
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of a programme.

    Attributes:
        words: The folded words that are looked for.
        field: Of an audience's make-up, the field that is read.
        share: Its part of all weights, from 0 to 1.
    """

    id: int
    label: str
    reads: Reads
    wanted: str
    words: tuple[str, ...]
    field: str
    weight: int
    share: float
    least: float | None
    is_needed: bool


def add_criterion(store: Store, programme_id: int, new: NewCriterion) -> tuple[int, Changes]:
    """Add something to look for.

    Raises:
        KnownError: ``programmes.followers``, ``programmes.unknown_word``, ``programmes.bad_weight``,
            ``programmes.no_words``, ``programmes.audience_field``, ``programmes.sensitive``, ``audience.bad_share``.
    """
    if new.reads not in set(Reads):
        if any(size in fold(new.reads).replace("_", " ") for size in _SIZES):
            raise KnownError("programmes.followers")
        raise KnownError("programmes.unknown_word", value=new.reads, name="criterion", known=", ".join(Reads))
    if not 1 <= new.weight <= _HEAVIEST:
        raise KnownError("programmes.bad_weight", number=new.weight)
    if new.least is not None and not 0 < new.least <= _WHOLE:
        raise KnownError("audience.bad_share", value=str(new.least))
    reads = Reads(new.reads)
    field, words = _parts(reads, new.wanted)
    if not words:
        raise KnownError("programmes.no_words")
    wanted = ", ".join(words)
    least = new.least if reads is Reads.AUDIENCE else None
    with store.operation(Op.SET_CRITERIA) as written:
        made = ProgrammeCriterion.create(
            programme=programme_id, label=clean(new.label) or wanted, weight=new.weight, reads=reads.value,
            wanted=f"{field}: {wanted}" if field else wanted, least=least, is_needed=int(new.is_needed),
        )  # fmt: skip
    return int(made.id), written.changes


def weigh(store: Store, criterion_id: int, weight: int) -> Changes:
    """Give a criterion another weight.

    Raises:
        KnownError: ``programmes.bad_weight``, ``programmes.no_criterion``.
    """
    if not 1 <= weight <= _HEAVIEST:
        raise KnownError("programmes.bad_weight", number=weight)
    _existing(criterion_id)
    with store.operation(Op.SET_CRITERIA) as written:
        ProgrammeCriterion.update(weight=weight).where(ProgrammeCriterion.id == criterion_id).execute()
    return written.changes


def drop_criterion(store: Store, criterion_id: int) -> Changes:
    """Look for something no longer.

    Raises:
        KnownError: ``programmes.no_criterion``.
    """
    _existing(criterion_id)
    with store.operation(Op.SET_CRITERIA) as written:
        ProgrammeCriterion.delete().where(ProgrammeCriterion.id == criterion_id).execute()
    return written.changes


def criteria_of(programme_id: int) -> list[Criterion]:
    """What a programme looks for, in the order in which it was noted."""
    mine = ProgrammeCriterion.programme == programme_id
    rows = list(ProgrammeCriterion.select().where(mine).order_by(ProgrammeCriterion.id))
    total = sum(row.weight for row in rows)
    found = []
    for row in rows:
        reads = Reads(row.reads)
        head, colon, rest = row.wanted.partition(": ")
        field, wanted = (head, rest) if reads is Reads.AUDIENCE and colon else ("", row.wanted)
        words = tuple(map(fold, listed(wanted)))
        found.append(Criterion(row.id, row.label, reads, row.wanted, words, field, row.weight, row.weight / total,
                               row.least, bool(row.is_needed)))  # fmt: skip
    return found


def readable_fields() -> tuple[str, ...]:
    """The fields of an audience's make-up that a criterion may read."""
    return tuple(name for name, is_sensitive in audience_fields().items() if not is_sensitive)


def _parts(reads: Reads, wanted: str) -> tuple[str, tuple[str, ...]]:
    """The field of an audience, and the words that are looked for, each once."""
    if reads is not Reads.AUDIENCE:
        return "", _once(listed(wanted))
    head, colon, rest = wanted.partition(":")
    field = fold(head).replace(" ", "_")
    if audience_fields().get(field):
        raise KnownError("programmes.sensitive", field=field)
    if not colon or field not in audience_fields():
        raise KnownError("programmes.audience_field", value=wanted[:80], known=", ".join(readable_fields()))
    return field, _once(listed(rest))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple({fold(word): word for word in words}.values())


def _existing(criterion_id: int) -> None:
    if ProgrammeCriterion.get_or_none(ProgrammeCriterion.id == criterion_id) is None:
        raise KnownError("programmes.no_criterion", row=criterion_id)
