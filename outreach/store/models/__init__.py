"""The tables of a workspace, parents before children."""

from outreach.store.models.base import Table, database
from outreach.store.models.campaigns import (
    BudgetLine,
    CampaignItem,
    CampaignStep,
    ExchangeRate,
    Expense,
    Goal,
    RosterAnswer,
    Sale,
    SalesCode,
)
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
from outreach.store.models.clubs import (
    AuthorOffer,
    AuthorSlot,
    Club,
    ClubCopies,
    ClubMember,
    ClubPost,
    ClubQuestion,
    ClubSession,
    Event,
    EventSale,
    Haunt,
    Headcount,
    JoinRequest,
    Milestone,
    Venue,
)
from outreach.store.models.feeds import Feed, FoundPost
from outreach.store.models.gifts import (
    Alias,
    Campaign,
    EditionCode,
    Gift,
    GiftStep,
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
from outreach.store.models.letters import Attachment, KeptFact, Letter, LetterTemplate
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
from outreach.store.models.programmes import (
    Programme,
    ProgrammeCriterion,
    ProgrammeMember,
    ProgrammeReward,
    ProgrammeSeason,
)
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
from outreach.store.models.rights import DisclosureCheck, Permission, PermissionUse, Quote
from outreach.store.models.tastes import PolicyRule, Reading, ReadingSubject, SubjectHeading, TasteEvidence

TABLES: tuple[type[Table], ...] = (
    WorkspaceSetting, Person, EmailAddress, Account, AudienceReading, ExternalId, Address, PersonTag, TasteNote,
    ReviewPolicy, Suppression, Client, Item, Contributor, Edition, SubjectCode, ItemGenre, Keyword, CompTitle,
    Campaign, Gift, EditionCode, GiftStep, Mailing, Shipment, ShipmentGift, StockMovement, Insert, ShipmentInsert,
    InsertMovement, Post, PostReading, Snapshot, Outcome, Reading, ReadingSubject, TasteEvidence, PolicyRule,
    SubjectHeading, Club, Headcount, Alias, LetterTemplate, KeptFact, Letter, Attachment, Permission, PermissionUse,
    Quote, DisclosureCheck, Outbox, Reply, Bounce, ImportBatch, ImportNote, ImportInsert, ImportUpdate,
    AllocationRound, AllocationLine, SheetShape, OtherRole, AccountAlias, Consent, PersonLook, AudienceShare,
    PersonNote, PersonDocument, Roster, RosterMember, NotSame, Feed, FoundPost, CampaignItem, Goal, BudgetLine,
    Expense, CampaignStep, RosterAnswer, SalesCode, Sale, ExchangeRate, AuthorOffer, AuthorSlot, Venue, Milestone,
    ClubSession, ClubQuestion, ClubMember, JoinRequest, ClubCopies, ClubPost, Event, EventSale, Haunt,
    Programme, ProgrammeCriterion, ProgrammeSeason, ProgrammeMember, ProgrammeReward,
)  # fmt: skip

__all__ = [
    "TABLES", "Account", "AccountAlias", "Address", "Alias", "AllocationLine", "AllocationRound", "Attachment",
    "AudienceReading", "AudienceShare", "AuthorOffer", "AuthorSlot", "Bounce", "BudgetLine", "Campaign",
    "CampaignItem", "CampaignStep", "Client", "Club", "ClubCopies", "ClubMember", "ClubPost", "ClubQuestion",
    "ClubSession", "CompTitle", "Consent", "Contributor", "DisclosureCheck", "Edition", "EditionCode", "EmailAddress",
    "Event", "EventSale", "ExchangeRate", "Expense", "ExternalId", "Feed", "FoundPost", "Gift", "GiftStep", "Goal",
    "Haunt", "Headcount", "ImportBatch", "ImportInsert", "ImportNote", "ImportUpdate", "Insert", "InsertMovement",
    "Item", "ItemGenre", "JoinRequest", "KeptFact", "Keyword", "Letter", "LetterTemplate", "Mailing", "Milestone",
    "NotSame", "OtherRole", "Outbox", "Outcome", "Permission", "PermissionUse", "Person", "PersonDocument",
    "PersonLook", "PersonNote", "PersonTag", "PolicyRule", "Post", "PostReading", "Programme", "ProgrammeCriterion",
    "ProgrammeMember", "ProgrammeReward", "ProgrammeSeason", "Quote", "Reading", "ReadingSubject", "Reply",
    "ReviewPolicy", "Roster", "RosterAnswer", "RosterMember", "Sale", "SalesCode",
    "SheetShape", "Shipment", "ShipmentGift", "ShipmentInsert", "Snapshot", "StockMovement", "SubjectCode",
    "SubjectHeading", "Suppression", "Table", "TasteEvidence", "TasteNote", "Venue", "WorkspaceSetting", "database",
]  # fmt: skip
