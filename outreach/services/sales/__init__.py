"""Codes and links of ours, and what was sold: with them or without."""
