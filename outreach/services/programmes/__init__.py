"""Programmes that outlive a campaign: whom they look for, their seasons, who is in them, and what she was given."""
