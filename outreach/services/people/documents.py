"""Documents of a person: a press kit that she was sent, a tip sheet, a picture of how her shelves look."""

from dataclasses import dataclass
from pathlib import Path

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.fields.web import parse_web_address
from outreach.services.people.fields import whole_day
from outreach.services.people.kinds import document_kinds
from outreach.store import filebox
from outreach.store.database import Store
from outreach.store.models import Person, PersonDocument

#: The kind that is kept only of what really is one.
PICTURE = "picture"
_MOST_PICTURE = 10 * 2**20
#: How files of pictures begin: PNG, JPEG, GIF; WebP has its name in its fourth word.
_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")


@dataclass(frozen=True, slots=True)
class Document:
    """A document; it has a file of ours or an address on the web.

    Attributes:
        path: Where its file lies, None for one on the web.
    """

    id: int
    kind: str
    name: str
    day: str
    note: str
    by: str
    size: int
    url: str
    path: Path | None


def documents_of(store: Store, person_id: int) -> tuple[Document, ...]:
    """The documents of a person, newest first."""
    rows = PersonDocument.select().where(PersonDocument.person == person_id)
    return tuple(
        Document(row.id, row.kind, row.name, row.given_on, row.note, row.by, row.size, row.url,
                 filebox.place(store.folder, row.hash, row.suffix) if row.hash else None)
        for row in rows.order_by(PersonDocument.given_on.desc(), PersonDocument.id.desc())
    )  # fmt: skip


def keep_document(
    store: Store, person_id: int, source: Path | str, kind: str = "", *, on: str = "", note: str = ""
) -> tuple[int, Changes]:
    """Keep a copy of a file, or the address of a page, with a person.

    Raises:
        KnownError: ``documents.missing``, ``documents.empty``, ``documents.too_large``, ``documents.bad_url``,
            ``documents.unknown_kind``, ``documents.no_picture``, ``people.no_day``, ``files.not_written``.
    """
    chosen = clean(kind) or document_kinds()[-1]
    if chosen not in document_kinds():
        raise KnownError("documents.unknown_kind", value=chosen, known=", ".join(document_kinds()))
    day = whole_day(on) or store.today().isoformat()
    text = str(source).strip()
    columns: dict[str, object]
    if "://" in text:
        url = parse_web_address(text)
        if url is None:
            raise KnownError("documents.bad_url", value=text)
        columns = {"name": url.text(), "url": url.text()}
    else:
        path = Path(text).expanduser()
        if chosen == PICTURE and path.is_file():
            _check_picture(path)
        digest, suffix, size = filebox.keep(store.folder, path)
        columns = {"name": path.name, "hash": digest, "suffix": suffix, "size": size}
    with store.operation(Op.ADD_DOCUMENT) as written:
        made = PersonDocument.create(
            person=person_id, kind=chosen, given_on=day, note=clean(note), by=store.by, created_at=store.now(),
            **columns,
        )  # fmt: skip
        Person.update(updated_at=store.now()).where(Person.id == person_id).execute()
    return made.id, written.changes


def _check_picture(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(12)
    if not (head.startswith(_SIGNS) or (head[:4] == b"RIFF" and head[8:] == b"WEBP")):
        raise KnownError("documents.no_picture", file=path.name)
    if path.stat().st_size > _MOST_PICTURE:
        raise KnownError("documents.too_large", file=path.name, most=_MOST_PICTURE // 2**20)


def remove_document(store: Store, document_id: int) -> Changes:
    """Take a document off a person; its file stays until somebody is forgotten, so that this can be undone."""
    with store.operation(Op.REMOVE_DOCUMENT) as written:
        PersonDocument.delete().where(PersonDocument.id == document_id).execute()
    return written.changes
