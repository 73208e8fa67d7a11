"""Forms made from descriptions of fields, checked on leaving a field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Label, column
from outreach.ui.widgets.fields import Choice, Field
from outreach.ui.widgets.notices import Note


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of a form.

    Attributes:
        key: Its name.
        label: What stands above it.
        hint: What stands in it while it is empty.
        choices: Value and word of each, where one is chosen.
        lines: How many lines are typed, 1 for one.
        wide: Whether it takes the whole width.
        secret: Whether what is typed is not to be seen.
        check: Says what is wrong with a value and how to mend it; nothing when it is right.
    """

    key: str
    label: str
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    lines: int = 1
    wide: bool = False
    check: Callable[[str], str] | None = None
    secret: bool = False


class Form(QWidget):
    """Fields in two columns.

    Signals:
        left: A field was left with another value than before: its key and the value.
        resized: A sentence below a field has come or gone.
    """

    left = Signal(str, str)
    resized = Signal()

    def __init__(self, theme: Theme, fields: Sequence[FieldSpec], values: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._specs = {spec.key: spec for spec in fields}
        self._inputs: dict[str, QWidget] = {}
        self._notes: dict[str, Note] = {}
        self._before: dict[str, str] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        place = 0
        for spec in fields:
            if spec.wide and place % 2:
                place += 1
            grid.addWidget(self._cell(spec), place // 2, place % 2, 1, 2 if spec.wide else 1)
            place += 2 if spec.wide else 1
        self.setLayout(grid)
        self.set_values(values or {})

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: self._value(key) for key in self._inputs}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Fill the fields; those that are not named are emptied."""
        for key, field in self._inputs.items():
            value = values.get(key, "")
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(value)))
            elif isinstance(field, QPlainTextEdit):
                field.setPlainText(value)
            elif isinstance(field, QLineEdit):
                field.setText(value)
            self._before[key] = self._value(key)
            self._say(key, "")

    def set_choices(self, key: str, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices in a field; the first is chosen."""
        field = self._inputs[key]
        if isinstance(field, QComboBox):
            field.clear()
            for value, word in choices:
                field.addItem(word, value)

    def set_hint(self, key: str, hint: str) -> None:
        """Show other words in a field while it is empty."""
        field = self._inputs[key]
        if isinstance(field, QLineEdit):
            field.setPlaceholderText(hint)

    def field(self, key: str) -> QWidget:
        """The field of a name."""
        return self._inputs[key]

    def check(self) -> bool:
        """Whether all values are right; the first that is not gets the focus."""
        wrong = [key for key in self._inputs if not self._checked(key)]
        if wrong:
            self._inputs[wrong[0]].setFocus()
        return not wrong

    def leave(self) -> None:
        """The whole form is left: what was changed in it is told, field by field."""
        for key in self._inputs:
            self._leave(key)

    def revert(self) -> None:
        """Put back what stands in the fields as it was told last."""
        self.set_values({**self.values(), **self._before})

    def focus_first(self) -> None:
        """Begin to type."""
        next(iter(self._inputs.values())).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._leave(str(watched.objectName()))
        return super().eventFilter(watched, event)

    def _cell(self, spec: FieldSpec) -> QWidget:
        theme = self._theme
        field: QWidget
        if spec.choices:
            combo = Choice(spec.label)
            for value, word in spec.choices:
                combo.addItem(word, value)
            combo.activated.connect(lambda: self._leave(spec.key))
            field = combo
        elif spec.lines > 1:
            box = QPlainTextEdit()
            box.setTabChangesFocus(True)
            box.setFixedHeight(theme.px(20 * spec.lines + 14))
            box.setPlaceholderText(spec.hint)
            field = box
        else:
            edit = Field(theme, spec.hint)
            if spec.secret:
                edit.setEchoMode(QLineEdit.EchoMode.Password)
            edit.textEdited.connect(lambda: self._say(spec.key, ""))
            field = edit
        field.setObjectName(spec.key)
        field.setAccessibleName(spec.label)
        field.installEventFilter(self)
        self._inputs[spec.key] = field
        self._notes[spec.key] = Note(theme)
        cell, label = QWidget(), Label(theme, spec.label, "smallm", "ink2")
        label.setBuddy(field)  # by which a screen reader names a choice
        cell.setLayout(column(label, field, self._notes[spec.key], None, spacing=4))
        return cell

    def _value(self, key: str) -> str:
        field = self._inputs[key]
        if isinstance(field, QComboBox):
            return str(field.currentData() or "")
        if isinstance(field, QPlainTextEdit):
            return field.toPlainText().strip()
        return field.text().strip() if isinstance(field, QLineEdit) else ""

    def _leave(self, key: str) -> None:
        value = self._value(key)
        if value != self._before.get(key) and self._checked(key):
            self._before[key] = value
            self.left.emit(key, value)

    def _checked(self, key: str) -> bool:
        check = self._specs[key].check
        wrong = check(self._value(key)) if check else ""
        self._say(key, wrong)
        return not wrong

    def _say(self, key: str, text: str) -> None:
        note, field = self._notes[key], self._inputs[key]
        if note.text() == text and note.isHidden() == (not text):
            return
        note.set_text(text)
        field.setAccessibleDescription(text)
        field.setProperty("state", "error" if text else "")
        field.style().unpolish(field)
        field.style().polish(field)
        self.resized.emit()
