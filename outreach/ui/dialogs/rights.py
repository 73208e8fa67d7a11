"""Dialogs about a post: a yes with its terms, where it is used, words to quote, how it tells of the gift."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from outreach.changes import Changes
from outreach.fields.dates import parse_day
from outreach.services.disclosure.checks import NewCheck, check_disclosure, disclosures
from outreach.services.disclosure.rules import Seen, places
from outreach.services.pages.post_rights import post_rights
from outreach.services.rights.permissions import NewYes, grant, usual_end
from outreach.services.rights.quotes import QuoteRow, check_quote, drop_quote, keep_quote, quotes_of
from outreach.services.rights.terms import Edits, Scope
from outreach.services.rights.uses import note_use
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.records import Record, RecordsDialog
from outreach.ui.widgets.forms import FieldSpec, Form


def _is_day(desk: Desk, text: str) -> str:
    is_right = not text or len(parse_day(text) or "") == len("2026-11-24")
    return "" if is_right else desk.say("Write it like 2026-11-24")


def yes_dialog(desk: Desk, parent: QWidget, post_id: int) -> None:
    """Record a yes: what for, until when, where, with which changes and which credit."""
    say, term = desk.say, desk.words.term
    known = post_rights(desk.store, post_id)
    scopes = [Scope.OWN_CHANNELS, Scope.SHARE, Scope.PAID]
    several = [(Scope.OWN_CHANNELS, Scope.SHARE), tuple(scopes)]
    choices = [
        *((scope.value, term("scope", scope.value)) for scope in scopes),
        *((",".join(some), desk.words.listing([term("scope", each.value) for each in some], 3)) for some in several),
    ]
    account = known.rights.credit if known and known.rights else ""
    form = Form(
        desk.theme,
        [
            FieldSpec("scope", say("What for"), choices=choices, wide=True),
            FieldSpec("ends", say("Until"), say("No end was agreed"), check=lambda text: _is_day(desk, text)),
            FieldSpec("edits", say("Changes"), choices=[(each.value, term("edits", each.value)) for each in Edits]),
            FieldSpec("channels", say("Where exactly"), say("Site and newsletter")),
            FieldSpec("territory", say("Countries"), say("Everywhere")),
            FieldSpec("credit", say("Named as"), say("How they want to be named")),
            FieldSpec("exclusions", say("Not for"), say("What was left out")),
            FieldSpec("answer", say("Their words"), lines=2, wide=True),
        ],
        {
            "scope": Scope.OWN_CHANNELS.value,
            "ends": usual_end(desk.store),
            "edits": Edits.NONE.value,
            "credit": account,
        },
    )

    def work(store: Store, given: Mapping[str, str]) -> tuple[list[int], Changes]:
        return grant(
            store, post_id,
            NewYes(
                tuple(Scope(each) for each in given["scope"].split(",")), given["answer"], given["channels"],
                tuple(each for each in given["territory"].replace(";", ",").split(",") if each.strip()),
                Edits(given["edits"]), given["credit"], given["exclusions"], "", given["ends"],
            ),
        )  # fmt: skip

    whom = known.person if known and known.person else say("Someone")
    FormDialog(
        desk, parent, say("What does {name} say yes to?", name=whom), form, say("Record the yes"), work,
        text=say("Their post stays theirs. They can take a yes back at any time."),
        told=say("Recorded a yes of {name}", name=whom), width=600,
    )  # fmt: skip


def use_dialog(desk: Desk, parent: QWidget, permission_id: int) -> None:
    """Note where a post is used."""
    say = desk.say
    form = Form(
        desk.theme,
        [
            FieldSpec("place", say("Where"), say("Spring catalogue, page 14"), wide=True),
            FieldSpec("day", say("Since"), say("Today"), check=lambda text: _is_day(desk, text)),
        ],
    )
    FormDialog(
        desk, parent, say("Where is it used?"), form, say("Note it"),
        lambda store, given: note_use(store, permission_id, given["place"], given["day"]),
        text=say("When the permission ends, Today says that it is to be taken down there."),
        told=say("Noted where it is used"),
    )  # fmt: skip


def quote_dialog(desk: Desk, parent: QWidget, post_id: int) -> None:
    """The words of a post that are kept to print, and a form for more, beside the passage in full."""
    say = desk.say
    known = post_rights(desk.store, post_id)
    passage = known.text if known else ""
    form = Form(
        desk.theme,
        [
            FieldSpec("text", say("The words"), lines=3, wide=True),
            FieldSpec("passage", say("The passage in full"), lines=4, wide=True),
            FieldSpec("source", say("Where it was said"), known.url if known and known.url else say("On air, 19 Nov")),
            FieldSpec("proof", say("What is quoted"), choices=[("", say("Told by their copy")), ("yes", say("A proof")),
                                                               ("no", say("The finished book"))]),
        ],
        {"text": passage, "passage": passage},
    )  # fmt: skip

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        proof = {"yes": True, "no": False}.get(given["proof"])
        return keep_quote(store, post_id, given["text"], passage=given["passage"], source=given["source"],
                          from_proof=proof)  # fmt: skip

    def told(quote: QuoteRow) -> Record:
        lets_go = (say("Let go"), lambda store: drop_quote(store, post_id, quote.id), None)
        checks = (say("Checked"), lambda store: check_quote(store, post_id, quote.id), None)
        if quote.to_check:
            return Record(f"“{quote.text}”", say("From a proof: hold it against the finished book first."),
                          [checks, lets_go])  # fmt: skip
        return Record(f"“{quote.text}”", quote.source, [lets_go])

    RecordsDialog(
        desk, parent, say("Which words?"), lambda: [told(each) for each in quotes_of([post_id]).get(post_id, [])],
        form, say("Keep them"), work, start={"passage": passage},
        text=say("Exactly as they were said. Where you leave something out, write …"),
    )  # fmt: skip


def disclosure_dialog(desk: Desk, parent: QWidget, post_id: int) -> None:
    """Note how a post tells of the gift: seen or not, where, in which words."""
    say, term = desk.say, desk.words.term
    known = disclosures([post_id])[post_id]
    seen = [(each.value, term("seen", each.value)) for each in Seen]
    where = [("", say("Choose")), *((each, term("disclosure_place", each)) for each in places())]
    form = Form(
        desk.theme,
        [
            FieldSpec("seen", say("Does it tell of the gift?"), choices=seen),
            FieldSpec("place", say("Where"), choices=where),
            FieldSpec("wording", say("In these words"), say("#gifted by us"), wide=True),
            FieldSpec("note", say("Note"), wide=True),
        ],
    )  # fmt: skip
    if known.checks:
        last = known.checks[0]
        form.set_values({"seen": last.seen, "place": last.place, "wording": last.wording})

    def work(store: Store, given: Mapping[str, str]) -> tuple[int, Changes]:
        return check_disclosure(store, post_id, NewCheck(Seen(given["seen"]), given["place"], given["wording"],
                                                         note=given["note"]))  # fmt: skip

    FormDialog(
        desk,
        parent,
        say("How does it tell of the gift?"),
        form,
        say("Note it"),
        work,
        text=say("{note} Not legal advice.", note=desk.words.named(known.note, "disclosure")),
        told=say("Noted how a post tells of the gift"),
    )
