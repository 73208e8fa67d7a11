"""Every place and its page."""

from collections.abc import Callable

from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.catalogue import CataloguePage
from outreach.ui.pages.letters import LettersPage
from outreach.ui.pages.match import MatchPage
from outreach.ui.pages.people import PeoplePage
from outreach.ui.pages.posts import PostsPage
from outreach.ui.pages.shipments import ShipmentsPage

PAGES: dict[str, Callable[[Desk], Page]] = {
    "today": PeoplePage,
    "people": PeoplePage,
    "catalogue": CataloguePage,
    "match": MatchPage,
    "letters": LettersPage,
    "shipments": ShipmentsPage,
    "posts": PostsPage,
}
