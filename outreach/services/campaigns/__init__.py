"""Campaigns: what they are for, what they may cost, what is to be done by when, and what came of them."""
