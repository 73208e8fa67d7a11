"""Everything that can be done, in one table: menus, keys, buttons and tooltips read it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """Something that can be done.

    Attributes:
        id: Its name, by which handlers, settings and tests speak of it.
        label: What people see.
        key: Its first keys, as Qt writes them; the user may choose others (see `keymap`).
        shown: The first keys as a keycap shows them.
        single: Whether it is a single letter, which acts only while a list has the focus.
        icon: Its sign in the palette.
        aliases: Other words that people type for it.
        listed: Whether the palette offers it; moving about is not worth a line there.
        like: The action that this one is another way to.
    """

    id: str
    label: str
    key: str = ""
    shown: str = ""
    single: bool = False
    icon: str = "arrow-right"
    aliases: tuple[str, ...] = ()
    listed: bool = True
    like: str = ""


#: Place, icon, label, in the order of the rail.
PLACES = (
    ("today", "sun", "Today"),
    ("people", "users", "People"),
    ("catalogue", "library", "Catalogue"),
    ("campaigns", "flag", "Campaigns"),
    ("match", "puzzle", "Match"),
    ("letters", "feather", "Letters"),
    ("shipments", "package", "Shipments"),
    ("posts", "message-square-quote", "Posts"),
    ("clubs", "armchair", "Book clubs"),
    ("review", "chart-column", "Review"),
)

ACTIONS: dict[str, ActionSpec] = {
    spec.id: spec
    for spec in (
        ActionSpec("undo", "Undo", "Ctrl+Z", "Ctrl Z", icon="undo-2", aliases=("take back",)),
        ActionSpec("redo", "Redo", "Ctrl+Shift+Z", "Ctrl Shift Z", icon="refresh-cw"),
        ActionSpec("filter", "Filter this list", "Ctrl+F", "Ctrl F", icon="search", aliases=("search",)),
        ActionSpec("palette", "Find or do", "Ctrl+K", "Ctrl K", listed=False),
        ActionSpec("quick_log", "Quick log", "Ctrl+L", "Ctrl L", icon="plus", aliases=("note", "reply")),
        ActionSpec("import", "Import a list", "Ctrl+I", "Ctrl I", icon="download", aliases=("csv", "excel", "onix")),
        ActionSpec("dark", "Light or dark", "Ctrl+Shift+D", "Ctrl Shift D", icon="moon", aliases=("theme",)),
        ActionSpec("settings", "Settings", "Ctrl+,", "Ctrl ,", icon="settings",
                   aliases=("text size", "theme", "initials")),
        ActionSpec("sender", "You and your house", "Ctrl+Shift+Y", "Ctrl Shift Y", icon="feather",
                   aliases=("signature",)),
        ActionSpec("mail", "Mail account", icon="mail", aliases=("smtp", "imap", "gmail", "outlook", "password")),
        ActionSpec("shortcuts", "All shortcuts", "?", "?", icon="circle-help", aliases=("keys", "help")),
        ActionSpec("help", "User guide", "F1", "F1", icon="book-open", aliases=("help", "manual", "guide")),
        ActionSpec("tip", "What is this", "Shift+F1", "Shift F1", icon="info", aliases=("tooltip", "hint")),
        ActionSpec("quit", "Quit", "Ctrl+Q", "Ctrl Q", icon="x", aliases=("exit", "close")),
        ActionSpec("primary", "Go on", "Ctrl+Return", "Ctrl Enter"),
        ActionSpec("next_pane", "Next pane", "F6", "F6", listed=False),
        ActionSpec("last_pane", "Pane before", "Shift+F6", "Shift F6", listed=False),
        ActionSpec("slash", "Filter this list", "/", "/", single=True, listed=False, like="filter"),
        ActionSpec("new", "New", "N", "N", single=True, icon="plus"),
        ActionSpec("pitch", "Pitch", "P", "P", single=True, icon="feather"),
        ActionSpec("log", "Log a post", "L", "L", single=True, icon="plus"),
        ActionSpec("match", "Match", "M", "M", single=True, icon="puzzle"),
        ActionSpec("edit", "Edit", "F2", "F2", single=True, icon="pencil"),
        ActionSpec("note", "Note a call or a meeting", "Shift+L", "Shift L", single=True, icon="sticky-note",
                   aliases=("call", "meeting", "remark")),
        ActionSpec("consent", "Consent and source", icon="shield-check", aliases=("gdpr", "legal", "notice")),
        ActionSpec("more", "What else can be done", ".", ".", single=True, listed=False),
        ActionSpec("archive", "Put into the archive", "Shift+A", "Shift A", single=True, icon="library"),
        ActionSpec("change_many", "Change several people", "C", "C", single=True, icon="pencil",
                   aliases=("bulk", "tags", "roster", "owner")),
        ActionSpec("doubles", "Who may be the same person", icon="copy", aliases=("duplicates", "merge")),
        ActionSpec("let_go", "Whom to let go", icon="leaf", aliases=("retention", "forget", "old")),
        ActionSpec("tastes", "Tastes", "Shift+T", "Shift T", single=True, icon="heart", aliases=("taste", "ledger")),
        ActionSpec("policy", "Review policy", "Shift+R", "Shift R", single=True, icon="file-text",
                   aliases=("policy", "limits")),
        ActionSpec("reading", "Read a Goodreads or StoryGraph export", "Shift+G", "Shift G", single=True,
                   icon="book-marked", aliases=("goodreads", "storygraph", "shelves")),
        ActionSpec("line", "Personal line", "E", "E", single=True, icon="feather"),
        ActionSpec("openings", "Choose a personal line", "Shift+E", "Shift E", single=True, icon="feather"),
        ActionSpec("insert_fact", "Insert a fact", "Ctrl+J", "Ctrl J", icon="plus", aliases=("field", "merge")),
        ActionSpec("fetch_mail", "Fetch answers", "F7", "F7", icon="refresh-cw", aliases=("mail", "replies")),
        ActionSpec("reply_yes", "They say yes", "Y", "Y", single=True, icon="check"),
        ActionSpec("reply_thinks", "They think about it", "T", "T", single=True, icon="clock"),
        ActionSpec("reply_passed", "They pass", "P", "P", single=True, icon="minus"),
        ActionSpec("reply_not_now", "Not now", "L", "L", single=True, icon="clock"),
        ActionSpec("reply_wrong", "Wrong person", "W", "W", single=True, icon="users"),
        ActionSpec("brief", "Brief the author", "P", "P", single=True, icon="feather", aliases=("visit", "sheet")),
        ActionSpec("event_sold", "What an event sold", "S", "S", single=True, icon="tag", aliases=("sales", "takings")),
        ActionSpec("ledger", "What members were given", "R", "R", single=True, icon="gift", aliases=("reward", "swag")),
        ActionSpec("approve", "Approve, next", "A", "A", single=True, icon="check"),
        ActionSpec("ship", "Ship", "S", "S", single=True, icon="package"),
        ActionSpec("arrived", "Arrived", "D", "D", single=True, icon="map-pin"),
        ActionSpec("address_right", "The address is right", "A", "A", single=True, icon="map-pin",
                   aliases=("confirm", "confirmed")),
        ActionSpec("ask_address", "Ask for addresses", icon="mail", aliases=("address", "letter")),
        ActionSpec("came_back", "Came back", "R", "R", single=True, icon="undo-2", aliases=("returned",)),
        ActionSpec("lost", "Lost on the way", "Shift+R", "Shift R", single=True, icon="circle-help"),
        ActionSpec("slips", "Print packing slips", icon="printer", aliases=("slips",)),
        ActionSpec("cards", "Print note cards", icon="printer", aliases=("cards",)),
        ActionSpec("accepted", "Accepted", "Y", "Y", single=True, icon="check"),
        ActionSpec("declined", "Not this time", "Shift+N", "Shift N", single=True, icon="minus"),
        ActionSpec("open_post", "Open post", "O", "O", single=True, icon="external-link"),
        ActionSpec("confirm_post", "Confirm post", "Return", "Enter", single=True, icon="check"),
        ActionSpec("not_about_us", "Not about us", "Del", "Del", single=True, icon="x"),
        ActionSpec("ask_rights", "Ask for reuse rights", "R", "R", single=True, icon="mail",
                   aliases=("permission", "licence", "license")),
        ActionSpec("record_yes", "Record a yes", "Y", "Y", single=True, icon="shield-check",
                   aliases=("permission", "rights")),
        ActionSpec("thank", "Thank", "T", "T", single=True, icon="heart"),
        ActionSpec("find_posts", "Find posts now", "F7", "F7", icon="refresh-cw", aliases=("feeds", "search")),
        ActionSpec("feeds", "Feeds that are followed", icon="radio", aliases=("rss", "blogs", "newsletters")),
        ActionSpec("look_disclosure", "Look how it tells of the gift", "Shift+D", "Shift D", single=True,
                   icon="shield-check", aliases=("disclosure", "gifted", "ad")),
        ActionSpec("quote_post", "Quote words", "Q", "Q", single=True, icon="message-square-quote"),
        ActionSpec("note_use", "Note where it is used", "U", "U", single=True, icon="map-pin"),
        ActionSpec("story", "Keep a story", icon="camera", aliases=("screenshot", "picture", "snapshot")),
        ActionSpec("count_post", "Note counts", "C", "C", single=True, icon="chart-column",
                   aliases=("likes", "views", "engagement")),
        ActionSpec("count_list", "Note counts from a list", icon="download", aliases=("csv", "likes", "engagement")),
        ActionSpec("agreed", "What was agreed", icon="shield-check", aliases=("deal", "paid", "reward")),
        ActionSpec("take_off", "Take off the log", icon="minus", aliases=("delete", "remove")),
        ActionSpec("paste", "Paste down", "Ctrl+V", "Ctrl V", single=True, icon="clipboard-paste"),
        ActionSpec("paste_list", "Paste a list", "Ctrl+V", "Ctrl V", single=True, icon="clipboard-paste",
                   aliases=("import",)),
        ActionSpec("stop", "Stop contacting", "Shift+S", "Shift S", single=True, icon="ban",
                   aliases=("suppress", "unsubscribe")),
        ActionSpec("save_view", "Save this view", "Ctrl+Shift+S", "Ctrl Shift S", single=True, icon="bookmark",
                   aliases=("filter", "segment")),
        ActionSpec("print_list", "Print this list", "Ctrl+P", "Ctrl P", single=True, icon="printer"),
        ActionSpec("print_review", "Print the review", "Ctrl+P", "Ctrl P", single=True, icon="printer"),
        ActionSpec("print_person", "Print this person", "Ctrl+Shift+P", "Ctrl Shift P", single=True, icon="printer"),
        ActionSpec("print_parcels", "Print the list of parcels", "Ctrl+Shift+P", "Ctrl Shift P", single=True,
                   icon="printer"),
        ActionSpec("print", "Print labels", "Ctrl+P", "Ctrl P", icon="printer"),
        ActionSpec("export", "Export", "Ctrl+E", "Ctrl E", icon="upload", aliases=("save",)),
        *(
            ActionSpec(f"go_{place}", label, f"Ctrl+{number}", f"Ctrl {number}", icon=icon)
            for number, (place, icon, label) in zip((1, 2, 3, 4, 5, 6, 7, 8, 9, 0), PLACES, strict=True)
        ),
        ActionSpec("keyboard", "Keyboard", icon="settings", aliases=("keys", "shortcuts", "remap")),
        ActionSpec("larger", "Larger text", "Ctrl++", "Ctrl +", icon="plus", aliases=("text size", "zoom")),
        ActionSpec("smaller", "Smaller text", "Ctrl+-", "Ctrl -", icon="minus", aliases=("text size", "zoom")),
        # On many keyboards the plus is the upper of a key's two signs.
        ActionSpec("larger_too", "Larger text", "Ctrl+=", "Ctrl =", listed=False, like="larger"),
        ActionSpec("as_table", "Charts as tables", "T", "T", single=True, icon="columns-3", aliases=("figures",)),
        ActionSpec("review_scope", "Which gifts the review is of", icon="search", aliases=("client", "roster")),
        ActionSpec("compare", "Two campaigns beside one another", icon="columns-3", aliases=("against", "versus")),
        ActionSpec("log_sale", "Note a sale", icon="plus", aliases=("sold", "copies")),
        ActionSpec("sales_codes", "Codes and links", icon="link", aliases=("utm", "discount", "affiliate")),
        ActionSpec("sales_list", "Read a list of sales", icon="download", aliases=("import", "csv", "isbn")),
        ActionSpec("worth", "What money is worth in another", icon="refresh-cw", aliases=("currency", "rate")),
        ActionSpec("later", "Ask again later", "H", "H", single=True, icon="clock",
                   aliases=("not now", "autumn", "wait")),
        ActionSpec("remove", "Take out of the campaign", "Del", "Del", single=True, icon="x"),
        ActionSpec("stage", "Move to a stage", "V", "V", single=True, icon="gift", aliases=("stage", "state")),
        ActionSpec("campaign_titles", "Titles of the campaign", icon="book-open", aliases=("items", "books")),
        ActionSpec("goals", "Goals of the campaign", "Shift+G", "Shift G", single=True, icon="flag",
                   aliases=("target", "sales", "pre-orders", "baseline")),
        ActionSpec("budget", "Budget and expenses", "Shift+B", "Shift B", single=True, icon="chart-column",
                   aliases=("money", "costs", "spent")),
        ActionSpec("timeline", "Timeline of the campaign", "Shift+T", "Shift T", single=True, icon="calendar",
                   aliases=("steps", "plan", "deadline")),
        ActionSpec("one_sheet", "One sheet for the client", "Shift+O", "Shift O", single=True, icon="file-text",
                   aliases=("approval", "roster", "pdf", "client")),
        ActionSpec("client_answers", "Read the client’s answers", icon="download", aliases=("approval", "sheet")),
        ActionSpec("week_letter", "Letter of the week", "Shift+W", "Shift W", single=True, icon="feather",
                   aliases=("digest", "report", "client")),
        ActionSpec("influence", "What came of people", "Shift+I", "Shift I", single=True, icon="sprout",
                   aliases=("influence", "outcomes", "who sells")),
        ActionSpec("coverage", "Whom the people lack", "Shift+V", "Shift V", single=True, icon="circle-help",
                   aliases=("coverage", "gaps", "missing", "genres", "countries")),
        ActionSpec("copy_campaign", "Copy this campaign", "Shift+C", "Shift C", single=True, icon="copy",
                   aliases=("again", "template", "duplicate")),
        ActionSpec("close_campaign", "Close this campaign, or open it again", icon="check", aliases=("end", "finish")),
        ActionSpec("beside", "Unexpected fits, and pairs", "B", "B", single=True, icon="sprout",
                   aliases=("unexpected", "mood", "together", "pair", "buddy read")),
        ActionSpec("save_list", "Save this list as a roster", "Ctrl+S", "Ctrl S", icon="save",
                   aliases=("roster", "list")),
        ActionSpec("next_unticked", "Next who is not ticked", "Ctrl+Down", "Ctrl Down", single=True, icon="puzzle"),
        ActionSpec("history", "What was done last", icon="clock", aliases=("undo", "redo", "history")),
        ActionSpec("jobs", "In the background", icon="loader", aliases=("jobs", "progress", "imports")),
        ActionSpec("down", "Down", "J", "J", single=True, listed=False),
        ActionSpec("up", "Up", "K", "K", single=True, listed=False),
        ActionSpec("select", "Select", "X", "X", single=True, listed=False),
        *(
            ActionSpec(f"then_{place}", label, f"G, {letter}", f"G {letter}", single=True, listed=False,
                       like=f"go_{place}")
            for letter, (place, _, label) in zip("TPCAMLSOBR", PLACES, strict=True)
        ),
    )
}  # fmt: skip


#: What the rows of every list hear themselves.
LIST_ACTIONS = ("down", "up", "select")

#: What can be done at some places only; two actions without a place in common may have the same keys.
ONLY_AT = {
    "pitch": ("people", "catalogue", "campaigns", "match"),
    "log": ("today", "people", "posts"),
    "match": ("today", "people", "catalogue", "campaigns", "match"),
    "beside": ("match",),
    "save_list": ("match",),
    "edit": ("people", "catalogue", "campaigns", "letters", "shipments", "posts", "clubs"),
    "tastes": ("people",),
    "policy": ("people",),
    "reading": ("people",),
    "line": ("letters",),
    "note": ("people",),
    "consent": ("people",),
    "more": ("people", "campaigns"),
    **dict.fromkeys(
        (
            "campaign_titles",
            "goals",
            "budget",
            "timeline",
            "one_sheet",
            "client_answers",
            "week_letter",
            "copy_campaign",
            "close_campaign",
        ),
        ("campaigns",),
    ),
    **dict.fromkeys(("influence", "coverage"), ("people", "campaigns")),
    "archive": ("people",),
    "change_many": ("people",),
    "doubles": ("people",),
    "let_go": ("people",),
    "brief": ("clubs",),
    "event_sold": ("clubs",),
    "ledger": ("clubs",),
    "approve": ("letters",),
    "openings": ("letters",),
    "insert_fact": ("letters",),
    "fetch_mail": ("letters",),
    **dict.fromkeys(("reply_yes", "reply_thinks", "reply_passed", "reply_not_now", "reply_wrong"), ("letters",)),
    "ship": ("campaigns", "shipments"),
    "arrived": ("shipments",),
    "address_right": ("shipments",),
    **dict.fromkeys(("came_back", "lost", "slips", "cards", "ask_address"), ("shipments",)),
    "accepted": ("people",),
    "declined": ("people",),
    "remove": ("campaigns",),
    "stage": ("people", "campaigns"),
    "later": ("people",),
    **dict.fromkeys(
        (
            "confirm_post",
            "not_about_us",
            "ask_rights",
            "record_yes",
            "find_posts",
            "feeds",
            "quote_post",
            "look_disclosure",
            "note_use",
        ),
        ("posts",),
    ),
    "thank": ("posts", "clubs"),
    **dict.fromkeys(("open_post", "story", "count_post", "count_list", "agreed", "take_off"), ("posts",)),
    "paste": ("letters", "shipments"),
    **dict.fromkeys(
        ("as_table", "review_scope", "compare", "log_sale", "sales_codes", "sales_list", "worth"), ("review",)
    ),
    "paste_list": ("people",),
    "next_unticked": ("match",),
    "print": ("shipments",),
    "print_list": ("people", "catalogue", "campaigns", "posts", "clubs"),
    "print_parcels": ("shipments",),
    "print_person": ("people",),
    "print_review": ("review",),
}


#: Under a dialog only these act: what lies below must not change unseen.
_ALWAYS = frozenset({"tip", "dark", "quit", "larger", "larger_too", "smaller"})
#: What floats over the window has this name.
OVERLAY = "overlay"


def is_covered(widget: QWidget) -> bool:
    """Whether a dialog floats over the window of a widget."""
    return any(each.isVisible() for each in widget.window().findChildren(QWidget, OVERLAY))


class _Keys(Protocol):
    def follow(self, action: QAction) -> None: ...


class _Desk(Protocol):
    @property
    def keys(self) -> _Keys: ...
    @property
    def say(self) -> Callable[[str], str]: ...


class Seat(Protocol):
    """A part of the window that was given a desk: the window itself, a page."""

    @property
    def desk(self) -> _Desk: ...


def bind(seat: Seat, action_id: str, handler: Callable[[], object], *, within: QWidget | None = None) -> QAction:
    """Let an action's keys, as they are at any time, do something, unless a dialog floats over the window.

    Args:
        seat: Whose action it is.
        action_id: Its name in the table.
        handler: What it does.
        within: Where its keys are heard, if not in the whole of `seat`.
    """
    spec = ACTIONS[action_id]
    widget = within or seat
    assert isinstance(widget, QWidget), "keys are heard by widgets"
    action = QAction(seat.desk.say(spec.label), widget)
    action.setObjectName(spec.id)
    action.setShortcutContext(
        Qt.ShortcutContext.WidgetWithChildrenShortcut if spec.single else Qt.ShortcutContext.WindowShortcut
    )
    seat.desk.keys.follow(action)

    def act() -> None:
        if spec.id in _ALWAYS or not is_covered(widget):
            handler()

    action.triggered.connect(lambda: act())
    widget.addAction(action)
    return action


class ActionKey(str):
    """The keys of an action: as text the first ones, on a keycap those of the moment.

    Attributes:
        action: The action's name.
    """

    __slots__ = ("action",)
    action: str


def key_of(action_id: str) -> ActionKey:
    """An action's keys, for a keycap."""
    key = ActionKey(ACTIONS[action_id].shown)
    key.action = action_id
    return key
