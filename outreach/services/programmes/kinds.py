"""The words for a programme: what sort it is, what of a person a criterion reads, how a member stands, what she got."""

from enum import StrEnum


class ProgrammeKind(StrEnum):
    """What sort of programme it is."""

    AMBASSADORS = "ambassadors"
    CAMPUS_REPS = "campus_reps"
    STREET_TEAM = "street_team"


class MemberState(StrEnum):
    """How somebody stands in a programme."""

    INVITED = "invited"
    JOINED = "joined"
    ALUMNI = "alumni"


class Reads(StrEnum):
    """What of a person a criterion reads: things that the workspace knows of her, never how many follow her."""

    AESTHETIC = "aesthetic"
    MOOD = "mood"
    AUDIENCE = "audience"
    AUDIENCE_TASTE = "audience_taste"
    TASTE = "taste"
    EXPERTISE = "expertise"
    REPUTE = "repute"
    ROLE = "role"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    LANGUAGE = "language"
    TAG = "tag"


class RewardKind(StrEnum):
    """What a member was given."""

    TOKENS = "tokens"
    SWAG = "swag"
    EARLY_ACCESS = "early_access"
    SIGNED_COPY = "signed_copy"
    VISIT = "visit"
    FEE = "fee"
    OTHER = "other"
