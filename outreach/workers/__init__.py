"""Child processes for heavy or untrusted work: plain data in and out, with limits."""
