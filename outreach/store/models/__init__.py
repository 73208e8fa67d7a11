"""The tables of a workspace, parents before children."""

from outreach.store.models.base import Table, database
from outreach.store.models.catalogue import (
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
    Gift,
    GiftStep,
    Headcount,
    Mailing,
    Outcome,
    Post,
    Shipment,
    ShipmentGift,
    StockMovement,
    TasteEvidence,
)
from outreach.store.models.imports import ImportBatch, ImportInsert, ImportNote, ImportUpdate, WorkspaceSetting
from outreach.store.models.letters import KeptFact, Letter, LetterTemplate
from outreach.store.models.mail import Bounce, Outbox, Reply
from outreach.store.models.people import (
    Account,
    Address,
    AudienceReading,
    EmailAddress,
    ExternalId,
    Person,
    PersonTag,
    ReviewPolicy,
    Suppression,
    TasteNote,
)

TABLES: tuple[type[Table], ...] = (
    WorkspaceSetting, Person, EmailAddress, Account, AudienceReading, ExternalId, Address, PersonTag, TasteNote,
    ReviewPolicy, Suppression, Item, Contributor, Edition, SubjectCode, ItemGenre, Keyword, CompTitle, Campaign, Gift,
    GiftStep, Mailing, Shipment, ShipmentGift, StockMovement, Post, TasteEvidence, Outcome, Club, Headcount, Alias,
    LetterTemplate, KeptFact, Letter, Outbox, Reply, Bounce, ImportBatch, ImportNote, ImportInsert, ImportUpdate,
)  # fmt: skip

__all__ = [
    "TABLES", "Account", "Address", "Alias", "AudienceReading", "Bounce", "Campaign", "Club", "CompTitle",
    "Contributor", "Edition", "EmailAddress", "ExternalId", "Gift", "GiftStep", "Headcount", "ImportBatch",
    "ImportInsert", "ImportNote", "ImportUpdate", "Item", "ItemGenre", "KeptFact", "Keyword", "Letter",
    "LetterTemplate", "Mailing", "Outbox", "Outcome", "Person", "PersonTag", "Post", "Reply", "ReviewPolicy",
    "Shipment", "ShipmentGift", "StockMovement", "SubjectCode", "Suppression", "Table", "TasteEvidence", "TasteNote",
    "WorkspaceSetting", "database",
]  # fmt: skip
