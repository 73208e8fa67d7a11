"""Files that go with letters: a press sheet, a cover, a reading guide.

One is chosen for all letters of a kind about a title, or for one person's. A letter takes what is chosen when it is
drafted, and keeps it: its files are named by what they hold, and are read against that name before they go.
"""

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.paths import resource
from outreach.services.letters.attaching import Attached, with_attachments
from outreach.store import filebox
from outreach.store.among import among
from outreach.store.database import Store
from outreach.store.models import Attachment, Letter

_MB = 2**20
_LONGEST_NAME = 120
#: How programs begin: Windows, Linux, macOS (both ways round, and for several processors), scripts.
_SIGNS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
#: What file systems or headers would take for something else.
_UNFIT = re.compile(r'[/\\:*?"<>|]')


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file that goes with a letter.

    Attributes:
        person_id: To whom alone it goes, None where it goes to everyone who is written to.
        size: In bytes.
    """

    id: int
    name: str
    size: int
    person_id: int | None = None


@cache
def limits() -> Mapping[str, Any]:
    """What may be attached: ``most_mb``, ``most_mb_together`` and ``refused`` of ``resources/mail.toml``."""
    data: dict[str, Any] = tomllib.loads(resource("mail.toml").read_text(encoding="utf-8"))["attachments"]
    return data


def attach(store: Store, item_id: int, source: Path, *, kind: str, person_id: int | None = None) -> tuple[int, Changes]:
    """Choose a file for a title's letters of a kind; letters that are approved stay as they are.

    Args:
        store: The open workspace.
        item_id: What the letters are about.
        source: The file, of which a copy is kept.
        kind: Which letters, such as ``pitch``.
        person_id: Whose letter alone, or None for everyone's.

    Raises:
        KnownError: ``documents.missing``, ``documents.empty``, ``attachments.program``, ``attachments.too_large``,
            ``attachments.too_much``, ``files.not_written``.
    """
    with_it = Attachment.person.is_null() if person_id is None else _hers(person_id)
    there = list(Attachment.select().where(_chosen(item_id, kind) & with_it))
    columns = _taken(store, source, there)
    same = next((row for row in there if row.hash == columns["hash"] and row.person_id == person_id), None)
    if same is not None:
        return int(same.id), Changes()
    with store.operation(Op.ATTACH_FILE) as written:
        made = Attachment.create(
            item=item_id, kind=kind, person=person_id, added_at=store.now(), by=store.by, **columns
        )
    return int(made.id), written.changes


def attach_to_letter(store: Store, letter_id: int, source: Path) -> tuple[int, Changes]:
    """Put a file with one letter that is still a draft.

    Raises:
        KnownError: as `attach`, or ``letters.not_a_draft``.
    """
    letter = Letter.get_by_id(letter_id)
    _refuse_fixed(letter)
    columns = _taken(store, source, list(Attachment.select().where(Attachment.letter == letter_id)))
    with store.operation(Op.ATTACH_FILE) as written:
        made = Attachment.create(letter=letter_id, added_at=store.now(), by=store.by, **columns)
    return int(made.id), written.changes


def detach(store: Store, attachment_id: int) -> Changes:
    """Take a file off the letters that are still to be drafted, or off the draft that it is with.

    Raises:
        KnownError: ``letters.not_a_draft`` where its letter was approved, ``attachments.unknown``.
    """
    row = Attachment.get_or_none(Attachment.id == attachment_id)
    if row is None:
        raise KnownError("attachments.unknown", number=attachment_id)
    if row.letter_id is not None:
        _refuse_fixed(Letter.get_by_id(row.letter_id))
    with store.operation(Op.DETACH_FILE) as written:
        Attachment.delete().where(Attachment.id == attachment_id).execute()
    return written.changes


def chosen_for(item_id: int, kind: str) -> list[LetterFile]:
    """The files chosen for a title's letters of a kind, those for everyone and those for one person alone."""
    return [_file(row) for row in Attachment.select().where(_chosen(item_id, kind)).order_by(Attachment.id)]


def files_of(letter_id: int) -> list[LetterFile]:
    """The files that a letter has taken."""
    return [_file(row) for row in Attachment.select().where(Attachment.letter == letter_id).order_by(Attachment.id)]


def take_chosen(store: Store, item_id: int, letters: Mapping[int, tuple[int, str]]) -> None:
    """Give letters the files that are chosen for them, in the place of those they had; inside the caller's operation.

    What was put with one of these very letters stays.

    Args:
        store: The open workspace.
        item_id: What they are about.
        letters: By letter its person and its kind.
    """
    kinds = sorted({kind for _, kind in letters.values()})
    of_all = list(Attachment.select().where((Attachment.item == item_id) & Attachment.kind.in_(kinds))
                  .order_by(Attachment.id))  # fmt: skip
    there = list(Attachment.select().where(Attachment.letter.in_(among(list(letters)))))
    Attachment.delete().where(Attachment.id.in_(among([row.id for row in there if row.kind]))).execute()
    known = {(row.letter_id, row.hash) for row in there if not row.kind}
    for letter, (person, kind) in letters.items():
        for row in of_all:
            if row.kind == kind and row.person_id in (None, person) and (letter, row.hash) not in known:
                known.add((letter, row.hash))
                Attachment.create(letter=letter, kind=kind, name=row.name, hash=row.hash, suffix=row.suffix,
                                  size=row.size, added_at=store.now(), by=row.by)  # fmt: skip


def message_of(store: Store, letter: Letter) -> bytes:
    """A letter's bytes as they go: those that were built, with its files.

    Raises:
        KnownError: ``attachments.gone`` where a file is not what it was.
    """
    return messages_of(store, [letter])[letter.id]


def messages_of(store: Store, letters: Iterable[Letter]) -> dict[int, bytes]:
    """By letter its bytes as they go, as `message_of`.

    Raises:
        KnownError: ``attachments.gone``.
    """
    letters = list(letters)
    rows: dict[int, list[Attachment]] = {}
    with_some = Attachment.letter.in_(among([letter.id for letter in letters]))
    for row in Attachment.select().where(with_some).order_by(Attachment.id):
        rows.setdefault(row.letter_id, []).append(row)
    return {
        letter.id: with_attachments(
            bytes(letter.message or b""),
            [_read(store.folder, row, letter.to_name) for row in rows.get(letter.id, ())],
        )
        for letter in letters
    }


def with_chosen(store: Store, message: bytes, item_id: int, kind: str, person_id: int) -> bytes:
    """A message that is no letter yet, with the files that are chosen for it.

    Raises:
        KnownError: ``attachments.gone``.
    """
    whose = Attachment.person.is_null() | _hers(person_id)
    rows = Attachment.select().where(_chosen(item_id, kind) & whose).order_by(Attachment.id)
    return with_attachments(message, [_read(store.folder, row, "") for row in rows])


def refuse_gone(store: Store, letters: Iterable[Letter]) -> None:
    """See that all files of some letters are there as they were.

    Raises:
        KnownError: ``attachments.gone``.
    """
    for letter in letters:
        for row in Attachment.select().where(Attachment.letter == letter.id):
            _read(store.folder, row, letter.to_name)


def _chosen(item_id: int | None, kind: str) -> Any:
    return (Attachment.item == item_id) & (Attachment.kind == kind)


def _hers(person_id: int) -> Any:
    return Attachment.person == person_id


def _file(row: Attachment) -> LetterFile:
    return LetterFile(row.id, row.name, row.size, row.person_id)


def _refuse_fixed(letter: Letter) -> None:
    if letter.state != "draft":
        raise KnownError("letters.not_a_draft", person=letter.to_name)


def _taken(store: Store, source: Path, beside: Sequence[Attachment]) -> dict[str, Any]:
    """Keep a copy of a file, and give its columns."""
    path = source.expanduser()
    name, most = fit_name(path.name), limits()
    if path.is_file():
        size = path.stat().st_size
        if size > most["most_mb"] * _MB:
            raise KnownError("attachments.too_large", file=name, most=most["most_mb"])
        if size + sum(row.size for row in beside) > most["most_mb_together"] * _MB:
            raise KnownError("attachments.too_much", file=name, most=most["most_mb_together"])
        with path.open("rb") as file:
            begins = file.read(4)
        if _suffixes(name) & set(most["refused"]) or begins.startswith(_SIGNS):
            raise KnownError("attachments.program", file=name)
    digest, suffix, size = filebox.keep(store.folder, path)
    return {"name": name, "hash": digest, "suffix": suffix, "size": size}


def _suffixes(name: str) -> set[str]:
    """The last suffix of a name, and the one before, which some systems show alone."""
    return {part.strip().lower() for part in name.rstrip(". ").split(".")[1:][-2:]}


def fit_name(name: str) -> str:
    """A name as every system takes it: one line, without what is unseen; its suffix stays however long it is."""
    seen = "".join(each for each in name if unicodedata.category(each) not in ("Cc", "Cs", "Zl", "Zp", "Cn")
                   and each not in _TURNING)  # fmt: skip
    fit = " ".join(_UNFIT.sub("_", seen).split()).strip(". ") or "file"
    stem, dot, suffix = fit.rpartition(".")
    if len(fit) <= _LONGEST_NAME or not dot or len(suffix) > 10:
        return fit[:_LONGEST_NAME]
    return stem[: _LONGEST_NAME - len(suffix) - 1].rstrip(". ") + dot + suffix


#: Marks that turn the direction of reading, so that "gnp.exe" reads "exe.png"; those of single letters may stay.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _read(folder: Path, row: Attachment, person: str) -> Attached:
    try:
        content = filebox.place(folder, row.hash, row.suffix).read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != row.hash:
        raise KnownError("attachments.gone", file=row.name, person=person)
    return Attached(row.name, content)
