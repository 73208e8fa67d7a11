"""Use cases, one module per noun. They return facts, never sentences, and know no Qt."""
