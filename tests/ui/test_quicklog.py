"""The quick log by keys alone: three replies in one line, a doubt settled, a trouble said."""

from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.gifts.gifts import GiftState, list_gifts, move_gifts, plan_gifts
from outreach.services.pages.title import title_lines
from outreach.services.people.people import list_people, show_person
from outreach.services.quicklog import read
from outreach.ui.widgets.quicklog import QuickLog

CTRL = Qt.KeyboardModifier.ControlModifier


class Keys:
    """Presses keys in the window, and counts them."""

    def __init__(self, qtbot, opened: Session) -> None:
        self._qtbot = qtbot
        self._opened = opened
        self.count = 0

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        self._qtbot.keyClick(self._opened.window.focusWidget() or self._opened.window, key, modifier)

    def type(self, text: str) -> None:
        for letter in text:
            self.press(letter)


def pitched(opened: Session, settle, number: int) -> tuple[str, list[str]]:
    """A title that some people with first names of their own were pitched."""
    store = opened.desk.store
    title = title_lines()[0]
    taken = {gift.person_id for gift in list_gifts(store, item_id=title.id)}
    people, names = [], []
    for row in list_people(store):
        first = row.name.split()[0].lower()
        line = read(store, f"{first} accepted {title.title}")
        alone = bool(line.people) and line.people[0].row_id == row.id and first.isascii()
        if row.id not in taken and not row.suppressed and alone:
            people.append(row.id)
            names.append(first)
        if len(people) == number:
            break
    opened.desk.write(lambda store: plan_gifts(store, title.id, people))
    settle(opened)
    gifts = [gift.id for gift in list_gifts(store, item_id=title.id) if gift.person_id in people]
    opened.desk.write(lambda store: move_gifts(store, gifts, GiftState.ASKED))
    settle(opened)
    return title.title, names


def states(opened: Session, title: str) -> list[str]:
    return sorted(gift.state for gift in list_gifts(opened.desk.store) if gift.title == title)


def test_the_cursor_is_the_accents_and_clear_of_the_words(opened: Session, qtbot, settle) -> None:
    opened.window.go("today")
    settle(opened)
    field = opened.window.page.quick_log.field
    field.setFocus()
    assert field.hasFocus()
    accent = opened.desk.theme.color("accent").rgb()

    def columns() -> list[int]:
        field._stay()
        image, middle = field.grab().toImage(), field.height() // 2
        assert image.width() == field.width()
        return [x for x in range(image.width()) if image.pixel(x, middle) == accent]

    hint = field.cursorRect().left() + 5
    assert columns() == [hint - 2, hint - 1], "before the first letter of the hint"
    qtbot.keyClicks(field, "zzqx")
    settle(opened)
    end = hint + field.fontMetrics().horizontalAdvance("zzqx")
    seen = columns()
    assert len(seen) == 2
    assert seen[0] >= end
    field._blink()
    image = field.grab().toImage()
    assert all(image.pixel(x, field.height() // 2) != accent for x in seen)


def test_three_replies_are_logged_by_the_keys_that_were_counted(opened: Session, qtbot, settle) -> None:
    title, names = pitched(opened, settle, 3)
    opened.window.go("review")
    settle(opened)
    before = states(opened, title)
    keys = Keys(qtbot, opened)
    keys.press(Qt.Key.Key_L, CTRL)
    text = f"{', '.join(names)} accepted {title.lower()}"
    keys.type(text)
    keys.press(Qt.Key.Key_Return)
    settle(opened)
    assert keys.count == 2 + len(text)
    after = states(opened, title)
    assert after.count("accepted") == before.count("accepted") + 3
    assert opened.window.toast._text == f"Logged 3 people: {title}"
    assert opened.window.page.quick_log.field.text() == ""
    keys.press(Qt.Key.Key_Z, CTRL)
    settle(opened)
    assert states(opened, title) == before


def test_a_doubt_is_settled_with_tab_and_enter(opened: Session, qtbot, settle) -> None:
    store = opened.desk.store
    firsts = [row.name.split()[0].lower() for row in list_people(store)]
    title = title_lines()[0].title
    twice = next(
        name for name in firsts
        if len(read(store, f"{name} pitched {title}").doubts[0:1]) == 1
        and len(read(store, f"{name} pitched {title}").doubts[0].offered) > 1
    )  # fmt: skip
    opened.window.go("today")
    settle(opened)
    log: QuickLog = opened.window.page.quick_log
    keys = Keys(qtbot, opened)
    keys.type(f"{twice} pitched {title.lower()}")
    settle(opened)
    (doubt,) = log.line.doubts
    assert log._hints() == [("Enter", "log it"), ("Tab", "fix")], "what is to come after the doubt is told beside it"
    keys.press(Qt.Key.Key_Return)
    settle(opened)
    assert log.field.text(), "a doubtful line stays"
    assert "does not say yet" in log._trouble
    menu = log.menu(doubt)
    assert [action.text() for action in menu.actions()] == [name for _, name in doubt.offered]
    menu.actions()[1].trigger()
    settle(opened)
    assert log.line.is_ready
    assert log.line.people[0].row_id == doubt.offered[1][0]
    keys.press(Qt.Key.Key_Return)
    settle(opened)
    assert list_gifts(store, person_id=doubt.offered[1][0])[0].title == title


def test_tab_goes_on_where_there_is_no_doubt_and_esc_clears(opened: Session, qtbot, settle) -> None:
    opened.window.go("today")
    settle(opened)
    log = opened.window.page.quick_log
    keys = Keys(qtbot, opened)
    assert log.field.hasFocus(), "it always has the focus here"
    keys.type("zzz")
    settle(opened)
    assert "nobody of that name" in log.strip.accessibleName()
    keys.press(Qt.Key.Key_Escape)
    settle(opened)
    assert (log.field.text(), log.line.pieces) == ("", ())
    keys.press(Qt.Key.Key_Tab)
    assert not log.field.hasFocus()


def whole_names(opened: Session, title: str) -> list[str]:
    """Who was pitched a title and has not answered."""
    gifts = list_gifts(opened.desk.store, states=[GiftState.ASKED])
    return [gift.person for gift in gifts if gift.title == title]


def type_and_finish(opened: Session, keys: Keys, settle, word: str) -> None:
    """Type letters of a word until the rest of it stands there in grey, and take that."""
    field = opened.window.page.quick_log.field
    for number, letter in enumerate(word, start=1):
        keys.press(letter)
        settle(opened)
        if field.rest and field.rest == word[number:]:
            keys.press(Qt.Key.Key_Tab)
            assert field.text().endswith(word)
            assert field.rest == ""
            return


def test_the_first_of_the_frequent_jobs_takes_about_twenty_letters(opened: Session, qtbot, settle) -> None:
    title, _ = pitched(opened, settle, 3)
    names = whole_names(opened, title)[:3]
    before = states(opened, title)
    opened.window.go("review")
    settle(opened)
    keys = Keys(qtbot, opened)
    keys.press(Qt.Key.Key_L, CTRL)
    for number, name in enumerate(names):
        if number:
            keys.type(", ")
        type_and_finish(opened, keys, settle, name)
    keys.type(" ")
    type_and_finish(opened, keys, settle, "accepted")
    keys.type(" ")
    type_and_finish(opened, keys, settle, title.removeprefix("The "))
    settle(opened)
    assert [piece.name for piece in opened.window.page.quick_log.line.people] == names
    keys.press(Qt.Key.Key_Return)
    settle(opened)
    assert states(opened, title).count("accepted") == before.count("accepted") + 3
    assert opened.window.toast._text == f"Logged 3 people: {title}"
    assert keys.count <= 2 + 20, "the two of Ctrl L and Enter, and about 20 letters and tabs"


def test_tab_does_what_is_seen_beside_the_cursor(opened: Session, qtbot, settle) -> None:
    title, _ = pitched(opened, settle, 1)
    (name,) = whole_names(opened, title)[:1]
    opened.window.go("today")
    settle(opened)
    log: QuickLog = opened.window.page.quick_log
    keys = Keys(qtbot, opened)
    keys.type(f"zzz, {name[:2]}")
    settle(opened)
    assert log.field.rest == name[2:]
    assert log.line.doubts, "there is a doubt before it too"
    assert log.field.accessibleDescription().endswith(name[2:])
    keys.press(name[2])
    assert log.field.rest == name[3:], "the grey letters stay while one types them"
    keys.press(Qt.Key.Key_Left)
    assert log.field.rest == "", "in the middle of a word nothing is offered"
    keys.press(Qt.Key.Key_Right)
    assert (log.field.rest, log.field.text()) == (name[3:], f"zzz, {name[:3]}")
    keys.press(Qt.Key.Key_Right)
    assert log.field.text() == f"zzz, {name}"
    keys.press(Qt.Key.Key_Backspace)
    settle(opened)
    keys.press(Qt.Key.Key_Escape)
    assert (log.field.text(), log.field.rest) == ("", "")


def test_a_doubt_that_was_settled_is_learned_and_can_be_changed(opened: Session, qtbot, settle) -> None:
    store = opened.desk.store
    title = title_lines()[0].title
    firsts = [row.name.split()[0].lower() for row in list_people(store)]
    twice = next(name for name in firsts if len(read(store, f"{name} pitched {title}").doubts) == 1
                 and len(read(store, f"{name} pitched {title}").doubts[0].offered) > 1)  # fmt: skip
    opened.window.go("today")
    settle(opened)
    log: QuickLog = opened.window.page.quick_log
    keys = Keys(qtbot, opened)
    keys.type(f"{twice} pitched {title.lower()}")
    settle(opened)
    first, second = log.line.doubts[0].offered[:2]
    log.menu(log.line.doubts[0]).actions()[1].trigger()
    settle(opened)
    keys.press(Qt.Key.Key_Return)
    settle(opened)
    keys.type(f"{twice} not now autumn")
    settle(opened)
    assert log.line.is_ready
    assert (log.line.people[0].row_id, log.line.people[0].offered[0]) == (second[0], second)
    assert "Ask again" in log.strip.accessibleName()
    menu = log.menu(log.line.people[0])
    next(action for action in menu.actions() if action.text() == first[1]).trigger()
    settle(opened)
    assert log.line.people[0].row_id == first[0]
    keys.press(Qt.Key.Key_Return)
    settle(opened)
    assert opened.window.toast._text == f"Ask {first[1]} again from 1 Sept 2027"
    assert show_person(store, first[0]).values["ask_again_on"] == "2027-09-01"
