"""Links that tell a shop's counter who sent a reader: the five marks known as UTM, put onto an address."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from outreach.fields.text import fold


def marked_link(address: str, source: str, campaign: str, medium: str = "gift", content: str = "") -> str | None:
    """An address with the marks of who sends (`source`) and for what; None where it is no address of the web.

    What else the address asks for stays as it is, marks that it had before are replaced, and its fragment stays last.
    The same words make the same link.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    marks = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign, "utm_content": content}
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in marks]
    given = [(name, word) for name, value in marks.items() if (word := "-".join(fold(value).split()))]
    query = urlencode([*kept, *given], quote_via=quote)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))
