"""What a post may be used for: permissions with their terms, where it is used, and words that are quoted."""
