"""Imports: reading a file in a child process, matching it against what is there, writing it as one transaction."""
