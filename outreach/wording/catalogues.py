"""The languages of the program: which there are, and their catalogues, kept up to date and compiled for gettext.

``python -m outreach.wording.extracting`` renews the catalogue of each language that has a folder beside the template.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from outreach import __version__

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

#: What the program says, and what the help of its commands says.
PROGRAM, COMMANDS = "outreach", "commands"
#: Spoken without a catalogue; they differ in days and numbers.
_ENGLISH = ("en_GB", "en_US")


def spoken(folder: Path) -> list[tuple[str, str]]:
    """The languages in which the program speaks, each with its own name."""
    found = sorted(folder.glob(f"*/LC_MESSAGES/{PROGRAM}.mo"))
    return named([*_ENGLISH, *(path.parent.parent.name for path in found)])


def named(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Languages with the names that they give themselves."""
    from babel import Locale

    return [(code, str(Locale.parse(code).get_display_name())) for code in codes]


def sources(folder: Path, name: str = PROGRAM) -> Iterator[Path]:
    """The catalogues of that name that translators write, one a language."""
    yield from sorted(folder.glob(f"*/LC_MESSAGES/{name}.po"))


def read(source: Path) -> "Catalog":
    """A catalogue as translators write it."""
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        return read_po(file, locale=source.parent.parent.name, abort_invalid=True)


def renew(
    source: Path, messages: Mapping[tuple[str, ...], list[tuple[str, int]]], names: Mapping[tuple[str, str], str]
) -> int:
    """Give a catalogue the messages of today, in their order, and compile it; how many wait for a translation.

    What was translated stays. What the program no longer says is put aside at the end, for when it is said again.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    before, waiting = read(source), 0
    after = Catalog(locale=before.locale, project=before.project, version=__version__, header_comment=before.header_comment, fuzzy=False,
                    creation_date=before.creation_date, revision_date=before.revision_date, charset="utf-8",
                    last_translator=before.last_translator, language_team=before.language_team)  # fmt: skip
    for message, places in sorted(messages.items(), key=lambda each: (each[1][0], each[0])):
        known = before.get(message[0]) or before.obsolete.get(message[0])
        said = known.string if known is not None and known.pluralizable == (len(message) > 1) else ""
        waiting += not (any(said) if isinstance(said, tuple) else said)
        flags = ["python-brace-format"] if any("{" in form for form in message) else []
        after.add(message if len(message) > 1 else message[0], said, places, flags=flags)
    for (kind, name), place in names.items():
        known = before.get(name, kind)
        waiting += known is None or not known.string
        after.add(name, known.string if known else "", [(place, 1)], context=kind)
    for old in (*before, *before.obsolete.values()):
        first = old.id[0] if isinstance(old.id, tuple) else old.id
        if first and old.string and not old.context and first not in after:
            old.locations, old.flags = [], set()
            after.obsolete[first] = old
    with source.open("wb") as file:
        write_po(file, after, width=120, include_lineno=False)
    source.with_suffix(".mo").write_bytes(compiled(source))
    return waiting


def compiled(source: Path) -> bytes:
    """What gettext reads, for a catalogue: the same bytes for the same words."""
    from io import BytesIO

    from babel.messages.mofile import write_mo

    made = BytesIO()
    write_mo(made, read(source))
    return made.getvalue()
