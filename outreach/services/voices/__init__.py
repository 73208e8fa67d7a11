"""Voices beyond the platforms: events, venues, what readers listen to, and introductions."""
