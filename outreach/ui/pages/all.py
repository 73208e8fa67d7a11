"""Every place and its page; a page's module is loaded when it is first visited, so that the start is fast."""

import importlib
import pkgutil
from functools import partial

from PySide6.QtCore import QObject, QTimer

from outreach.services import pages
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


#: What pages stand on beside what they read; none of it is of Qt.
_BESIDE = (
    "services.carrying.booking", "services.catalogue.covers", "services.drafting.filling", "services.drafting.history",
    "services.drafting.preview", "services.exporting.tables", "services.feeds.keeping", "services.mail.replies",
    "services.matching.allocation", "services.people.bulk", "services.people.subject", "services.quicklog",
    "services.review.making", "services.shipments.labels", "services.workspaces.views", "wording.campaigns",
    "wording.letters", "wording.report_blocks",
)  # fmt: skip


#: The longest lists among the resources, which are read once; no page waits for them.
_LISTS = (
    ("services.catalogue.genres", "load_genres"), ("services.carrying.layouts", "load_layouts"),
    ("services.shipments.labels", "load_sheets"),
)  # fmt: skip


def load_services() -> None:
    """Load what pages stand on; this may be done on any thread.

    The pages themselves may not: Qt asks what a class is without holding Python, and finds nothing while another
    thread makes one.
    """
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        importlib.import_module(module.name)
    for name in _BESIDE:
        importlib.import_module(f"outreach.{name}")
    for name, reader in _LISTS:
        getattr(importlib.import_module(f"outreach.{name}"), reader)()


def load_pages(window: QObject, at: int = 0) -> None:
    """Load all pages, one a turn, so that the first visit of each is as fast as the second."""
    modules = [module for module, _ in _PAGES.values()]
    importlib.import_module(f"outreach.ui.pages.{modules[at]}")
    if at + 1 < len(modules):
        QTimer.singleShot(0, window, partial(load_pages, window, at + 1))


def make_page(place: str, desk: Desk) -> Page:
    """The page of a place."""
    module, name = _PAGES[place]
    page: Page = getattr(importlib.import_module(f"outreach.ui.pages.{module}"), name)(desk)
    return page
