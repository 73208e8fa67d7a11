"""Every visible sentence outside the window, translatable with gettext.

Services, the store and workers speak in codes and values; `Words` turns them into the user's language.
"""

from outreach.wording.words import Words, small

__all__ = ["Words", "small"]
