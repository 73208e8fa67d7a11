"""Every place and its page."""

from collections.abc import Callable

from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.people import PeoplePage

PAGES: dict[str, Callable[[Desk], Page]] = {"people": PeoplePage, "today": PeoplePage}
