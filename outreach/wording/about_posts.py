"""What the commands say of posts: of the log, of feeds, of rights."""

from outreach.wording import feed_terms, post_log, rights_sentences

SENTENCES: dict[str, str] = post_log.SENTENCES | feed_terms.SENTENCES | rights_sentences.SENTENCES
COUNTED: dict[str, tuple[str, str]] = feed_terms.COUNTED
