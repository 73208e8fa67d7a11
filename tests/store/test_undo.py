"""Undo and redo are exact, whatever was done."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import IntegrityError, TextField

from outreach.changes import MAX_IDS, Op
from outreach.jobs import Job
from outreach.services.catalogue import catalogue, subject_codes
from outreach.services.drafting import senders
from outreach.services.drafting.drafts import LetterOrder, draft_letters
from outreach.services.people import people
from outreach.services.people.forgetting import forget_person
from outreach.services.people.people import NewPerson
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.services.sample.apart import SENDER
from outreach.services.sample.fill import fill
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.journal import UNDO_LIMIT
from outreach.store.models import (
    TABLES,
    Account,
    AccountAlias,
    Alias,
    AllocationLine,
    AllocationRound,
    Attachment,
    AuthorOffer,
    AuthorSlot,
    Bounce,
    BudgetLine,
    Campaign,
    CampaignItem,
    CampaignStep,
    Club,
    ClubCopies,
    ClubMember,
    ClubPost,
    ClubQuestion,
    ClubSession,
    DisclosureCheck,
    Event,
    EventSale,
    ExchangeRate,
    Expense,
    ExternalId,
    Feed,
    FoundPost,
    Gift,
    Goal,
    Haunt,
    ImportBatch,
    ImportInsert,
    ImportNote,
    ImportUpdate,
    Insert,
    InsertMovement,
    Item,
    JoinRequest,
    KeptFact,
    Letter,
    Mailing,
    Milestone,
    NotSame,
    Outbox,
    Permission,
    PermissionUse,
    Person,
    Post,
    PostReading,
    Programme,
    ProgrammeCriterion,
    ProgrammeMember,
    ProgrammeReward,
    ProgrammeSeason,
    Quote,
    Reply,
    RosterAnswer,
    Sale,
    SalesCode,
    SheetShape,
    Shipment,
    ShipmentInsert,
    Snapshot,
    SubjectCode,
    SubjectHeading,
    Table,
    Venue,
)
from outreach.store.workspace import Opening
from tests.conftest import NOW, contents
from tests.store.undoing import State, everything
from tests.store.undoing_records import Keeper

#: Whose steps are no part of undo, and why: what cannot be taken back, and what is taken back in its own way.
APART = {
    Op.FORGET_PERSON, Op.SUPPRESS,  # promises to people
    Op.SEND_LETTERS, Op.FETCH_MAIL, Op.FIND_POSTS,  # what left the house, and what came into it
    Op.IMPORT, Op.TAKE_BACK_IMPORT, Op.FILL_SAMPLE, Op.SAVE_TEMPLATE,  # many rows at once; what a workspace begins with
}  # fmt: skip


def _act_until(store: Store, someone: Keeper, steps: int) -> list[tuple[int, State]]:
    """Act until there are so many steps to undo; after each act their number and the contents."""
    seen = [(len(store.undoable()), everything(store))]
    for _ in range(steps * 30):
        someone.act()
        number = len(store.undoable())
        if number > seen[-1][0]:
            seen.append((number, everything(store)))
        if number >= steps:
            return seen
    raise AssertionError("too few operations were possible")


#: So many acts, each with what it needs before it, leave fewer steps than are kept.
_ACTS_A_SESSION = 40

OPENING = Opening(clock=lambda: NOW, by="HO")


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000))
def test_200_random_operations_are_undone_and_redone_exactly(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    _undo_and_redo(tmp_path_factory.mktemp("undo") / "w", seed, sessions=1)


@pytest.mark.full
@pytest.mark.timeout(600)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_5000_random_operations_are_undone_and_redone_exactly(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    _undo_and_redo(tmp_path_factory.mktemp("undo") / "w", seed, sessions=2)


def test_every_operation_is_undone_and_redone_exactly(tmp_path: Path) -> None:
    """What the random ones choose from: a new operation has to be among it."""
    new_workspace(tmp_path / "w", OPENING)
    with workspace.writing(tmp_path / "w", OPENING) as store:
        someone = Keeper(store, 1)
        senders.change_sender(store, **SENDER)
        for _ in range(3):
            someone.add_person()
            someone.add_item()
    done: set[Op] = set()
    acts = someone.acts()
    for start in range(0, len(acts), _ACTS_A_SESSION):
        with workspace.writing(tmp_path / "w", OPENING) as store:
            someone.store = store
            seen = [(0, everything(store))]
            for act in acts[start : start + _ACTS_A_SESSION]:
                _until_done(someone, act)
                seen.append((len(store.undoable()), everything(store)))
            assert len(store.undoable()) < UNDO_LIMIT
            done |= set(store.undoable())
            _undo_and_redo_all(store, seen)
    with workspace.writing(tmp_path / "w", OPENING) as store:
        someone.store = store
        seen = [(0, everything(store))]
        person, _ = people.add_person(store, NewPerson("Wren", ["wren@example.org"]))
        item = someone.some(Item)
        catalogue.edit_item(store, item, {"publisher": "Finch", "pub_date": "2027-03-04", "hook": "A drowned orchard."})
        order = LetterOrder("first-pitch", item, (person,), {person: "The sea holds a grudge."})
        assert draft_letters(store, order).letters
        (tmp_path / "codes.csv").write_text("Code,Heading,Genre\nYFH,Teenage fantasy,fantasy\n", encoding="utf-8")
        assert subject_codes.load_codes(store, tmp_path / "codes.csv").items
        seen.append((len(store.undoable()), everything(store)))
        done |= set(store.undoable())
        _undo_and_redo_all(store, seen)
    assert done == set(Op) - APART


def test_every_table_is_undone_and_redone_exactly(store: Store) -> None:
    """Rows that were changed or deleted, with all that goes with them, whatever table they stand in."""
    fill(store, people=40, seed=1, job=Job())
    _add_what_the_sample_has_none_of(store)
    children_first = list(reversed(TABLES))  # with their parents they would all be gone
    half = len(children_first) // 2  # more than a hundred tables are more steps than are kept
    mark = len(store.undoable())
    for some in (children_first[:half], children_first[half:]):
        _change_and_undo(store, some)
        while len(store.undoable()) > mark:
            assert store.undo()


def _change_and_undo(store: Store, tables: Sequence[type[Table]]) -> None:
    mark, states = len(store.undoable()), [everything(store)]
    for table in tables:
        assert table.select().exists(), table
        texts = [field for field in table._meta.sorted_fields if isinstance(field, TextField) and field.null]
        change = [] if not texts else [table.update({texts[0]: "x'\ny 日本"})]
        number = len(store.undoable())
        # In one step where that is possible, since only so many are kept: some rows stay changed, others are gone.
        for parts in ([*change, table.delete()], change, [table.delete()]):
            if len(store.undoable()) == number:
                with suppress(IntegrityError), store.operation(Op.EDIT_PERSON):
                    for most, part in zip((4, 2) if len(parts) > 1 else (3,), parts, strict=False):
                        part.where(table.id.in_(list(store.ids(table.select(table.id).limit(most))))).execute()
        if len(store.undoable()) > number:
            states.append(everything(store))
        assert states[-1][table._meta.table_name] != states[0][table._meta.table_name], table
    for state in reversed(states[:-1]):
        assert store.undo()
        assert everything(store) == state
    assert len(store.undoable()) == mark
    while store.redo():
        pass
    assert everything(store) == states[-1]


def _add_what_the_sample_has_none_of(store: Store) -> None:
    person, other = list(Person.select().order_by(Person.id).limit(2))
    item = Item.select()[0]
    with store.operation(Op.EDIT_PERSON):
        ExternalId.create(person=person, source="hubspot", value="007")
        SubjectCode.create(item=item, scheme="thema", code="YFH")
        SubjectHeading.create(scheme="thema", code="YFH", heading="Teenage fantasy")
        Alias.create(key="beth", person=person)
        AccountAlias.create(account=Account.select()[0], handle="beth", key="instagram:beth")
        NotSame.create(first=person, second=other, noted_on=store.today().isoformat())
        Mailing.create(name="Thursday", created_at=store.now())
        campaign, day = Campaign.select()[0], store.today().isoformat()
        CampaignItem.get_or_create(campaign=campaign, item=item)
        Goal.create(campaign=campaign, kind="sales", target=1200, due_on=day, created_at=store.now())
        BudgetLine.create(campaign=campaign, kind="other", amount_minor=12000, currency="GBP")
        Expense.create(
            campaign=campaign, kind="events", amount_minor=900, currency="GBP", spent_on=day, created_at=store.now()
        )
        CampaignStep.create(campaign=campaign, name="Proofs go out", due_on=day)
        RosterAnswer.create(campaign=campaign, person=person, shown_on=day)
        code = SalesCode.create(code="MAYA10", code_key="maya10", person=person, created_at=store.now())
        Sale.create(sold_on=day, copies=3, sales_code=code, person=person, item=item, created_at=store.now())
        ExchangeRate.create(given="USD", wanted="GBP", rate="0.79", rated_on=day)
        swag = Insert.create(kind="swag", name="Tote bag", name_key="tote bag", item=item, created_at=store.now())
        ShipmentInsert.create(shipment=Shipment.select()[0], parcel_insert=swag)
        InsertMovement.create(parcel_insert=swag, quantity=9, reason="received", moved_on=store.today().isoformat())
        post = Post.select()[0]
        PostReading.create(post=post, read_on=store.today().isoformat(), likes=3, created_at=store.now())
        Snapshot.create(
            post=post,
            name="story.png",
            hash="a1",
            size=1,
            width=1,
            height=1,
            preview="b2",
            taken_on=store.today().isoformat(),
            created_at=store.now(),
        )
        Quote.create(post=post, text="x", passage="x", created_at=store.now())
        DisclosureCheck.create(post=post, seen="no", checked_on=store.today().isoformat(), created_at=store.now())
        leave = Permission.create(post=post, scope="paid", state="granted", created_at=store.now())
        PermissionUse.create(permission=leave, place="x", used_on=store.today().isoformat())
        feed = Feed.create(
            person=person, address="https://x.example/feed", key="x.example/feed", created_at=store.now()
        )
        FoundPost.create(feed=feed, entry_key="x", item=item, confidence="sure", found_at=store.now())
        SheetShape.create(kind="people", signature="x", saved_at=store.now())
        shared = AllocationRound.create(item=item, copies=1, made_at=store.now())
        AllocationLine.create(allocation_round=shared, person=person, is_given=1)
        counts = dict.fromkeys(("rows", "added", "updated", "unchanged", "skipped"), 1)
        batch = ImportBatch.create(
            kind="people", layout="x", file_name="x", file_hash="x", imported_at=store.now(), **counts
        )
        ImportNote.create(batch=batch, row=1, skipped=0, code="x", facts="{}")
        ImportInsert.create(batch=batch, table_name="person", first_id=1, last_id=2)
        ImportUpdate.create(batch=batch, table_name="person", row_id=1, before="{}", after="{}")
    _add_of_clubs(store, person, item)
    _add_a_programme(store, person)
    senders.change_sender(store, **SENDER)
    someone = Keeper(store, 1)
    _until_done(someone, someone.approve)
    letter = Letter.select()[0]
    with store.operation(Op.EDIT_PERSON):
        KeptFact.create(person=person, name="person.city", value="Bristol", noted_on=store.today().isoformat())
        Attachment.create(letter=letter, name="a.pdf", hash="0" * 64, size=1, added_at=store.now())
        Outbox.create(letter=letter, state="queued", queued_at=store.now(), not_before=store.now())
        Reply.create(person=person, letter=letter, message_id="<r@x.example>", received_at=store.now())
        Bounce.create(person=person, letter=letter, message_id="<b@x.example>", kind="soft", received_at=store.now())


def _add_of_clubs(store: Store, person: Person, item: Item) -> None:
    """A row of each table of clubs and events, whatever the sample holds."""
    club, day, now = Club.select()[0], store.today().isoformat(), store.now()
    when = {"starts_at": now, "minutes": 60, "zone": "UTC"}
    with store.operation(Op.EDIT_PERSON):
        free = Gift.select().where(Gift.id.not_in(AuthorOffer.select(AuthorOffer.gift)))[0]
        AuthorOffer.create(gift=free, author="A", author_key="a", state="offered", offered_on=day, state_on=day)
        slot = AuthorSlot.create(author="A", author_key="a", **when, created_at=now)
        venue = Venue.create(name="Hour", name_key="hour", kind="radio", person=person, created_at=now)
        Milestone.create(club=club, by_on="2030-01-01", reading="1 to 8")
        marks = {"created_at": now, "changed_at": now}
        session = ClubSession.create(club=club, uid="u1", state="planned", **when, author_slot=slot, **marks)
        ClubQuestion.create(club=club, club_session=session, person=person, text="Why?", asked_on=day)
        ClubMember.get_or_create(club=club, person=person, defaults={"joined_on": day})
        JoinRequest.create(club=club, person=person, asked_on=day, state="waiting")
        ClubCopies.create(club=club, kind="asked", copies=3, item=item, happened_on=day)
        ClubPost.get_or_create(post=Post.select()[0], defaults={"club": club})
        event = Event.create(name="Talk", name_key="talk", kind="talk", state="planned", uid="u2", venue=venue, **when,
                             **marks)  # fmt: skip
        EventSale.create(event=event, item=item, units=3)
        Haunt.create(item=item, reader=1, kind="reads", name="Hour", name_key="hour", told_on=day)


def _add_a_programme(store: Store, person: Person) -> None:
    """A row of each table of programmes, whatever the sample holds."""
    day = store.today().isoformat()
    with store.operation(Op.EDIT_PERSON):
        programme = Programme.create(name="X", name_key="x", kind="ambassadors", deal="paid", opened_on=day,
                                     created_at=store.now())  # fmt: skip
        ProgrammeCriterion.create(programme=programme, label="x", weight=1, reads="tag", wanted="x")
        season = ProgrammeSeason.create(programme=programme, name="X", name_key="x", starts_on=day, ends_on=day)
        member = ProgrammeMember.create(programme=programme, person=person, state="joined", invited_on=day,
                                        joined_on=day)  # fmt: skip
        ProgrammeReward.create(programme_member=member, programme_season=season, kind="swag", amount=1, given_on=day)


def _until_done(someone: Keeper, act: Callable[[], object]) -> None:
    """Try until it can be done; what it needs, such as another parcel, is made between."""
    for _ in range(8):
        if any(someone.tried(act) for _ in range(20)):
            return
        for other in (someone.plan, someone.say_yes, someone.pack, someone.join):
            someone.tried(other)
    raise AssertionError(f"{act} could not be done")


def _undo_and_redo_all(store: Store, seen: list[tuple[int, State]]) -> None:
    for number, state in reversed(seen):
        while len(store.undoable()) > number:
            assert store.undo()
        assert everything(store) == state
    assert seen[0][0] or not store.undo()
    for number, state in seen:
        while len(store.undoable()) < number:
            assert store.redo()
        assert everything(store) == state
    assert not store.redo()


def _undo_and_redo(folder: Path, seed: int, sessions: int) -> None:
    """A hundred operations a session: so many steps are kept, and the log ends with its session."""
    new_workspace(folder, OPENING)
    with workspace.writing(folder, OPENING) as store:
        senders.change_sender(store, **SENDER)
    for session in range(sessions):
        with workspace.writing(folder, OPENING) as store:
            seen = _act_until(store, Keeper(store, seed + session * 77_777), UNDO_LIMIT - 1)
            _undo_and_redo_all(store, seen)
            assert store.rows("PRAGMA foreign_key_check") == []


def test_only_the_last_hundred_steps_are_kept(store: Store) -> None:
    for number in range(UNDO_LIMIT + 5):
        people.add_person(store, NewPerson(f"Person {number}"))
    assert len(store.undoable()) == UNDO_LIMIT
    while store.undo():
        pass
    assert Person.select().count() == 5


def test_changes_name_the_rows_that_cascade(store: Store) -> None:
    person, changes = people.add_person(store, NewPerson("Maya", ["maya@example.org"], ["tiktok:maya"], ["YA"]))
    assert changes.op is Op.ADD_PERSON
    assert changes.rows == {
        "person": frozenset({person}), "email_address": frozenset({1}), "account": frozenset({1}),
        "person_tag": frozenset({1}),
    }  # fmt: skip
    assert changes.touches("account")
    assert not changes.touches("gift")


def test_changes_of_many_rows_ask_to_reload(store: Store) -> None:
    with store.operation(Op.ADD_PERSON) as written:
        rows = [
            {"name": str(n), "name_key": str(n), "sort_name": str(n), "created_at": "", "updated_at": ""}
            for n in range(MAX_IDS + 1)
        ]
        Person.insert_many(rows).execute()
    assert written.changes.rows == {"person": None}
    assert written.changes.count == MAX_IDS + 1


def test_a_failed_operation_leaves_nothing(store: Store) -> None:
    before = contents(store)
    with pytest.raises(RuntimeError, match="stop"), store.operation(Op.ADD_PERSON):
        Person.create(name="x", name_key="x", sort_name="x", created_at="", updated_at="")
        raise RuntimeError("stop")
    assert contents(store) == before
    assert not store.undoable()
    people.add_person(store, NewPerson("Maya"))
    store.undo()
    assert contents(store) == before


def test_what_cannot_be_undone_takes_the_steps_that_touch_its_rows(store: Store) -> None:
    maya, _ = people.add_person(store, NewPerson("Maya", ["maya@example.org"]))
    people.add_person(store, NewPerson("Rosa", ["rosa@example.org"]))
    people.edit_person(store, maya, {"notes": "loves the sea"})
    people.add_person(store, NewPerson("Beth"))
    forget_person(store, maya)
    assert store.undoable() == ()
    people.add_person(store, NewPerson("Kit", ["kit@example.org"]))
    suppress_keys(store, people.person_keys(people.list_people(store, "kit")[0].id), SuppressionReason.ASKED)
    assert store.undoable() == (Op.ADD_PERSON,)


def test_writing_off_the_writing_thread_is_a_mistake(folder: Path, opening: Opening) -> None:
    with workspace.reading(folder, opening) as store, pytest.raises(RuntimeError), store.operation(Op.ADD_PERSON):
        pass
