"""Use cases, a package a noun. They return facts, never sentences, and know no Qt."""
