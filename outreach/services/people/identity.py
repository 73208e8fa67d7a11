"""By what somebody is recognised who has neither e-mail address nor account: the name, and one thing more."""

import re
from collections.abc import Sequence

from outreach.fields.places import postcode_key
from outreach.fields.text import fold

_DIGITS = re.compile(r"\D+")
_LEAST_DIGITS = 6


def identity_keys(
    name_key: str, postcodes: Sequence[str], organisation: str = "", phone: str = "", *, is_reachable: bool = False
) -> list[str]:
    """The keys of a person, such as ``maya reyes|LS1 4AB``; of someone of whom only the name is known, that alone.

    Args:
        name_key: Her folded name.
        postcodes: Those of her addresses.
        organisation: Where she works.
        phone: As it is written.
        is_reachable: Whether an e-mail address or an account tells more than the name does.
    """
    if not name_key:
        return []
    digits = _DIGITS.sub("", phone)
    more = [postcode_key(code) for code in postcodes]
    more += [f"@{fold(organisation)}" if organisation else "", digits if len(digits) >= _LEAST_DIGITS else ""]
    found = [f"{name_key}|{each}" for each in dict.fromkeys(filter(None, more))]
    return found or ([] if is_reachable else [f"{name_key}|"])
