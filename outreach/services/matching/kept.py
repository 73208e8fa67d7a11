"""What a match was made of, kept between matches: a dial reads nothing anew, a change renews one person's row."""

from datetime import date
from typing import TYPE_CHECKING

from outreach.changes import Changes
from outreach.services.matching.renewing import people_of, renew_all
from outreach.store.database import Store

if TYPE_CHECKING:
    from outreach.services.matching.ranking import Board

#: Tables that the match does not read, or reads each time.
_UNREAD = frozenset({
    "gift_step", "campaign", "shipment", "shipment_gift", "mailing", "stock_movement", "edition", "suppression",
    "person_tag", "workspace_setting", "letter_template", "alias", "headcount", "allocation_round",
    "allocation_line", "taste_evidence", "address", "email_address", "account", "audience_reading", "review_policy",
    "import_batch", "policy_rule", "other_role", "account_alias", "consent", "person_look", "audience_share",
    "person_note", "person_document", "roster", "roster_member", "not_same", "outbox", "reply", "bounce", "kept_fact",
    "campaign_item", "goal", "budget_line", "expense", "campaign_step", "roster_answer", "sales_code", "sale",
    "exchange_rate", "attachment", "sheet_shape", "edition_code", "client", "parcel_insert", "shipment_insert",
    "insert_movement", "feed", "found_post", "permission", "permission_use", "quote", "disclosure_check",
    "author_offer", "author_slot", "venue", "milestone", "club_session", "club_question", "club_member", "join_request",
    "club_copies", "club_post", "event", "event_sale", "haunt", "programme", "programme_criterion", "programme_season",
    "programme_member", "programme_reward",
})  # fmt: skip


class Kept:
    """The board of a window. Changes are noted as they happen, and taken in when it is next asked for."""

    def __init__(self) -> None:
        self._board: Board | None = None
        self._day: date | None = None
        self._pending: list[Changes] = []

    def note(self, changes: Changes) -> None:
        """Something was written."""
        self._pending.append(changes)

    def board(self, store: Store) -> "Board":
        """The board as the tables now are: as it was, with some rows renewed, or read anew."""
        from outreach.services.matching.ranking import board

        pending, self._pending = self._pending, []
        people = [self._people(changes) for changes in pending]
        on, self._board = self._board, None
        if on is None or self._day != store.today() or None in people:
            on = board(store)
        elif pending:
            on = self._renewed(store, on, {each for some in people if some is not None for each in some})
        self._board, self._day = on, store.today()
        return on

    @staticmethod
    def _renewed(store: Store, on: "Board", people: set[int]) -> "Board":
        from outreach.services.matching.context import context
        from outreach.services.matching.ranking import Board, board

        return Board(on.built, context(store.today())) if renew_all(on.built, people) else board(store)

    @staticmethod
    def _people(changes: Changes) -> set[int] | None:
        """Whom a change is about; None where that cannot be told, as of rows that are gone."""
        return people_of({table: ids for table, ids in changes.rows.items() if table not in _UNREAD})
