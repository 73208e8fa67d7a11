"""The templates of a workspace: every version is kept, and a template may have a twin to be compared with.

The twin of ``first-pitch`` is called ``first-pitch-b``: each person is written to by one of the two, always the same.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.services.letters.facts import FACTS
from outreach.services.letters.language import ENGLISH, languages
from outreach.services.letters.sandbox import check, fact_names
from outreach.services.letters.templates import LetterKind, TemplateText, starters
from outreach.store.database import Store
from outreach.store.models import LetterTemplate

_TWIN = "-b"


def save_starters(store: Store, language: str = ENGLISH) -> None:
    """Put the starter templates of a language into a new workspace."""
    with store.operation(Op.SAVE_TEMPLATE, undoable=False):
        for text in starters(language):
            LetterTemplate.get_or_create(
                name=text.name,
                version=1,
                defaults={
                    "label": text.label,
                    "kind": text.kind.value,
                    "subject": text.subject,
                    "body": text.body,
                    "created_at": store.now(),
                },
            )


def speak(store: Store, language: str) -> None:
    """Let the starters speak another language, inside the caller's operation; what was written anew here stays."""
    ours = {(text.name, text.subject, text.body) for each in languages() for text in starters(each)}
    newest = {template.name: template for template in list_templates()}
    for text in starters(language):
        before = newest.get(text.name)
        is_ours = before is not None and (before.name, before.subject, before.body) in ours
        if before is not None and is_ours and before.body != text.body:
            LetterTemplate.create(name=text.name, version=before.version + 1, label=text.label, kind=text.kind.value,
                                  subject=text.subject, body=text.body, created_at=store.now())  # fmt: skip


def list_templates() -> list[LetterTemplate]:
    """The newest version of each template."""
    newest: dict[str, LetterTemplate] = {}
    for template in LetterTemplate.select().order_by(LetterTemplate.name, LetterTemplate.version):
        newest[template.name] = template
    return list(newest.values())


def template_named(name: str) -> LetterTemplate:
    """The newest version of a template.

    Raises:
        KnownError: ``letters.no_template``.
    """
    found = LetterTemplate.select().where(LetterTemplate.name == name).order_by(-LetterTemplate.version).first()
    if found is None:
        known = ", ".join(template.name for template in list_templates())
        raise KnownError("letters.no_template", name=name, known=known)
    return found  # type: ignore[no-any-return]


def template_for(name: str, person_id: int) -> LetterTemplate:
    """The template by which a person is written to; see `templates_for`.

    Raises:
        KnownError: ``letters.no_template``.
    """
    return templates_for(name, [person_id])[person_id]


def templates_for(name: str, people: Iterable[int]) -> dict[int, LetterTemplate]:
    """By person the template by which she is written to: the named one, or its twin where it has one.

    Which of the two is always the same for a person, and has nothing to do with who she is.

    Raises:
        KnownError: ``letters.no_template``.
    """
    own = template_named(name)
    twin = LetterTemplate.select().where(LetterTemplate.name == name + _TWIN).order_by(-LetterTemplate.version).first()
    return {person: twin if twin is not None and is_twin_for(name, person) else own for person in people}


def is_twin_for(name: str, person_id: int) -> bool:
    """Whether a person gets the second of two templates that are compared."""
    return bool(hashlib.sha256(f"{name}:{person_id}".encode()).digest()[0] & 1)


def twin_name(name: str) -> str:
    """What the template is called that is compared with another."""
    return name + _TWIN


def versions_of(name: str) -> list[LetterTemplate]:
    """All versions of a template, the newest first."""
    return list(LetterTemplate.select().where(LetterTemplate.name == name).order_by(-LetterTemplate.version))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a template that was just typed.

    Attributes:
        code: Of `outreach.wording`.
        stops: Whether it cannot be kept so.
    """

    code: str
    facts: dict[str, object]
    stops: bool


def doubts(template: TemplateText) -> list[Doubt]:
    """What is wrong with a template, and what is worth a second look: it cannot be read, or names an unknown fact."""
    try:
        check(template)
        names = fact_names(template)
    except KnownError as error:
        return [Doubt(error.code, dict(error.facts), stops=True)]
    known = {fact.name for fact in FACTS}
    groups = {name.rpartition(".")[0] for name in known} | {name.split(".")[0] for name in known}
    return [Doubt("letters.unknown_fact", {"fact": name}, stops=False) for name in names
            if name not in known and name not in groups]  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptTemplate:
    """The newest version of a template, as it is shown.

    Attributes:
        id: Of that version.
    """

    id: int
    name: str
    label: str
    kind: str
    version: int
    subject: str
    body: str


def kept_templates() -> list[KeptTemplate]:
    """The newest version of each template, in the order of their kinds."""
    kinds = list(LetterKind)
    found = sorted(list_templates(), key=lambda row: (kinds.index(LetterKind(row.kind)), row.name))
    return [KeptTemplate(row.id, row.name, row.label, row.kind, row.version, row.subject, row.body) for row in found]


def as_text(template: LetterTemplate | KeptTemplate) -> TemplateText:
    """A template as people write it."""
    return TemplateText(template.name, template.label, LetterKind(template.kind), template.subject, template.body)


def save_template(store: Store, text: TemplateText) -> tuple[int, Changes]:
    """Keep a template: a new one, or a new version of one. What is the same as before makes no new version.

    Returns:
        The version.

    Raises:
        KnownError: ``letters.syntax``, ``letters.forbidden``, ``letters.too_long`` when it makes no letters.
    """
    check(text)
    newest = next(iter(versions_of(text.name)), None)
    if newest is not None and as_text(newest) == text:
        return int(newest.version), Changes()
    version = int(newest.version) + 1 if newest is not None else 1
    with store.operation(Op.SAVE_TEMPLATE) as written:
        LetterTemplate.create(name=text.name, version=version, label=text.label, kind=text.kind.value,
                              subject=text.subject, body=text.body, created_at=store.now())  # fmt: skip
    return version, written.changes
