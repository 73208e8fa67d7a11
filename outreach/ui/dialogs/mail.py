"""Dialogs about the user's mail account: where it is, whether it lets us in, and its password when that is needed."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from outreach.changes import Changes
from outreach.jobs import Job
from outreach.services.mail import accounts
from outreach.services.mail.mailbox import open_mailbox
from outreach.services.mail.providers import SERVERS, Provider, providers
from outreach.services.mail.transport import Password, Server, trusted, try_out
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.widgets.basics import Button, Label, column
from outreach.ui.widgets.fields import Choice
from outreach.ui.widgets.flow import Paragraph
from outreach.ui.widgets.forms import FieldSpec, Form

_KEPT = ("user", "drafts", "pace", *SERVERS)


class MailDialog(FormDialog):
    """Where letters are handed in and answers are fetched."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        say = desk.say
        mail = accounts.account()
        values = {name: getattr(mail, name) for name in _KEPT}
        form = Form(desk.theme, _fields(desk), values)
        self._service = Choice(say("Mail service"))
        self._service.addItem(say("Another"), "")
        for each in providers():
            self._service.addItem(each.name, each.key)
        now = next((each.key for each in providers() if each.values["smtp_host"] == mail.smtp_host), "")
        self._service.setCurrentIndex(max(0, self._service.findData(now)))
        self._help = Paragraph(desk.theme, "", "small", "ink2")
        above = QWidget()
        above.setLayout(column(Label(desk.theme, say("Mail service"), "smallm", "ink2"), self._service, 2, self._help,
                               spacing=4))  # fmt: skip
        self.test = Button(desk.theme, say("Try it out"), "default", "check")
        super().__init__(desk, parent, say("Mail account"), form, say("Save"), _save, above=above, extra=[self.test],
                         told=say("Saved the mail account"), then=self._keep_password, width=620,
                         text=say("Letters go by your own account, at your own pace. The password is kept in this "
                                  "computer’s keyring or asked for each time, never in a file."))  # fmt: skip
        self._password = ""
        self.test.clicked.connect(self._try)
        self._service.activated.connect(lambda _: self._take_service())
        self._show_help()
        self._service.setFocus()

    def _chosen(self) -> Provider | None:
        return next((each for each in providers() if each.key == self._service.currentData()), None)

    def _take_service(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.form.set_values({**self.form.values(), **chosen.values})
        self._show_help()

    def _show_help(self) -> None:
        say, chosen = self._desk.say, self._chosen()
        text = say("Your provider’s help says which servers and ports it has. Only encrypted connections are used.")
        if chosen is not None and chosen.needs_app_password:
            text = say("{service} wants an app password: turn on two-step sign-in in your account there, then make a "
                       "password for Outreach on its security page and put it below.", service=chosen.name)  # fmt: skip
        elif chosen is not None and chosen.lets_no_passwords:
            text = say("{service} lets few programs in by a password. If yours does not, leave this empty: approved "
                       "letters are saved as drafts that your mail program opens and sends.",
                       service=chosen.name)  # fmt: skip
        self._help.set_text(text)
        self.resettle()

    def submit(self) -> None:
        self._password = self.form.values()["password"]
        super().submit()

    def _keep_password(self, _result: object) -> None:
        password, desk = self._password, self._desk
        mail = accounts.account()
        if not password or not mail.smtp_host:
            return
        servers = [mail.outgoing(), *([mail.incoming()] if mail.imap_host else [])]

        def told(kept: bool) -> None:
            if not kept:
                desk.tell(desk.say("This computer has no safe keyring, so the password is asked for each time"))

        desk.runner.run(Job("Keeping the password", repeatable=False),
                        lambda *_: all(accounts.keep_password(server, password) for server in servers),
                        calls=True, then=told)  # fmt: skip

    def _try(self) -> None:
        """See whether the servers let us in, as the fields are now."""
        if not self.form.check():
            return
        values, desk = self.form.values(), self._desk
        mail = accounts.MailAccount(**{name: values[name] for name in _KEPT})
        self.test.setEnabled(False)
        self.show_trouble("")

        def work(_store: Store, _job: Job) -> str:
            out = mail.outgoing()
            password = values["password"] or accounts.password_of(out, lambda _: "")
            try_out(out, Password(password), trusted())
            if mail.imap_host:
                with open_mailbox(mail.incoming(), password, trusted()):
                    pass
            return out.host

        def then(host: str) -> None:
            if isValid(self) and self.isVisible():
                self.test.setEnabled(True)
                self.test.set_label(desk.say("It works"))
                desk.announce(desk.say("{host} lets you in", host=host))

        def failed(error: Exception) -> None:
            if isValid(self) and self.isVisible():
                self.test.setEnabled(True)
                self._failed(error)

        desk.runner.run(Job("Trying the mail account", repeatable=False), work, calls=True, then=then, failed=failed)


def mail_dialog(desk: Desk, parent: QWidget, _about: object = None) -> None:
    """Say by which mail account letters go."""
    MailDialog(desk, parent)


def password_dialog(desk: Desk, parent: QWidget, about: tuple[str, Server, Callable[[str], None]]) -> None:
    """Ask for the password of a mail account; it is kept as long as the window is open, and in no file."""
    why, server, take = about
    say = desk.say
    form = Form(desk.theme, [FieldSpec("password", say("Password of {user}", user=server.user), wide=True, secret=True,
                                       check=lambda text: "" if text else say("Type it to go on"))])  # fmt: skip
    go, later = Button(desk.theme, say("Go on"), "primary", key="Enter"), Button(desk.theme, say("Not now"))
    dialog = Dialog(desk.theme, parent, say("Password"), why, form, later, go, width=460)
    later.clicked.connect(dialog.close_overlay)
    form.resized.connect(dialog.resettle)
    form.focus_first()

    def submit() -> None:
        if form.check():
            password = form.values()["password"]
            dialog.close_overlay()
            take(password)

    go.clicked.connect(submit)


def _fields(desk: Desk) -> list[FieldSpec]:
    say = desk.say
    security = [("starttls", say("STARTTLS")), ("tls", say("TLS from the start"))]
    return [
        FieldSpec("user", say("User, most often your e-mail address"), "hanna@house.example", wide=True),
        FieldSpec("password", say("Password"), say("Leave empty to keep it as it is"), wide=True, secret=True),
        FieldSpec("smtp_host", say("Server for sending"), "smtp.house.example"),
        FieldSpec("smtp_port", say("Its port"), "587", check=_port(desk)),
        FieldSpec("smtp_security", say("Its encryption"), choices=security),
        FieldSpec("pace", say("Seconds between two letters"), "2"),
        FieldSpec("imap_host", say("Server for answers and drafts"), "imap.house.example"),
        FieldSpec("imap_port", say("Its port"), "993", check=_port(desk)),
        FieldSpec("imap_security", say("Its encryption"), choices=security[::-1]),
        FieldSpec("drafts", say("Folder of drafts"), say("As the server names it")),
    ]


def _port(desk: Desk) -> Callable[[str], str]:
    return lambda text: "" if text.isdecimal() else desk.say("A number such as 587 or 993")


def _save(store: Store, values: Mapping[str, str]) -> Changes:
    return accounts.change_account(store, **{name: values[name] for name in _KEPT})
