"""A link that opens a letter in the mail program."""

from urllib.parse import quote

#: Mail programs and systems cut longer ones.
LONGEST_LINK = 1900


def mail_link(address: str, subject: str, text: str) -> str:
    """A ``mailto:`` link with a letter in it; RFC 6068."""
    body = quote(text.replace("\n", "\r\n"), safe="")
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={body}"
