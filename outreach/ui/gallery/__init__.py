"""All components side by side, for whoever works on how things look.

What stands in them is made up and stays in English: it is no part of the program's words.
"""
