"""Why a person fits an item, what to mind, and why some are never shown. Facts with a source, never a score alone."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outreach.services.matching import RecordSize
    from outreach.wording.words import Words

SENTENCES: dict[str, str] = {
    "likes_genre": "Enjoys {genre}",
    "likes_genre_evidence": "Enjoys {genre}: {evidence}",
    "likes_genres": "Enjoys {genres}",
    "likes_kin": "Enjoys {genre}, close to {other}",
    "liked_of_genre": "Liked {liked} of {read} in {genre}",
    "liked_of_author": "Liked {liked} of {read} by {author}",
    "liked_close": "Liked {titles}, close to this",
    "liked_shared": "Liked {title}, as readers of such books do",
    "reads_new": "Mostly reads new releases",
    "reads_classics": "Mostly reads classics",
    "sold": "Sold {number} copies before",
    "liked_none_of_genre": "Read {read} in {genre}, liked none",
    "rarely_reads": "Rarely reads {genre}: {read} of {size}",
    "disliked_author": "Did not enjoy {author}",
    "liked_author": "Enjoys {author}",
    "liked_comp": "Enjoys {title}, a close comp",
    "likes_keyword": "Looks for {words}",
    "audience_genre": "Followers enjoy {genre}",
    "audience_keyword": "Followers ask for {words}",
    "posted_genre": "Posted about {posted} of {gifts} {genre} gifts, unprompted",
    "posted": "Posted about {posted} of {gifts} gifts, unprompted",
    "hosted_club": "Started a club from a gift",
    "dislikes_genre": "Does not enjoy {genre}",
    "dislikes_audience": "Followers do not enjoy {genre}",
    "unread": "Has {number} of our gifts still to read",
    "no_address": "No postal address yet",
    "no_email": "No e-mail address yet",
    "first_gift": "First gift",
    "excluded.suppressed": "Asked not to be contacted",
    "excluded.limit": "Never reads {genre}",
    "excluded.policy_closed": "Closed to requests",
    "excluded.has_it": "Has it already, or it is on its way",
    "excluded.pitched": "Has been pitched it before",
    "excluded.declined": "Said not this time",
    "excluded.minor": "Under age, and no guardian to ask",
    "excluded.not_yet": "Asked for later, from {from_day}",
    "excluded.has_read": "Has read it",
    "excluded.language": "Reads another language ({language})",
    "excluded.country": "Lives where no copies go ({country})",
    "excluded.format": "Takes none of its formats ({format})",
    "excluded.enough_sent": "Was sent {number} in the last {days} days, enough for now",
    "excluded.enough_unread": "Has {number} of our gifts unread, enough for now",
    "excluded.asked_lately": "Was asked lately, on {on_day}",
    "excluded.chosen": "Is on the list for it already",
}


def record_words(words: "Words", record: "RecordSize") -> str:
    """How much is known of someone's reading, such as "4 books read and 1 taste named"."""
    read, stated = words.count("match.read", record.read), words.count("match.stated", record.stated)
    if not record.read or not record.stated:
        return read if record.read else stated
    return words.say("match.record", read=read, stated=stated)
