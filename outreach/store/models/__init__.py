"""The tables of a workspace, parents before children."""

from outreach.store.models.base import Table, database
from outreach.store.models.catalogue import (
    Client,
    CompTitle,
    Contributor,
    Edition,
    Item,
    ItemGenre,
    Keyword,
    SubjectCode,
)
from outreach.store.models.gifts import (
    Alias,
    Campaign,
    Club,
    EditionCode,
    Gift,
    GiftStep,
    Headcount,
    Mailing,
    Outcome,
    Post,
    Shipment,
    ShipmentGift,
    StockMovement,
)
from outreach.store.models.imports import (
    ImportBatch,
    ImportInsert,
    ImportNote,
    ImportUpdate,
    SheetShape,
    WorkspaceSetting,
)
from outreach.store.models.inserts import Insert, InsertMovement, ShipmentInsert
from outreach.store.models.letters import KeptFact, Letter, LetterTemplate
from outreach.store.models.mail import Bounce, Outbox, Reply
from outreach.store.models.matches import AllocationLine, AllocationRound
from outreach.store.models.people import (
    Account,
    AccountAlias,
    Address,
    AudienceReading,
    EmailAddress,
    ExternalId,
    OtherRole,
    Person,
    PersonTag,
    ReviewPolicy,
    Suppression,
    TasteNote,
)
from outreach.store.models.posts import PostReading, Snapshot
from outreach.store.models.records import (
    AudienceShare,
    Consent,
    NotSame,
    PersonDocument,
    PersonLook,
    PersonNote,
    Roster,
    RosterMember,
)
from outreach.store.models.tastes import PolicyRule, Reading, ReadingSubject, SubjectHeading, TasteEvidence

TABLES: tuple[type[Table], ...] = (
    WorkspaceSetting, Person, EmailAddress, Account, AudienceReading, ExternalId, Address, PersonTag, TasteNote,
    ReviewPolicy, Suppression, Client, Item, Contributor, Edition, SubjectCode, ItemGenre, Keyword, CompTitle, Campaign,
    Gift, EditionCode, GiftStep, Mailing, Shipment, ShipmentGift, StockMovement, Insert, ShipmentInsert, InsertMovement,
    Post, PostReading, Snapshot, Outcome, Reading, ReadingSubject, TasteEvidence, PolicyRule, SubjectHeading, Club,
    Headcount, Alias, LetterTemplate, KeptFact, Letter, Outbox, Reply, Bounce, ImportBatch, ImportNote, ImportInsert,
    ImportUpdate, AllocationRound, AllocationLine, SheetShape, OtherRole, AccountAlias, Consent, PersonLook,
    AudienceShare, PersonNote, PersonDocument, Roster, RosterMember, NotSame,
)  # fmt: skip

__all__ = [
    "TABLES", "Account", "AccountAlias", "Address", "Alias", "AllocationLine", "AllocationRound", "AudienceReading",
    "AudienceShare", "Bounce", "Campaign", "Client", "Club", "CompTitle", "Consent", "Contributor", "Edition",
    "EditionCode", "EmailAddress", "ExternalId", "Gift", "GiftStep", "Headcount", "ImportBatch", "ImportInsert",
    "ImportNote", "ImportUpdate", "Insert", "InsertMovement", "Item", "ItemGenre", "KeptFact", "Keyword", "Letter",
    "LetterTemplate", "Mailing", "NotSame", "OtherRole", "Outbox", "Outcome", "Person", "PersonDocument", "PersonLook",
    "PersonNote", "PersonTag", "PolicyRule", "Post", "PostReading", "Reading", "ReadingSubject", "Reply",
    "ReviewPolicy", "Roster", "RosterMember", "SheetShape", "Shipment", "ShipmentGift", "ShipmentInsert", "Snapshot",
    "StockMovement", "SubjectCode", "SubjectHeading", "Suppression", "Table", "TasteEvidence", "TasteNote",
    "WorkspaceSetting", "database",
]  # fmt: skip
