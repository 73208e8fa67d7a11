"""What a sample workspace holds: plain values, in the shape of the tables, that refer to each other by place in a list.

Days are ISO text. Codes are those that the tables store.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleEvidence:
    """The post, quote or remark behind a taste."""

    kind: str
    text: str
    url: str
    seen_on: str


@dataclass(frozen=True, slots=True)
class SampleTaste:
    """A like, a dislike or a limit, of the person or of the audience; the subject of a genre is its code."""

    side: str
    polarity: str
    kind: str
    subject: str
    strength: float
    evidence: tuple[SampleEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """A name on a platform, with a follower count where one was read."""

    platform: str
    handle: str
    followers: int | None


@dataclass(frozen=True, slots=True)
class SampleAddress:
    """Where parcels go; the country is an ISO 3166 code."""

    deliver_to: str
    line1: str
    line2: str
    city: str
    region: str
    postcode: str
    country: str
    confirmed_on: str | None


@dataclass(frozen=True, slots=True)
class SamplePolicy:
    """What a person says she accepts."""

    is_open: bool
    text: str


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Anyone we may give something to."""

    name: str
    given_name: str
    family_name: str
    greeting: str
    role: str
    organisation: str
    job_title: str
    language: str
    country: str
    notes: str
    how_known: str
    emails: tuple[str, ...]
    accounts: tuple[SampleAccount, ...]
    address: SampleAddress | None
    tags: tuple[str, ...]
    tastes: tuple[SampleTaste, ...]
    policy: SamplePolicy | None
    suppressed: bool


@dataclass(frozen=True, slots=True)
class SampleEdition:
    """One format of an item. A book has an ISBN, a product a GTIN.

    Attributes:
        received: Copies that came in; never fewer than were sent or promised.
        cost_minor: What a copy costs the house.
        codes: Of a form that travels as a link or a code, those that can be handed out.
    """

    format: str
    kind: str
    isbn13: str | None
    gtin: str | None
    price_minor: int | None
    currency: str
    pages: int | None
    received: int
    cost_minor: int | None = None
    cost_currency: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleItem:
    """A book, or a product that goes with one.

    Attributes:
        genres: Codes, with their weight relative to the strongest.
        comps: Title and author of older books of ours.
        about: What is known of the author.
    """

    kind: str
    title: str
    subtitle: str
    author: str
    imprint: str
    publisher: str
    hook: str
    description: str
    pub_date: str
    series: str
    language: str
    genres: tuple[tuple[str, float], ...]
    keywords: tuple[str, ...]
    comps: tuple[tuple[str, str], ...]
    editions: tuple[SampleEdition, ...]
    review_embargo: str | None
    client: str = ""
    series_number: str = ""
    reading_age: str = ""
    content_notes: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class SampleCampaign:
    """A time-boxed effort for one item."""

    name: str
    item: int
    starts_on: str
    ends_on: str
    notes: str


@dataclass(frozen=True, slots=True)
class SampleGift:
    """One item for one person.

    Attributes:
        steps: The states it came to, with the day of each; the last one is its state.
    """

    person: int
    item: int
    edition: int
    campaign: int | None
    deal: str
    state: str
    why: str
    state_on: str
    sent_on: str | None
    delivered_on: str | None
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SampleShipment:
    """The parcel of a gift, to the address that its person has."""

    gift: int
    carrier: str
    tracking_number: str
    sent_on: str
    delivered_on: str | None


@dataclass(frozen=True, slots=True)
class SamplePost:
    """A mention of an item, with an address where it was made on a platform."""

    person: int
    item: int
    gift: int | None
    kind: str
    platform: str
    handle: str
    url: str | None
    posted_on: str
    text: str
    nature: str
    nature_reason: str


@dataclass(frozen=True, slots=True)
class SampleOutcome:
    """Something that came of a gift."""

    gift: int
    kind: str
    evidence: str
    happened_on: str
    post: int | None


@dataclass(frozen=True, slots=True)
class SampleClub:
    """Readers around an item, begun by someone who was given it.

    Attributes:
        headcounts: Day and members.
    """

    name: str
    item: int
    host: int
    gift: int
    post: int
    kind: str
    state: str
    place: str
    started_on: str
    headcounts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole sample workspace.

    Attributes:
        coming: The item that is not out yet and that nobody has been given: the one to match.
    """

    people: tuple[SamplePerson, ...]
    items: tuple[SampleItem, ...]
    campaigns: tuple[SampleCampaign, ...]
    gifts: tuple[SampleGift, ...]
    shipments: tuple[SampleShipment, ...]
    posts: tuple[SamplePost, ...]
    outcomes: tuple[SampleOutcome, ...]
    clubs: tuple[SampleClub, ...]
    coming: int | None
