"""Feeds: blogs, newsletters, podcasts and profiles that are looked through for mentions, and what was found there."""
