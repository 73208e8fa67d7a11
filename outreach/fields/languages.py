"""Languages by their codes: two letters as we keep them, three as ONIX and others write them."""

from outreach.fields.text import clean

#: ISO 639-2 codes of languages with a two-letter code; of two for one the one that ONIX uses (list 74) is first.
_SHORT = {
    "eng": "en", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "spa": "es", "ita": "it", "por": "pt", "dut": "nl",
    "nld": "nl", "pol": "pl", "swe": "sv", "nor": "no", "dan": "da", "fin": "fi", "rus": "ru", "jpn": "ja", "chi": "zh",
    "zho": "zh", "kor": "ko", "ara": "ar", "tur": "tr", "gle": "ga", "wel": "cy", "cym": "cy", "gre": "el", "ell": "el",
    "heb": "he", "hin": "hi", "cze": "cs", "ces": "cs", "hun": "hu", "rum": "ro", "ron": "ro", "ukr": "uk",
}  # fmt: skip


def short_language(text: str) -> str:
    """A language as ISO 639-1 where there is such a code, else as written."""
    code = clean(text).partition("-")[0].casefold()
    return _SHORT.get(code, code)


def long_language(text: str) -> str:
    """A language as ISO 639-2 writes it for libraries, empty where we know none."""
    code = short_language(text)
    return next((long for long, short in _SHORT.items() if short == code), "")
