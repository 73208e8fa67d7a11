"""The columns of a list that comes in: theirs, its first value, what it is taken for, and how that is read."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QVBoxLayout, QWidget

from outreach.fields.platforms import platform_name
from outreach.services.importing.layouts import targets_of
from outreach.services.importing.preview import Preview, PreviewColumn
from outreach.ui.desk import Desk
from outreach.ui.paint.canvas import Canvas, Run
from outreach.ui.widgets.basics import Button, Label, Painted, Rule, column, line
from outreach.ui.widgets.fields import Choice
from outreach.ui.widgets.flow import TextLines
from outreach.ui.widgets.lists import clear_layout, scrolled
from outreach.wording import Words

#: Where the parts of a row stand, at normal text size.
_THEIRS, _SAMPLE, _ARROW, _FIELD, _READS, _END = 24, 138, 340, 364, 568, 10
_FIELD_WIDTH, _HEIGHT = 192, 46
_LEAST = 760
#: What a column holds gives so much of its room to how that is read where there is little.
_GIVES = 84

#: By what a column is the sign that stands before its name.
_ICONS = {
    "email": "mail", "handle": "hash", "profile": "link", "platform": "smartphone", "phone": "smartphone",
    "notes": "sticky-note", "note": "sticky-note", "tags": "tag", "likes": "heart", "dislikes": "ban",
    "audience_likes": "heart", "likes_or_tags": "heart", "address": "map-pin", "country": "map-pin", "gift": "package",
    "gift_title": "book-open", "gift_isbn": "hash", "status": "package", "posted": "message-square-quote",
    "placement": "message-square-quote", "post_url": "link", "post_text": "message-square-quote", "sent_on": "calendar",
    "delivered_on": "calendar", "posted_on": "calendar", "ask_again_on": "clock", "unsubscribed": "ban",
    "ignore": "minus", "consent": "shield-check",
    "title": "book-open", "subtitle": "book-open", "series": "library", "isbn": "hash", "gtin": "hash",
    "genres": "heart",
    "pub_date": "calendar", "on_sale_date": "calendar", "review_embargo": "calendar", "sales_embargo": "calendar",
    "copies": "package", "format": "book-marked", "description": "file-text", "hook": "file-text", "keywords": "tag",
}  # fmt: skip
_PERSON = {"name", "given_name", "middle_name", "family_name", "followers", "greeting", "role", "author"}
#: Fields that are the same for a user: the layouts of programs tell them apart, people do not.
_SAME = {"outlet": "organisation"}


def field_name(words: Words, target: str) -> str:
    """What people call what a column is, such as ``address:1.city``."""
    name, _, rest = target.partition(":")
    group, _, part = rest.partition(".")
    if name == "profile" and group:
        return words.tr("Account, {platform}", platform=platform_name(group))
    key = f"{name}.{part}" if part else name if not group or name == "address" else f"{name}:{group}"
    return words.term("import_field", key)


class ColumnsPage(QWidget):
    """One row a column.

    Signals:
        mapped: The user says what a column is: its heading and the field.
    """

    mapped = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._models: dict[str, QStandardItemModel] = {}
        self._rows: list[ColumnRow] = []
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        body = QWidget()
        body.setLayout(self._list)
        head = Painted(desk.theme, self._paint_head, 32, words=desk.say("Your column, first row, goes to, reads as"))
        self.setLayout(column(head, Rule(desk.theme), scrolled(body, floats=False)))

    @property
    def rows(self) -> list["ColumnRow"]:
        """The rows, in the order of the file."""
        return self._rows

    def show_columns(self, preview: Preview) -> None:
        """Show the columns of a list; the focus stays where it is."""
        same = [row.column.header for row in self._rows] == [each.header for each in preview.columns]
        if same and self._rows and self._rows[0].kind == preview.kind.value:
            for row, each in zip(self._rows, preview.columns, strict=True):
                row.show_column(each)
            return
        clear_layout(self._list)
        model = self._model(preview.kind.value)
        self._rows = [ColumnRow(self._desk, each, model, preview.kind.value) for each in preview.columns]
        for row in self._rows:
            row.chosen.connect(self.mapped)
            self._list.addWidget(row)
        self._list.addStretch(1)

    def focus_first(self) -> None:
        """Begin with the first column that wants looking at."""
        row = next((row for row in self._rows if row.column.is_doubtful), self._rows[0] if self._rows else None)
        if row is not None:
            row.choice.setFocus()

    def _model(self, kind: str) -> QStandardItemModel:
        """What a column can be; one model for all rows."""
        if kind not in self._models:
            model = QStandardItemModel(self)
            for target in ("", "ignore", *targets_of(kind)):
                name = field_name(self._desk.words, target) if target else self._desk.say("Choose a field")
                item = QStandardItem(name)
                item.setData(target, Qt.ItemDataRole.UserRole)
                item.setIcon(self._desk.theme.icon(_icon(target), "ink3"))
                model.appendRow(item)
            self._models[kind] = model
        return self._models[kind]

    def _paint_head(self, canvas: Canvas, _width: float, height: float) -> None:
        say, px = self._desk.say, self._desk.theme.px
        less = _given(self._desk, self._rows[0].width()) if self._rows else 0
        for x, words in ((px(_THEIRS), say("Your column")), (px(_SAMPLE), say("First row")),
                         (px(_FIELD) - less, say("Goes to")), (px(_READS) - less, say("Reads as"))):  # fmt: skip
            canvas.text(x, height / 2, words, "small", "ink2")


class OpenColumns(QWidget):
    """How many columns nobody has said anything of; nothing where there are none.

    Attributes:
        leave_out: Leaves them out.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._label = Label(desk.theme, "", "body", "warn")
        self.leave_out = Button(desk.theme, "", "ghost")

        def paint(canvas: Canvas, _width: float, height: float) -> None:
            canvas.icon("circle-alert", 0, height / 2, 15, "warn", 2)

        self.setLayout(line(Painted(desk.theme, paint, 20, 17), self._label, 4, self.leave_out, spacing=5))

    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def show_number(self, number: int) -> None:
        """Say how many there are."""
        words = self._desk.words
        self._label.setText(words.trn("{number} column has no field yet", "{number} columns have no field yet", number))
        self.leave_out.set_label(words.trn("Leave this one out", "Leave them out", number))
        self.setVisible(bool(number))


class ColumnRow(QWidget):
    """A column, and the choice of what it is.

    Attributes:
        column: What is shown.
        kind: What the list brings.
        choice: What the column is.

    Signals:
        chosen: The user says what it is: its heading and the field.
    """

    chosen = Signal(str, str)

    def __init__(self, desk: Desk, shown: PreviewColumn, model: QStandardItemModel, kind: str) -> None:
        super().__init__()
        self._desk = desk
        self.column = shown
        self.kind = kind
        theme = desk.theme
        self.choice = Choice(desk.say("{column} goes to", column=shown.header))
        self.choice.setModel(model)
        self.choice.setParent(self)
        self.choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The wheel scrolls the list, and turns no choice under the pointer.
        self.choice.installEventFilter(self)
        self.choice.activated.connect(self._choose)
        self.setMinimumHeight(theme.px(_HEIGHT))
        self.setFixedHeight(theme.px(_HEIGHT))
        theme.changed.connect(self.update)
        self.show_column(shown)

    def show_column(self, shown: PreviewColumn) -> None:
        """Show how it is read now."""
        self.column = shown
        self.choice.setCurrentIndex(_place_of(self.choice, shown))
        reads = self._reads()
        self.choice.setAccessibleDescription(f"{shown.sample}. {reads}")
        self.setToolTip(f"{shown.header}\n{shown.sample}\n{reads}" if shown.sample else shown.header)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(_LEAST), self._desk.theme.px(_HEIGHT))

    def resizeEvent(self, event: object) -> None:
        del event
        px, height = self._desk.theme.px, self._desk.theme.px(30)
        left = px(_FIELD) - _given(self._desk, self.width())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - px(_FIELD_WIDTH)
        self.choice.setGeometry(left, (self.height() - height) // 2, px(_FIELD_WIDTH), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        canvas, px = Canvas.on(self, self._desk.theme), self._desk.theme.px
        middle, shown = self.height() / 2, self.column
        if shown.is_doubtful:
            canvas.fill(QRectF(self.rect()), "warn_tint")
        else:
            canvas.hairline(px(_THEIRS), self.height() - 1, self.width() - px(_END))
        canvas.text(px(_THEIRS), middle, shown.header, "medium", width=px(_SAMPLE - _THEIRS) - 10)
        less = _given(self._desk, self.width())
        canvas.text(px(_SAMPLE), middle, shown.sample, "small", "ink2", width=px(_ARROW - _SAMPLE) - less - 10)
        canvas.icon("arrow-right", px(_ARROW) - less, middle, 14, "ink3")
        left, runs = px(_READS) - less, self._read_runs()
        room = self.width() - left - px(_END)
        if sum(canvas.theme.width(role, words) for words, role, _ in runs) <= room:
            canvas.runs(left, middle, runs, room)
        else:
            lines = TextLines(canvas.theme, runs, "small", room, 2)
            lines.paint(canvas, left, middle - lines.height / 2, runs[-1][2])
        canvas.painter.end()

    def _read_runs(self) -> list[Run]:
        """How it is read, a title in its own letters."""
        color = "warn" if self.column.is_doubtful else "ink2"
        code, facts = self.column.reads
        if code != "reads.gift" or self.column.is_doubtful:
            return [(self._reads(), "small", color)]
        rest = self._reads().removeprefix(facts["title"])
        return [(facts["title"], "title", "ink"), (rest, "small", color)]

    def _reads(self) -> str:
        code, facts = self.column.reads
        if self.column.is_doubtful and code not in ("reads.odd", "reads.consent", "reads.unknown"):
            return self._desk.say("Some cannot be read so")
        return self._desk.words.reading(code, facts, self._desk.today)

    def _choose(self, place: int) -> None:
        target = str(self.choice.itemData(place) or "")
        if target:
            self.chosen.emit(self.column.header, target)


def _given(desk: Desk, width: int) -> int:
    """How much of its room what a column holds gives away in a row of a width."""
    return min(desk.theme.px(_GIVES), max(0, desk.theme.px(_LEAST) - width))


def _place_of(choice: Choice, shown: PreviewColumn) -> int:
    """Where in the list what a column is stands; the numbers of addresses are not told apart there."""
    target = _SAME.get(shown.target, shown.target)
    name, _, part = target.partition(".")
    wanted = {target, f"{name}:{shown.group}", f"{name}:{shown.group}.{part}", f"{name}:1.{part}"}
    for place in range(choice.count()):
        if choice.itemData(place) in wanted and (name != "profile" or shown.group in ("", _group(choice, place))):
            return place
    return next((place for place in range(choice.count()) if choice.itemData(place) == name), 0)


def _group(choice: Choice, place: int) -> str:
    return str(choice.itemData(place)).partition(":")[2]


def _icon(target: str) -> str:
    name = target.partition(":")[0].partition(".")[0]
    return _ICONS.get(name, "users" if name in _PERSON else "circle-dashed" if not target else "file-text")


def unmapped(preview: Preview) -> list[str]:
    """The headings of columns that nobody has said anything of."""
    return [each.header for each in preview.columns if not each.target and each.is_doubtful]
