"""The sentence of each trouble, by its code: what, where, why, and what to do. One file per area."""

import importlib
import pkgutil

SENTENCES: dict[str, str] = {}
for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    SENTENCES.update(importlib.import_module(_module.name).SENTENCES)
