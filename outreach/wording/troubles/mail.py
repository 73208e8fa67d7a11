"""The user's mail account, the outbox, and what comes back."""

SENTENCES = {
    "mail.no_account": "It is not known yet by which mail account letters go. Set mail.smtp_host and mail.user, or hand "
    "them out as drafts with “outreach letters draft --out”.",
    "mail.no_mailbox": "It is not known yet where your mailbox is. Set mail.imap_host and mail.user.",
    "mail.bad_port": "“{value}” is no port. Write a number such as 587 or 993.",
    "mail.bad_security": "“{value}” is no way to encrypt. Write starttls or tls.",
    "mail.bad_pace": "“{value}” is no pause between two letters. Write seconds, {most} at most.",
    "mail.no_server": "{host} cannot be reached: {why}. Look at its name, its port and your connection, and try again. "
    "Nothing was sent that is not listed as sent.",
    "mail.bad_certificate": "{host} does not prove that it is that server: {why}. Nothing was sent. Ask whoever runs it, "
    "or name its certificates with --ca-file.",
    "mail.bad_ca_file": "{file} holds no certificates that can be read: {why}.",
    "mail.no_encryption": "{host} does not offer an encrypted connection, so nothing was sent. Look at the port.",
    "mail.wrong_password": "{host} does not let {user} in: {why}. Gmail and many others want a password made for this "
    "program alone, an app password.",
    "mail.mailbox_refused": "The mailbox did not do what it was asked: {why}.",
    "mail.test_refused": "The mail server did not take the test: {why}.",
    "mail.password_needed": "{host} asks for the password of {user}.",
    "outbox.not_approved": "The letter to {person} is not approved, so none was sent. Read and approve it first.",
    "outbox.gone": "The letter to {person} has gone, or may have. It cannot be held back any more.",
    "outbox.not_unclear": "It is not unclear whether the letter to {person} arrived.",
    "outbox.paused": "Sending is paused, since a backup was put back: what waits may have been sent after it was made. "
    "Look at “outreach letters outbox”, then send with --go-on.",
    "outbox.stale": "{count} letters were to go more than {hours} hours ago. Look at “outreach letters outbox”, then send "
    "with --go-on, or hold them back.",
    "letters.not_a_draft": "The letter to {person} is no draft any more.",
    "replies.unknown": "There is no answer “{ref}”. “outreach letters replies” lists them.",
}
