"""Two languages that nobody speaks: they show which words were forgotten, cut or not mirrored, before a translator does.

``en_XA`` is English with accents, about two fifths longer; ``ar_XB`` is the same from right to left. Their names are
those of the pseudolocales of the Unicode CLDR.
"""

import re
from gettext import NullTranslations

#: The locale whose words are longer, and the one that is mirrored as well.
LONGER, MIRRORED = "en_XA", "ar_XB"
_ACCENTED = str.maketrans("acdeinostuyzACDEINOSTUYZ", "áçďéîñöšťüýžÁÇĎÉÎÑÖŠŤÜÝŽ")
_FACT = re.compile(r"(\{[^}]*\})")
_VOWEL = re.compile("[áéîöüý]")


class Pseudo(NullTranslations):
    """Makes the words of a language that nobody speaks."""

    def gettext(self, message: str) -> str:
        """The message, longer and with accents; facts in braces stay."""
        return "".join(part if part.startswith("{") else _longer(part) for part in _FACT.split(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The one or the other message, as English chooses."""
        return self.gettext(msgid1 if n == 1 else msgid2)


def _longer(text: str) -> str:
    accented = text.translate(_ACCENTED)
    return _VOWEL.sub(lambda found: found.group() * 2, accented)
