"""Whether posts tell their readers of a gift: what is needed, what was seen, and the proof of both."""
