"""Texts to try functions on, and the samples and corpora where this machine has them."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st

# The first call may load a library, which takes longer than hypothesis allows for one example.
quick = settings(deadline=None, max_examples=100)

# Any text at all, with controls and halves of surrogate pairs.
any_text = st.text(st.characters(), max_size=60)


def near(alphabet, max_size=40):
    """Texts that look nearly right."""
    return st.text(st.sampled_from(alphabet), max_size=max_size)


def samples(*parts):
    """A file or folder of the samples; skips the test where there are none."""
    return _existing("OUTREACH_SAMPLES", parts)


def corpora(*parts):
    """A file or folder of the corpora; skips the test where there are none."""
    return _existing("OUTREACH_CORPORA", parts)


def _existing(name, parts):
    path = Path(os.environ.get(name, "nowhere"), *parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not on this machine")
    return path


def rows(path, encoding="utf-8-sig", delimiter=","):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))
