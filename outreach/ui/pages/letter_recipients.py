"""Who is written to, as the list of the merge shows them: a face, a name, and how the letter stands."""

from PySide6.QtCore import QRectF

from outreach.services.drafting.drafts import Problem
from outreach.services.pages.letters import Recipient
from outreach.ui.desk import Desk
from outreach.ui.pages.letter_merge import Merge
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import badge, is_low, two_lines
from outreach.ui.paint.marks import avatar


class RecipientPainter:
    """Paints the lines of the list."""

    def __init__(self, desk: Desk, merge: Merge) -> None:
        self._desk = desk
        self._merge = merge

    def stands(self, row: Recipient) -> tuple[str, str, str]:
        """An icon, a colour, and how a letter stands."""
        say, letter, problem = self._desk.say, self._merge.text(row), self._merge.problem(row)
        if row.approved is not None:
            shown = {"queued": say("On its way"), "sent": say("Sent")}.get(row.state, say("Approved"))
            return "circle-check", "good", shown
        if problem is not None:
            return "circle-alert", "warn", _short(self._desk, problem)
        if letter is None:
            return "", "ink3", say("Being written") if self._merge.is_writing else say("Not written yet")
        if any(each.stops for each in self._merge.findings_of(row)) and not letter.missing:
            return "circle-alert", "bad", say("Needs a change")
        if letter.missing:
            number = len(letter.missing)
            return (
                "circle-alert",
                "warn",
                self._desk.words.trn("{number} fact missing", "{number} facts missing", number),
            )
        return "", "ink2", say("Ready to read")

    def speak(self, row: Recipient) -> str:
        """Someone's line in words."""
        return f"{row.person.name}, {self.stands(row)[2]}"

    def paint(self, canvas: Canvas, rect: QRectF, row: Recipient) -> None:
        """Paint someone's line."""
        middle, person, size = rect.center().y(), row.person, canvas.px(22 if is_low(canvas, rect) else 28)
        avatar(canvas, rect.left(), middle - size / 2, size, person.name, badge(person.platform, person.role))
        x, name = rect.left() + size + 12, [(person.name, "medium", "ink")]
        icon, color, words = self.stands(row)
        two_lines(canvas, rect, x, rect.right() - 14 - x, name, (words, "small", color), icon=(icon, color))


def _short(desk: Desk, problem: Problem) -> str:
    shown = {
        "letters.no_email": desk.say("No e-mail yet"),
        "letters.suppressed": desk.say("Asked not to be contacted"),
        "letters.not_yet": desk.say("Asked for later"),
        "letters.away": desk.say("Away for a while"),
        "letters.pitched_before": desk.say("Pitched before"),
        "policies.closed": desk.say("Closed to requests"),
        "policies.genre": desk.say("Not a genre they take"),
        "policies.not_named": desk.say("Not a genre they take"),
        "policies.format": desk.say("Not a format they take"),
        "policies.country": desk.say("No parcels there"),
    }
    return shown.get(problem.code, desk.say("Cannot be written"))
