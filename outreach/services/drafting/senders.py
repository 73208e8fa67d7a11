"""Who writes and sends: settings that belong to the data, so that they travel with it."""

from dataclasses import asdict, dataclass, fields

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.email import parse_email
from outreach.fields.languages import short_language
from outreach.fields.places import country_code
from outreach.fields.text import clean, clean_lines
from outreach.services.drafting.templates import speak
from outreach.services.letters.language import ENGLISH, languages
from outreach.store.database import Store
from outreach.store.models import WorkspaceSetting

_PREFIX = "sender."


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever signs the letters.

    Attributes:
        name: Her name.
        email: Her address, where answers go.
        organisation: The house she works for.
        postal_address: Where that is, lines with line breaks; the law asks for it in letters to strangers.
        country: ISO 3166 code of where parcels are posted.
        signature: How letters end; her name where it is empty.
        language: Of the letters, by its two letters.
    """

    name: str = ""
    email: str = ""
    organisation: str = ""
    postal_address: str = ""
    country: str = "GB"
    signature: str = ""
    language: str = ENGLISH

    def missing(self) -> list[str]:
        """What must be known before a letter can be drafted."""
        return [name for name in ("name", "email", "postal_address") if not getattr(self, name)]


def sender() -> Sender:
    """The sender of this workspace."""
    rows = WorkspaceSetting.select().where(WorkspaceSetting.name.startswith(_PREFIX))
    found = {row.name.removeprefix(_PREFIX): row.value for row in rows}
    return Sender(**{field.name: found[field.name] for field in fields(Sender) if field.name in found})


def is_sender_setting(name: str) -> bool:
    """Whether a setting such as ``sender.email`` is one of these."""
    return name.startswith(_PREFIX) and name.removeprefix(_PREFIX) in {field.name for field in fields(Sender)}


def change_sender(store: Store, **values: str) -> Changes:
    """Set parts of the sender; names as in `Sender`.

    Raises:
        KnownError: ``settings.bad_email``, ``settings.bad_country``, ``settings.bad_letters``.
    """
    cleaned = {name: _checked(name, value) for name, value in values.items()}
    with store.operation(Op.CHANGE_SETTINGS) as written:
        for name, value in cleaned.items():
            WorkspaceSetting.insert(name=f"{_PREFIX}{name}", value=value).on_conflict(
                conflict_target=[WorkspaceSetting.name], preserve=[WorkspaceSetting.value]
            ).execute()
        if "language" in cleaned:
            speak(store, cleaned["language"])
    return written.changes


def as_values(who: Sender) -> dict[str, str]:
    """The sender's settings by their full names."""
    return {f"{_PREFIX}{name}": value for name, value in asdict(who).items()}


def _checked(name: str, value: str) -> str:
    if name == "email":
        email = parse_email(value)
        if email is None:
            raise KnownError("settings.bad_email", value=value)
        return email.address
    if name == "country":
        code = country_code(value)
        if code is None:
            raise KnownError("settings.bad_country", value=value)
        return code
    if name == "language":
        code = short_language(value)
        if code not in languages():
            raise KnownError("settings.bad_letters", value=value, known=", ".join(languages()))
        return code
    return clean_lines(value) if name in ("postal_address", "signature") else clean(value)
