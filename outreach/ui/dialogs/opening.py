"""Which dialog answers which wish, and how trouble is told."""

from outreach.ui.desk import Desk
from outreach.ui.window import Window


def open_dialog(desk: Desk, window: Window, name: str, about: object) -> None:
    """Open the dialog of a name."""


def show_trouble(desk: Desk, window: Window, error: Exception) -> None:
    """Tell of a trouble: a sentence for the user's world, a report for a mistake of ours."""
    raise error
