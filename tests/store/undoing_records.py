"""Someone who does at random what is kept of people and titles beside: records, tastes, policies, codes, rosters."""

from collections.abc import Callable
from pathlib import Path

from outreach.changes import Op
from outreach.services.catalogue import catalogue, codes, covers, editions, stock
from outreach.services.drafting import attachments
from outreach.services.drafting import filling as letter_filling
from outreach.services.importing import shapes
from outreach.services.mail import replies
from outreach.services.matching import allocation
from outreach.services.matching.allocating import Missed
from outreach.services.people import (
    accounts,
    addresses,
    audience,
    bulk,
    consent,
    documents,
    duplicates,
    notes,
    retention,
    roles,
    rosters,
    words_on,
)
from outreach.services.people.people import Polarity, Side, TasteKind
from outreach.services.policies import card
from outreach.services.tastes import editing
from outreach.services.workspaces import data_rules
from outreach.store.models import (
    Account,
    Address,
    Attachment,
    AudienceShare,
    Edition,
    EditionCode,
    EmailAddress,
    Gift,
    Item,
    Person,
    PersonDocument,
    PersonNote,
    Reply,
    ReviewPolicy,
    Roster,
    TasteNote,
)
from tests.store.undoing_campaigns import Planner

KINDS = ("made_up_list", "people", "catalogue")
GENRES = ("crime", "poetry", "fantasy")
WORDS = ("slow burn", "found family", "folklore")


class Keeper(Planner):
    """A user who also keeps records; she tries hard to find a row that a thing can be done to."""

    def acts(self) -> list[Callable[[], object]]:
        return [
            *super().acts(), self.role, self.told, self.share, self.unshare, self.look, self.tag, self.introduce,
            self.account, self.rename_account, self.drop_account, self.email, self.first_email, self.drop_email,
            self.old_address, self.confirm, self.drop_address, self.let_go, self.keep, self.note, self.drop_note,
            self.document, self.drop_document, self.roster, self.off_roster, self.many, self.not_same,
            self.taste, self.turn_taste, self.drop_taste, self.policy,
            self.drop_policy, self.edition, self.edit_edition, self.codes, self.hand_out, self.cover, self.parts,
            self.count, self.rule, self.shape, self.forget_shape, self.share_out,
            self.fact, self.attach, self.detach, self.answered, *self.acts_on_extras(), *self.acts_on_posts(),
            *self.acts_on_rights(),
            *self.acts_on_feeds(), *self.acts_on_clubs(), *self.acts_on_programmes(), *self.acts_on_campaigns(),
        ]  # fmt: skip

    def any(self, *of: str) -> str:
        return self.random.choice(of)

    def role(self) -> object:
        return roles.set_roles(self.store, self.some(Person), [self.text(), self.any("author", "librarian")])

    def told(self) -> object:
        """Where she was found, and on what ground she is written to."""
        day = self.any("2026-01-31", "2025-08-01", "")
        ground = self.any(*consent.bases())
        values = {"source": self.text(), "found_on": day, "basis": ground, "no_pitch": self.any("", "yes", "no")}
        return consent.save_consent(self.store, self.some(Person), values)

    def share(self) -> object:
        new = audience.NewShare("age", self.any("18 to 24", "25 to 34"), self.any("", "12.5", "40 %"), self.text())
        return audience.add_share(self.store, self.some(Person), new)

    def unshare(self) -> object:
        return audience.remove_share(self.store, self.some(AudienceShare))

    def look(self) -> object:
        kind = self.any(*words_on.LOOKS)
        return words_on.set_looks(self.store, self.some(Person), kind, [self.text(), self.any(*WORDS)])

    def tag(self) -> object:
        return words_on.set_tags(self.store, self.some(Person), [self.text(), self.any(*WORDS)])

    def introduce(self) -> object:
        by = self.some(Person) if self.random.random() < 0.8 else None
        return words_on.set_introduced_by(self.store, self.some(Person), by)

    def account(self) -> object:
        self.number += 1
        news = accounts.AccountNews(f"tiktok:t{self.number}", self.any("", "18.4k"), alias=f"o{self.number}")
        return accounts.save_account(self.store, self.some(Person), news)

    def rename_account(self) -> object:
        self.number += 1
        account = Account.get_by_id(self.some(Account))
        news = accounts.AccountNews(f"{account.platform}:n{self.number}", alias=account.handle)
        return accounts.save_account(self.store, account.person_id, news)

    def drop_account(self) -> object:
        return accounts.remove_account(self.store, self.some(Account))

    def email(self) -> object:
        self.number += 1
        return accounts.save_email(self.store, self.some(Person), f"e{self.number}@example.org")

    def first_email(self) -> object:
        return accounts.use_email(self.store, self.some(EmailAddress, EmailAddress.position > 0))

    def drop_email(self) -> object:
        """One beside the first, so that there stay people who can be written to."""
        return accounts.remove_email(self.store, self.some(EmailAddress, EmailAddress.position > 0))

    def old_address(self) -> object:
        return addresses.use_address(self.store, self.some(Address, Address.is_current == 0))

    def confirm(self) -> object:
        return addresses.confirm_address(self.store, self.some(Address, Address.confirmed_on.is_null()))

    def drop_address(self) -> object:
        return addresses.remove_address(self.store, self.some(Address, Address.is_current == 0))

    def let_go(self) -> object:
        return retention.drop_addresses(self.store, [self.some(Address, Address.is_current == 0)])

    def keep(self) -> object:
        return retention.keep_people(self.store, [self.some(Person, Person.kept_on.is_null())])

    def note(self) -> object:
        return notes.add_note(self.store, self.some(Person), self.text(), on=self.any("", "2026-03-04"))

    def drop_note(self) -> object:
        return notes.remove_note(self.store, self.some(PersonNote))

    def document(self) -> object:
        """A file of ours, or the address of a page."""
        kit = self.store.folder.parent / "kit.txt"
        kit.write_text(self.text(), encoding="utf-8")
        source = self.any(str(kit), "https://example.org/kit")
        return documents.keep_document(self.store, self.some(Person), source, note=self.text())

    def drop_document(self) -> object:
        return documents.remove_document(self.store, self.some(PersonDocument))

    def roster(self) -> object:
        return rosters.put_on_roster(self.store, self.text(), [self.some(Person), self.some(Person)])

    def off_roster(self) -> object:
        name = Roster.get_by_id(self.some(Roster)).name
        return rosters.take_off_roster(self.store, name, [self.some(Person), self.some(Person)])

    def many(self) -> object:
        """Tags, owner, roster and archive of several people at once."""
        change = bulk.BulkChange(
            add_tags=(self.text(),), drop_tags=(self.any(*WORDS),), owner=self.any("", "-", "HO"),
            on_roster=self.any("", "Spring"), archive=self.random.choice([None, None, True, False]),
        )  # fmt: skip
        return bulk.change_people(self.store, [self.some(Person), self.some(Person)], change)

    def not_same(self) -> object:
        return duplicates.say_not_same(self.store, self.some(Person), self.some(Person))

    def taste(self) -> object:
        kind, subject = self.random.choice(
            [(TasteKind.GENRE, self.any(*GENRES)), (TasteKind.TROPE, self.any(*WORDS)), (TasteKind.MOOD, self.text())]
        )
        new = editing.NewTaste(
            kind, subject, self.random.choice(list(Polarity)), self.random.choice(list(Side)),
            self.random.random(), self.text(), self.any("", "https://example.org/a"),
        )  # fmt: skip
        return editing.note_taste(self.store, self.some(Person), new)

    def turn_taste(self) -> object:
        taste, turned = self.some(TasteNote), self.random.choice(list(Polarity))
        return editing.revise_taste(self.store, taste, turned, self.random.random(), text=self.text())

    def drop_taste(self) -> object:
        return editing.remove_taste(self.store, self.some(TasteNote))

    def policy(self) -> object:
        """A card, which takes the place of the one before; few are closed, so that gifts go on."""
        rules = tuple(card.Rule("genre", genre, self.random.random() < 0.8, self.text()) for genre in GENRES)
        new = card.Card(
            is_open=self.random.choice([None, True, True, False]), weeks=self.random.choice([None, 6]),
            rules=rules, text=self.text(),
        )  # fmt: skip
        return card.save_card(self.store, self.some(Person), new)

    def drop_policy(self) -> object:
        policy = ReviewPolicy.get_by_id(self.some(ReviewPolicy))
        return card.remove_card(self.store, policy.person_id)

    def edition(self) -> object:
        new = editions.NewEdition(editions.EditionFormat.EBOOK, variant=self.text())
        return catalogue.add_edition(self.store, self.some(Item), new)

    def edit_edition(self) -> object:
        values = {"price": self.any("", "12.99 GBP"), "pages": self.any("", "320"), "variant": self.text()}
        return editions.edit_edition(self.store, self.some(Edition), values)

    def codes(self) -> object:
        """Three codes, which make the edition's copies."""
        self.number += 1
        listed = "\n".join(f"{self.number}-{letter},{self.any('', '2027-03-04')}" for letter in "ABC")
        return codes.add_codes(self.store, self.some(Edition), listed)

    def hand_out(self) -> object:
        code = EditionCode.get_by_id(self.some(EditionCode, EditionCode.given_on.is_null()))
        waits = (Gift.state == "accepted") & (Gift.item == code.edition.item_id)
        return codes.hand_out(self.store, [self.some(Gift, waits)])

    def cover(self) -> object:
        """Its file was kept before, and stays whether or not this is undone."""
        self.number += 1
        return covers.set_cover(self.store, self.some(Item), self.any("", f"{self.number:064x}.jpg"))

    def parts(self) -> object:
        """All that a title has beside its columns, with a client."""
        values = {
            "client": self.text(), "keywords": f"{self.any(*WORDS)}; {self.text()}",
            "comps": f"{self.text()} / Ann Rook", "subjects": f"thema YFH {self.any(*WORDS)}\nbisac FIC009030",
            "contributors": f"Ann Rook | {self.any(*WORDS)}\nB06: Otto Finch",
        }  # fmt: skip
        return catalogue.edit_item(self.store, self.some(Item), values)

    def count(self) -> object:
        return stock.count_stock(self.store, self.some(Edition), self.random.randint(0, 12))

    def rule(self) -> object:
        return data_rules.change_rule(self.store, self.any(*data_rules.LIMITS), self.any("", "7", "300000"))

    def shape(self) -> object:
        return shapes.remember_shape(
            self.store, self.any(*KINDS), [self.text()], {self.text(): "name"}, {"name": "keep"}
        )

    def forget_shape(self) -> object:
        return shapes.forget_shape(self.store, self.any(*KINDS), [self.text()])

    def share_out(self) -> object:
        """A round of one copy, which somebody gets and somebody else misses."""
        gets, misses = self.some(Person), self.some(Person)
        shared = allocation.Shared((gets,), {} if misses == gets else {misses: Missed.OVERRULED}, 2)
        sharing = allocation.Sharing(1, put_on=(gets,), taken_off=frozenset({misses}) - {gets})
        return allocation.keep(self.store, allocation.Round(self.some(Item), None, shared, sharing, self.text()))

    def fact(self) -> object:
        """What a letter lacked, filled in once."""
        self.number += 1
        name = self.any("person.city", "book.format")
        return letter_filling.keep_fact(self.store, name, f"Said {self.number}", self.some(Person), self.some(Item))

    def attach(self) -> object:
        whom = self.random.choice([None, self.some(Person)])
        return attachments.attach(self.store, self.some(Item), self._file(), kind="pitch", person_id=whom)

    def detach(self) -> object:
        return attachments.detach(self.store, self.some(Attachment))

    def _file(self) -> Path:
        path = self.store.folder.parent / "sheet.pdf"
        path.write_bytes(b"%PDF-1.4 " + self.text().encode())
        return path

    def answered(self) -> object:
        """An answer that came, and what somebody read in it."""
        self.number += 1
        with self.store.operation(Op.NOTE_REPLY):
            made = Reply.create(
                person=self.some(Person), message_id=f"<{self.number}@x.example>", received_at=self.store.now()
            )
        outcome = replies.ReplyOutcome(self.any("confirmed", "pending", "passed", "wrong_person"))
        return replies.note_reply(self.store, made.id, outcome, self.text())
