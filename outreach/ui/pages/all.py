"""Every place and its page; a page's module is loaded when it is first visited, so that the start is fast."""

import importlib

from outreach.ui.desk import Desk
from outreach.ui.page import Page

#: By place: the module within this package and its page.
_PAGES = {
    "today": ("today", "TodayPage"),
    "people": ("people", "PeoplePage"),
    "catalogue": ("catalogue", "CataloguePage"),
    "campaigns": ("campaigns", "CampaignsPage"),
    "match": ("match", "MatchPage"),
    "letters": ("letters", "LettersPage"),
    "shipments": ("shipments", "ShipmentsPage"),
    "posts": ("posts", "PostsPage"),
    "clubs": ("clubs", "ClubsPage"),
    "review": ("review", "ReviewPage"),
    "welcome": ("welcome", "WelcomePage"),
}


def load_pages() -> None:
    """Load all pages, so that the first visit of each is as fast as the second."""
    for module, _ in _PAGES.values():
        importlib.import_module(f"outreach.ui.pages.{module}")


def make_page(place: str, desk: Desk) -> Page:
    """The page of a place."""
    module, name = _PAGES[place]
    page: Page = getattr(importlib.import_module(f"outreach.ui.pages.{module}"), name)(desk)
    return page
