"""The words for a gift: how far it has come, what was agreed, what came of it, and what people see of that."""

from enum import StrEnum


class GiftState(StrEnum):
    """How far a gift has come; what came of it are outcomes, never states."""

    CONSIDERED = "considered"
    CHOSEN = "chosen"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SENT = "sent"
    DELIVERED = "delivered"
    CLOSED_QUIET = "closed_quiet"


class Deal(StrEnum):
    """What was agreed. The three are never added together."""

    GIFT = "gift"
    IN_KIND = "in_kind"
    PAID = "paid"


class Obliges(StrEnum):
    """What a gift depends on; with one of these it is no gift without obligation, whatever it is called."""

    NOTHING = ""
    POSTING = "posting"
    APPROVAL = "approval"


class Stage(StrEnum):
    """What people see of a gift; delivered gifts are one of the last three."""

    PLANNED = "chosen"
    PITCHED = "asked"
    ACCEPTED = "accepted"
    SHIPPED = "sent"
    POSTED = "posted"
    READING = "reading"
    QUIET = "quiet"
    NOT_THIS_TIME = "declined"


class OutcomeKind(StrEnum):
    """What can come of a gift."""

    THANKED = "thanked"
    STARTED = "started"
    FINISHED = "finished"
    DID_NOT_FINISH = "did_not_finish"
    PASSED_ON = "passed_on"
    POSTED = "posted"
    CLUB_STARTED = "club_started"
    MET_AUTHOR = "met_author"
    BOUGHT = "bought"
    ENJOYED = "enjoyed"


#: Outcomes that end the reading without a post: quiet is as good an ending as any.
ENDINGS = (OutcomeKind.DID_NOT_FINISH, OutcomeKind.PASSED_ON)
