"""What an operation changed: the one value that crosses from the services to whoever shows the data."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: Above this many rows of one table a reader is told to reload instead of being given ids.
MAX_IDS = 500


class Op(enum.StrEnum):
    """One kind of write that a user asks for; `outreach.wording` names it, as in "Undo Add person"."""

    ADD_PERSON = "add_person"
    EDIT_PERSON = "edit_person"
    MERGE_PEOPLE = "merge_people"
    FORGET_PERSON = "forget_person"
    SUPPRESS = "suppress"
    SAVE_ADDRESS = "save_address"
    ADD_NOTE = "add_note"
    REMOVE_NOTE = "remove_note"
    ADD_DOCUMENT = "add_document"
    REMOVE_DOCUMENT = "remove_document"
    CHANGE_ROSTER = "change_roster"
    CHANGE_PEOPLE = "change_people"
    KEEP_PEOPLE = "keep_people"
    NOT_SAME = "not_same"
    NOTE_TASTE = "note_taste"
    REMOVE_TASTE = "remove_taste"
    SAVE_POLICY = "save_policy"
    LOAD_CODES = "load_codes"
    ADD_ITEM = "add_item"
    EDIT_ITEM = "edit_item"
    EDIT_CLIENT = "edit_client"
    MOVE_STOCK = "move_stock"
    EDIT_EDITION = "edit_edition"
    ADD_CODES = "add_codes"
    GIVE_CODES = "give_codes"
    SET_COVER = "set_cover"
    PLAN_GIFTS = "plan_gifts"
    MOVE_GIFTS = "move_gifts"
    ADD_OUTCOME = "add_outcome"
    HOPE_LONGER = "hope_longer"
    CREATE_SHIPMENTS = "create_shipments"
    TRACK_SHIPMENT = "track_shipment"
    DELIVER_SHIPMENTS = "deliver_shipments"
    RETURN_SHIPMENTS = "return_shipments"
    NOTE_POSTAGE = "note_postage"
    ADD_INSERT = "add_insert"
    EDIT_INSERT = "edit_insert"
    COUNT_INSERTS = "count_inserts"
    PUT_INSERTS = "put_inserts"
    SIGN_GIFTS = "sign_gifts"
    REPLACE_SHIPMENT = "replace_shipment"
    BOOK_TRACKING = "book_tracking"
    ADD_POST = "add_post"
    FOLLOW_FEED = "follow_feed"
    CHANGE_FEED = "change_feed"
    FORGET_FEED = "forget_feed"
    FIND_POSTS = "find_posts"
    NOT_ABOUT_US = "not_about_us"
    CONFIRM_POST = "confirm_post"
    ASK_PERMISSION = "ask_permission"
    NOTE_PERMISSION = "note_permission"
    NOTE_USE = "note_use"
    KEEP_QUOTE = "keep_quote"
    CHECK_DISCLOSURE = "check_disclosure"
    ASK_DISCLOSURE = "ask_disclosure"
    THANK = "thank"
    EDIT_POST = "edit_post"
    REMOVE_POST = "remove_post"
    NOTE_COUNTS = "note_counts"
    KEEP_STORY = "keep_story"
    CHANGE_DEAL = "change_deal"
    START_CLUB = "start_club"
    EDIT_CLUB = "edit_club"
    OFFER_AUTHOR = "offer_author"
    NOTE_HOURS = "note_hours"
    COUNT_MEMBERS = "count_members"
    JOIN_CLUB = "join_club"
    PLAN_SESSION = "plan_session"
    PLAN_READING = "plan_reading"
    ASK_QUESTION = "ask_question"
    NOTE_CLUB_COPIES = "note_club_copies"
    LINK_CLUB_POST = "link_club_post"
    PLAN_EVENT = "plan_event"
    REMOVE_EVENT = "remove_event"
    NOTE_SALES = "note_sales"
    SAVE_VENUE = "save_venue"
    REMOVE_VENUE = "remove_venue"
    NOTE_HAUNTS = "note_haunts"
    NOTE_REFERRAL = "note_referral"
    SAVE_PROGRAMME = "save_programme"
    SET_CRITERIA = "set_criteria"
    PLAN_SEASON = "plan_season"
    CHANGE_MEMBERS = "change_members"
    NOTE_REWARD = "note_reward"
    NOTE_NUMBERS = "note_numbers"
    SEND_SHIPMENTS = "send_shipments"
    APPROVE_LETTERS = "approve_letters"
    DRAFT_LETTERS = "draft_letters"
    SEND_LETTERS = "send_letters"
    FETCH_MAIL = "fetch_mail"
    NOTE_REPLY = "note_reply"
    SAVE_TEMPLATE = "save_template"
    KEEP_FACT = "keep_fact"
    ATTACH_FILE = "attach_file"
    DETACH_FILE = "detach_file"
    IMPORT = "import"
    REMEMBER_SHEET = "remember_sheet"
    TAKE_BACK_IMPORT = "take_back_import"
    QUICK_LOG = "quick_log"
    ASK_AGAIN = "ask_again"
    CHANGE_SETTINGS = "change_settings"
    ADD_SALES_CODE = "add_sales_code"
    LOG_SALE = "log_sale"
    IMPORT_SALES = "import_sales"
    NOTE_RATE = "note_rate"
    SAVE_VIEW = "save_view"
    RENAME_VIEW = "rename_view"
    DELETE_VIEW = "delete_view"
    ADD_CAMPAIGN = "add_campaign"
    EDIT_CAMPAIGN = "edit_campaign"
    TAKE_FROM_CAMPAIGN = "take_from_campaign"
    CHANGE_GOAL = "change_goal"
    CHANGE_BUDGET = "change_budget"
    CHANGE_STEPS = "change_steps"
    SHOW_ROSTER = "show_roster"
    READ_ANSWERS = "read_answers"
    FILL_SAMPLE = "fill_sample"


@dataclass(frozen=True, slots=True)
class Changes:
    """The tables and rows that one committed operation touched.

    Attributes:
        op: The operation, None where nothing was written.
        rows: By table name the ids touched, or None when there were more than `MAX_IDS` and a view should reload.
        count: How many rows were touched in all.
    """

    op: Op | None = None
    rows: Mapping[str, frozenset[int] | None] = field(default_factory=dict)
    count: int = 0

    def touches(self, *tables: str) -> bool:
        """Whether any of these tables was written."""
        return any(table in self.rows for table in tables)

    def __bool__(self) -> bool:
        return bool(self.rows)


def together(several: Sequence[Changes]) -> Changes:
    """What several operations changed, as if they were the last one of them."""
    rows: dict[str, frozenset[int] | None] = {}
    for changes in several:
        for table, ids in changes.rows.items():
            known = rows.get(table, frozenset())
            both = None if ids is None or known is None else known | ids
            rows[table] = both if both is None or len(both) <= MAX_IDS else None
    op = next((changes.op for changes in reversed(several) if changes), None)
    return Changes(op, rows, sum(changes.count for changes in several))
