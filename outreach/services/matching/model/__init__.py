"""The arithmetic of the match: arrays in, log-odds out. It knows no table and no word, and needs only numpy.

Everything here imports numpy at once; whoever uses it imports it late, where a match is made.
"""
