"""What a review is counted from, in columns: a workspace may have hundreds of thousands of gifts.

Everything here imports numpy at once; whoever uses it imports it late, where a review is made.
"""
