"""What only the window says; by a code with ``@window``, in place of a sentence that names a command."""

SENTENCES = {
    "refs.which_edition@window": "Say which copy of {title}: {which}.",
    "people.email_taken@window": "{value} belongs to {other} already.",
    "people.account_taken@window": "{value} belongs to {other} already.",
    "catalogue.no_copies@window": "There are not enough copies of {edition}: {left} left, {wanted} needed. Add copies on the "
    "title’s page, or send fewer.",
    "import.no_people@window": "{file} has no column for a name, an e-mail or an account (it has {headers}). Give one of "
    "its columns such a heading, or choose another file.",
    "import.no_titles@window": "{file} has no column for a title (it has {headers}). Give one of its columns that heading, "
    "or choose another file.",
    "import.whose@window": "{file} does not say whose reading it is. Import it from their profile.",
    "import.not_whose@window": "Only what someone reads belongs to one person.",
    "match.one_of@window": "Choose a title or a person.",
    "match.nothing_known@window": "Nothing is known of {title} to match by. Add a genre or an author on its page.",
    "gifts.on_its_way@window": "{title} is on its way in parcel {shipment}. If that came back, note it on the page of "
    "shipments. Nothing was changed.",
    "shipments.no_edition@window": "It is not said which copy of {title} goes out. Say it on the gift, then pack again. "
    "Nothing was packed.",
    "posts.nobody@window": "It is not known who posted that. Choose the person.",
    "posts.which_item@window": "{person} has {number} gifts that it could be about. Choose the title.",
    "posts.twice@window": "That post is noted already, on {on_day}.",
    "mail.no_account@window": "It is not known yet by which mail account letters go. Say it in the settings, or save the "
    "letters as drafts.",
    "mail.bad_certificate@window": "{host} does not prove that it is that server: {why}. Nothing was sent. Ask whoever "
    "runs it.",
    "outbox.paused@window": "Sending is paused, since a backup was put back: what waits may have been sent after it was "
    "made. Look through the outbox, then go on.",
    "outbox.stale@window": "{count} letters were to go more than {hours} hours ago. Look through the outbox, then send "
    "them or hold them back.",
    "replies.unknown@window": "That answer is not there any more.",
    "letters.no_sender@window": "Say who writes before a letter is drafted: your name, e-mail and postal address.",
    "keys.unreadable": "Your own keys could not be read from {file}: {why}. The first keys are in force.",
    "keys.set_aside": "Your own keys in {file} could not be read, so the first keys are in force. The file is kept beside "
    "it as {aside}.",
    "keys.taken": "{keys} is for “{which}” already. Choose other keys, or change that one first.",
    "keys.reserved": "{keys} means the same everywhere and stays as it is. Choose other keys.",
    "letters.none_to_print@window": "No letter is approved that could be printed. Approve one first.",
    "attachments.unknown@window": "That file was taken off in the meantime.",
}
