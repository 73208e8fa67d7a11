"""Gifts: planned, asked, answered, and what is hoped for afterwards."""
