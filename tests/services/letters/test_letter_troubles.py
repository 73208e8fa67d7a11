import re
from pathlib import Path

import outreach.services.letters
from outreach.errors import KnownError
from outreach.wording import Words
from outreach.wording.troubles.letters import SENTENCES

_LETTERS = Path(outreach.services.letters.__file__).parent
_SERVICES = _LETTERS.parent
_SOURCES = [*_LETTERS.glob("*.py"), *(_SERVICES / "drafting").glob("*.py"), _SERVICES / "people" / "consent_checked.py",
            _SERVICES.parent / "cli" / "letters_kept.py"]  # fmt: skip
#: Made of a part and a name.
_MADE = {"lint.no_disclosure", "lint.no_opt_out"}
_FACTS = {"line": 3, "what": "x", "part": "body", "limit": 1000, "field": "subject", "address": "a", "words": 3, "said": "x", "name": "x",
          "start": "Re:", "scheme": "ftp", "most": 3, "lacking": ["format"], "first_day": "2027-03-03", "count": 2,
          "days": 30, "fact": "x", "file": "x.pdf", "number": 3, "person": "x", "letter_country": "DE"}  # fmt: skip


def test_every_trouble_has_its_sentence_and_every_sentence_its_trouble():
    raised = {
        code
        for file in _SOURCES
        for code in re.findall(r'"((?:letters|lint|attachments)\.[a-z_]+)"', file.read_text("utf-8"))
    }
    assert set(SENTENCES) - _MADE <= raised
    ours = {code for file in _LETTERS.glob("*.py") for code in re.findall(r'"(letters\.[a-z_]+)"', file.read_text())}
    assert ours <= set(SENTENCES)


def test_every_sentence_can_be_said():
    for code in SENTENCES:
        said = Words("en_GB").trouble(KnownError(code, **_FACTS))
        assert said.endswith(".")
        assert not re.search(r"[{}!]|please", re.sub(r"\{\{ [a-z_.]+ \}\}", "", said))
