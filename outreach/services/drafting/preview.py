"""How a template reads that is just being written: for a person, or with the examples of all facts."""

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services import refs
from outreach.services.drafting.drafts import LetterText
from outreach.services.drafting.facts import FactMaker
from outreach.services.drafting.openings import openings
from outreach.services.drafting.senders import sender
from outreach.services.letters.facts import example_facts
from outreach.services.letters.sandbox import payload_of
from outreach.services.letters.templates import TemplateText
from outreach.store.database import Store
from outreach.store.models import Gift, Item, ItemGenre
from outreach.workers import Limits, first

_RENDER = "outreach.services.letters.sandbox:render_many"
_LIMITS = Limits(seconds=2.0, memory_mb=200, answer_bytes=2**20)


def preview_template(store: Store, text: TemplateText, whom: str = "", job: Job | None = None) -> LetterText:
    """One letter by a template that is not kept yet, rendered in a child process.

    Args:
        store: The open workspace.
        text: The template.
        whom: A person's name, id, e-mail or @handle; empty for the examples.
        job: Whether to go on.

    Raises:
        KnownError: what is wrong with the template, or ``refs.…`` where the person is not found.
    """
    person, name, address, facts = -1, "", "", example_facts()
    if whom.strip():
        person = refs.person_id(whom.strip())
        item = _item_for(person)
        maker = FactMaker(item, [person], store.today())
        genres = [row.genre for row in ItemGenre.select().where(ItemGenre.item == item)]
        facts = maker.facts(person, sender(), openings([person], genres).get(person, ""))
        name, address = maker.name(person), maker.email(person)
    else:
        name, address = str(facts["person"]["name"]), "maya@example.org"
    made = first(_RENDER, payload_of(text, {person: facts}), _LIMITS, job)
    if made["error"]:
        raise KnownError(made["error"], **made["error_facts"])
    return LetterText(person, name, address, made["subject"], made["text"], made["html"], made["markdown"],
                      tuple(made["missing"]))  # fmt: skip


def _item_for(person: int) -> int:
    """The title that a letter to her would be about: that of her newest gift, else the newest title."""
    gift = Gift.select(Gift.item).where(Gift.person == person).order_by(-Gift.id).first()
    if gift is not None:
        return int(gift.item_id)
    newest = Item.select(Item.id).order_by(-Item.id).first()
    if newest is None:
        raise KnownError("letters.no_title")
    return int(newest.id)
