"""What a site asks of programs (``robots.txt``, RFC 9309)."""

from datetime import datetime
from urllib.robotparser import RobotFileParser

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.feeds.fetching import Ask, Net, fetch
from outreach.services.feeds.network import Target

_AGENT = "Outreach"
_LONGEST_PAUSE = 30.0


def pause_asked(target: Target, private: tuple[str, int] | None, net: Net, now: datetime, job: Job) -> float:
    """The seconds that a site wants between two requests, 0 where it does not say.

    What has no such file, or does not hand it out, may be asked for; a site in trouble is asked for nothing.

    Raises:
        KnownError: ``feeds.robots``, or what was in the way of reaching the site.
        Cancelled: when the job was stopped.
    """
    place = Target(target.scheme, target.host, target.port, "/robots.txt")
    try:
        answer = fetch(Ask(place, private), net, now, job)
    except KnownError as error:
        if error.code in ("feeds.refused", "feeds.gone") and int(error.facts.get("status", 410)) < 500:
            return 0.0
        if error.code in ("feeds.too_large", "feeds.too_many_redirects", "feeds.bad_redirect"):
            return 0.0
        raise
    told = RobotFileParser()
    told.parse(answer.body.decode("utf-8", "replace").splitlines()[:5000])
    if not told.can_fetch(_AGENT, target.path):
        raise KnownError("feeds.robots", host=target.host)
    asked = told.crawl_delay(_AGENT)
    return min(float(asked or 0), _LONGEST_PAUSE)
