"""Every place and its page."""

from collections.abc import Callable

from outreach.ui.desk import Desk
from outreach.ui.page import Page
from outreach.ui.pages.campaigns import CampaignsPage
from outreach.ui.pages.catalogue import CataloguePage
from outreach.ui.pages.clubs import ClubsPage
from outreach.ui.pages.letters import LettersPage
from outreach.ui.pages.match import MatchPage
from outreach.ui.pages.people import PeoplePage
from outreach.ui.pages.posts import PostsPage
from outreach.ui.pages.review import ReviewPage
from outreach.ui.pages.shipments import ShipmentsPage
from outreach.ui.pages.today import TodayPage
from outreach.ui.pages.welcome import WelcomePage

PAGES: dict[str, Callable[[Desk], Page]] = {
    "today": TodayPage,
    "people": PeoplePage,
    "catalogue": CataloguePage,
    "campaigns": CampaignsPage,
    "match": MatchPage,
    "letters": LettersPage,
    "shipments": ShipmentsPage,
    "posts": PostsPage,
    "clubs": ClubsPage,
    "review": ReviewPage,
    "welcome": WelcomePage,
}
