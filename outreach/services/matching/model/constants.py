"""Every number of the match that was chosen, with where it comes from.

Sources, named in brackets behind each number:

* [E] the evidence model of our matching study: five log-odds terms, their constants set by a coordinate search on
  readers of 2017 (goodbooks-10k, CC BY-SA 4.0), rounded, with a flat optimum.
* [C] cold start within that record: books were hidden from everyone's record as if they were new, the terms were
  worked out from the rest, and a logistic regression asked how much each term is worth beside the others. Its weights
  were rounded to one twentieth. Nothing is fitted while the program runs.
* [T] a choice of the trade or of ours, with its reason.
"""

#: A genre's share of a book is its weight to this power, normalised: the second genre counts nearly as much. [E]
GENRE_DAMPING = 0.75
#: So many imagined events of the average reader are mixed into a person's genres. [E]
GENRE_PRIOR = 3.0
#: What stated genres weigh, in events: three named genres are worth about five books read. [E]
STATED_EVENTS = 12.0
#: The share of related genres in what someone states who has no record at all. [E]
STATED_RELATED = 0.2
#: What a genre counts that is named first, second, third, … [E]
STATED_STEP = 0.15
#: No genre is rarer than this in the priors. [E]
RAREST = 1e-3
#: Under so many events, so many of the catalogue's average are mixed into the priors. [E]
FEW_EVENTS, IMAGINED_EVENTS = 500.0, 200.0

#: Of those imagined events, what each is worth as a book alike, as one that its readers share, and as one of a given
#: keyword, so that in a small agency one reader is not her own average. [T, from the averages of the study]
IMAGINED_SIMILAR, IMAGINED_SHARED, IMAGINED_WORD = 0.01, 0.1, 0.005

#: How steeply books by the same author count, inside a logarithm. [E]
AUTHOR_STEEPNESS = 20.0
#: The same for volumes of the same series; flatter, as they come in numbers. [C]
SERIES_STEEPNESS = 5.0
#: So many imagined events of the average reader are mixed into a person's eras. [E]
ERA_PRIOR = 3.0
#: The oldest age, in years, of the steps into which the ages of books fall; what is older is the last step. [T]
AGE_STEPS = (1, 3, 5, 7, 9, 13, 17, 25, 37, 50, 67, 100)
#: At which of those steps an era begins: new, recent, backlist, a generation old, older, classics. [E]
ERA_BEGINS = (0, 3, 5, 7, 9, 11, 13)
#: Books are near in age when the logarithms of their ages, so many years added, differ by less than this. [C]
AGE_OFFSET, AGE_NEAR = 5.0, 0.3
#: So many imagined events are mixed into how much someone reads of books of an age. [C]
AGE_PRIOR = 5.0
#: So many imagined ratings of the average reader are mixed into how often someone likes what she reads. [E]
LIKE_PRIOR = 8.0
#: Nobody's average is held to be more extreme than this. [E]
LIKE_BOUNDS = (0.05, 0.95)

#: How alike two books are: the share of genres beside keywords, and of genres where there are no keywords. [E]
SIMILAR_GENRES, SIMILAR_GENRES_ALONE = 0.25, 0.6
#: A comp that the publisher named is at least this alike. [E]
SIMILAR_COMP = 0.8
#: Likeness to this power, so that a few really close books count, which are also those to name. [C; E had 6]
SIMILAR_POWER = 4
#: So many imagined events are mixed in. [E]
SIMILAR_PRIOR = 10.0
#: Only so many of the closest books are looked at; further ones change nothing to the third place. [C]
CLOSEST = 300
#: Keywords of a book count by their place: the first most. [E]
KEYWORD_DECAY = 0.03
#: Fewer books with a keyword than this make it a word of no use. [E]
KEYWORD_BOOKS = 5
#: A book with fewer keywords than this has as much less to say by them. [T]
MANY_KEYWORDS = 5
#: So many imagined events are mixed into a person's keywords, and no keyword is rarer than that. [C]
KEYWORD_PRIOR, RAREST_KEYWORD = 10.0, 1e-4

#: Readers of the author and of so many close books, down to that closeness, stand for the readers to come. [C]
KIN_BOOKS, KIN_LEAST = 200, 0.005
#: A book that many read says less about each; so many are imagined on top. [C]
KIN_PRIOR = 20.0
#: Someone who reads much is a weaker sign; so many are imagined on top. [C]
KIN_READER_PRIOR = 10.0
#: At most so many of those readers are asked what else they read, the surest first. [C]
KIN_READERS = 1500
#: Only what they read more than others counts, and its square, so that what they share stands out. [C]
NEIGHBOUR_POWER = 2
#: Only so many of the books that they share are looked at. [C]
NEIGHBOURS = 600
#: So many imagined events are mixed in. [C]
NEIGHBOUR_PRIOR = 10.0

#: What a book counts that was liked (or read, without stars), was so-so, was disliked: towards genres [E],
#: towards its author and series [E], towards books alike [E], and as reading of its kind [C].
GENRE_VALUE = (1.0, 0.5, 0.2)
AUTHOR_VALUE = (1.0, 0.5, -0.5)
SIMILAR_VALUE = (1.0, 0.3, 0.0)
READING_VALUE = (1.0, 0.6, 0.3)

#: How much each term is worth beside the others: between what short records and long ones ask for. [C]
WEIGHTS = {
    "genre": 0.4, "author": 0.25, "era": 0.3, "age": 0.5, "similar": 0.15, "like": 0.2, "series": 0.5,
    "keywords": 0.55, "readers": 0.45,
}  # fmt: skip

#: Genres are all that a short record has to say: they count so much more, half of it at so many events. [C]
GENRE_MORE, GENRE_MORE_UNTIL = 0.4, 20.0

#: Over all that is read the average reader is once as likely as herself: so much of what is above that is taken off
#: each book; the whole would trust a few enthusiasts' records too far. [C]
LEVEL = 0.5
#: Half of that for a record of so many events: little evidence reaches no such height. [C]
LEVEL_FROM = 10.0
#: So many imagined events of the average reader are mixed into a book's level, which a small agency needs. [T]
LEVEL_PRIOR = 200.0
