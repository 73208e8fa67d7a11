"""Review policies in our own words, in as many ways as bloggers write them, and what a person reads in them.

Each: the text, and what it says as ``kind:key`` with a minus before what it says no to; ``turnaround:`` with its weeks.
"""

# ruff: noqa: ISC004

PAPER = "format:hardback format:paperback format:proof"
NO_SCREEN = "-format:ebook -format:egalley"

POLICIES: dict[str, tuple[str, str]] = {
    "plain": (
        "I am currently open to review requests. I read fantasy, romance and historical fiction. I do not read horror or "
        "erotica. I accept physical copies and ebooks. I live in the UK. Please allow 6 to 8 weeks for a review, which I "
        "post on my blog, Goodreads and Amazon.",
        f"open genre:fantasy genre:romance genre:historical -genre:horror -genre:erotica {PAPER} format:ebook "
        "format:egalley country:GB turnaround:8 site:blog site:goodreads site:amazon",
    ),
    "lists": (
        "Review policy\n\nGenres I love:\n- Young adult\n- Science fiction\n- Memoir\n\nGenres I won't read:\n"
        "- Horror\n- Poetry\n- True crime\n\nFormats: paperback or hardback only, please.",
        "genre:ya genre:science-fiction genre:memoir -genre:horror -genre:poetry -genre:true-crime format:paperback "
        f"format:hardback {NO_SCREEN} -format:audiobook",
    ),
    "closed": (
        "Thank you for stopping by! Unfortunately I'm not accepting review requests until the new year, as my TBR is "
        "taller than I am. When I come back I'll be looking for cosy mysteries and thrillers.",
        "-open genre:cosy-crime genre:thriller",
    ),
    "only": (
        "I only review romance and romantic comedy. No exceptions. Print copies only, I don't own a Kindle. I'm based in "
        "Canada.",
        f"genres_only genre:romance genre:romcom {PAPER} {NO_SCREEN} -format:audiobook country:CA",
    ),
    "turned": (
        "Horror is not for me, and neither is self-help. Fantasy is my favourite, but I'm not a fan of dystopia. "
        "Turnaround is usually three months.",
        "-genre:horror -genre:wellbeing genre:fantasy -genre:dystopia turnaround:12",
    ),
    "except": (
        "I'll read almost anything except erotica, horror and Christian fiction. Non-fiction: no thank you, apart from "
        "memoirs. E-books are fine, audiobooks are welcome.",
        "-genre:erotica -genre:horror -genre:faith -genre:nonfiction genre:memoir format:ebook format:egalley "
        "format:audiobook",
    ),
    "chatty": (
        "So, you want me to read your book? How lovely! I can't get enough of ghost stories, gothic horror and crime. "
        "I'm afraid I can't take PDFs (my eyes!). My reviews go up on Instagram and TikTok, and I cross-post to "
        "Goodreads. I don't post on Amazon.",
        f"genre:horror genre:crime {NO_SCREEN} site:instagram site:tiktok site:goodreads -site:amazon",
    ),
    "business": (
        "REVIEW REQUESTS: OPEN\nWe accept: literary fiction, translated fiction, short stories.\nWe do not accept: YA, "
        "middle grade, picture books.\nFormat: we prefer finished paperbacks; we also use NetGalley.\nLead time: at "
        "least four weeks.",
        "open genre:literary genre:translated genre:short-stories -genre:ya -genre:middle-grade -genre:picture-books "
        "format:paperback format:egalley turnaround:4",
    ),
    "smaller": (
        "I am not accepting self-published books at the moment, sorry! Traditionally published fantasy and YA fantasy "
        "are always welcome. I'm not accepting ebooks. Physical copies can be sent within the US.",
        f"genre:fantasy genre:ya-fantasy {NO_SCREEN} {PAPER} country:US",
    ),
    "hiatus": (
        "The blog is on hiatus while I finish my degree. I will not be accepting any books before June. There is no "
        "guarantee that I review every book, and no obligation either way.",
        "-open",
    ),
    "guarantee": (
        "I can't guarantee a review. I like to read cookbooks, gardening books and nature writing. I never accept poetry. "
        "I aim to finish within 30 days. Please don't hesitate to send graphic novels.",
        "genre:cookery genre:smallholding genre:nature -genre:poetry turnaround:5 genre:graphic",
    ),
    "librarian": (
        "As a school librarian I focus on middle grade, young adult and picture books; adult thrillers and erotica are not "
        "suitable for us. We can only receive parcels in Ireland. Paperbacks preferred, but no e-books. Reviews appear in "
        "our newsletter and on Goodreads.",
        "genre:middle-grade genre:ya genre:picture-books -genre:thriller -genre:erotica country:IE format:paperback "
        f"{NO_SCREEN} site:goodreads",
    ),
    "negatives": (
        "What I don't accept: horror, business books, biographies.\nWhat I do: everything with dragons, epic fantasy, "
        "myth retellings.\nI am closed to blog tours. ARCs and finished copies both welcome, digital ARCs too.",
        "-genre:horror -genre:business -genre:biography genre:fantasy genre:folklore format:proof format:ebook "
        "format:egalley",
    ),
    "quiet": (
        "Hello! I'm Ines and I live in a house with four cats. I like tea. My favourite colour is green and I have been "
        "blogging for ten years.",
        "",
    ),
}

#: Written when the rules were done, and not looked at before.
SET_ASIDE: dict[str, tuple[str, str]] = {
    "bookshop": (
        "We run a small bookshop in Wales and read everything we stock. Proofs of literary fiction, history and poetry "
        "are very welcome. Please do not send us romance or romantasy: our sister shop has those. Digital proofs are no "
        "use to us, sorry. Allow eight weeks.",
        "genre:literary genre:history genre:poetry -genre:romance -genre:romantasy format:proof -format:ebook "
        "-format:egalley turnaround:8",
    ),
    "tok": (
        "pls read before you email!! i do NOT read horror, thrillers or anything with spiders. give me romantasy, "
        "ya fantasy and retellings all day. paperbacks > ebooks. videos go up on TikTok and Instagram. currently CLOSED "
        "to requests.",
        "-open -genre:horror -genre:thriller genre:romantasy genre:ya-fantasy genre:folklore site:tiktok site:instagram",
    ),
    "formal": (
        "This blog reviews crime fiction exclusively. Review copies may be submitted in ePub or Mobi format; hardcovers "
        "cannot be accepted. Reviews are published here and copied to Goodreads, Amazon and Waterstones. The average "
        "turnaround is 4-5 weeks. Requests: open.",
        "open genres_only genre:crime format:ebook format:egalley -format:hardback site:goodreads site:amazon "
        "site:waterstones turnaround:5",
    ),
    "mum": (
        "I read with my two kids, so picture books and middle grade are what we want. We don't do graphic novels. I would "
        "never say no to a cookbook! Based in Australia, so post takes a while.",
        "genre:picture-books genre:middle-grade -genre:graphic genre:cookery country:AU",
    ),
    "tired": (
        "After ten years I've had enough of dystopia, and I no longer read young adult. Historical fiction and biography "
        "are still my great loves. I accept hardbacks, paperbacks and audiobooks. No PDFs ever.",
        "-genre:dystopia -genre:ya genre:historical genre:biography format:hardback format:paperback format:audiobook "
        "-format:ebook -format:egalley",
    ),
    "short": (
        "Accepting: sci-fi, horror. Not accepting: memoir, faith. UK only. 2 months.",
        "genre:science-fiction genre:horror -genre:memoir -genre:faith country:GB turnaround:8",
    ),
}
