import re
from pathlib import Path

import outreach.services.letters
from outreach.errors import KnownError
from outreach.wording import Words
from outreach.wording.troubles.letters import SENTENCES

_SOURCES = Path(outreach.services.letters.__file__).parent.glob("*.py")
_FACTS = {"line": 3, "what": "x", "part": "body", "limit": 1000, "field": "subject", "address": "a"}


def test_every_trouble_has_its_sentence_and_every_sentence_its_trouble():
    raised = {code for file in _SOURCES for code in re.findall(r'"(letters\.[a-z_]+)"', file.read_text("utf-8"))}
    assert raised == set(SENTENCES)


def test_every_sentence_can_be_said():
    for code in SENTENCES:
        said = Words("en_GB").trouble(KnownError(code, **_FACTS))
        assert said.endswith(".")
        assert not re.search(r"[{}!]|please", said)
