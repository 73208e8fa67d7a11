"""The other roads for one letter: copied, opened in the mail program, printed."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from outreach.jobs import Job
from outreach.paper.letters import LetterPages
from outreach.paper.pages import Painted, print_pages
from outreach.services.drafting.drafts import LetterText
from outreach.services.drafting.on_paper import printed
from outreach.services.drafting.senders import sender
from outreach.services.letters.mailto import LONGEST_LINK, mail_link
from outreach.services.letters.parts import text_of
from outreach.services.shipments.labels import paper_of
from outreach.store.database import Store
from outreach.ui.desk import Desk
from outreach.ui.widgets.menus import Menu
from outreach.wording.letters import letter_paper
from outreach.wording.slips import paper_doubts


def letter_menu(desk: Desk, parent: QWidget, letter: LetterText) -> Menu:
    """What can be done with a letter that nothing is missing in."""
    menu, say = Menu(parent), desk.say
    menu.addAction(say("Copy the letter")).triggered.connect(lambda: copy_letter(desk, letter))
    link = mail_link(letter.to_address, letter.subject, text_of(letter.markdown))
    act = menu.addAction(say("Open in the mail program"))
    act.setEnabled(len(link) <= LONGEST_LINK)
    act.triggered.connect(lambda: desk.files.browse(link))
    menu.addAction(say("Print the letter")).triggered.connect(lambda: print_letter(desk, parent, letter))
    return menu


def copy_letter(desk: Desk, letter: LetterText) -> None:
    """Put a letter's words onto the clipboard."""
    QGuiApplication.clipboard().setText(text_of(letter.markdown))
    desk.tell(desk.say("Copied the letter to {name}", name=letter.to_name))


def print_letter(desk: Desk, parent: QWidget, letter: LetterText) -> None:
    """Print a letter, or make a PDF of it."""
    printer, words = desk.files.to_print(parent, letter.to_name), desk.words
    if printer is None:
        return

    def work(store: Store, job: Job) -> Painted:
        me, today = sender(), store.today().isoformat()
        paper = letter_paper(words, printed(letter.person_id, letter.markdown), me, today)
        return print_pages(printer, LetterPages([paper], paper_of(me.country)), job)

    def told(painted: Painted) -> None:
        doubts = paper_doubts(words, [letter.to_name], painted.cut, painted.unreadable, (), cut="letters.cut")
        shown = words.trn("Printed {number} page", "Printed {number} pages", painted.pages)
        desk.tell(" ".join([f"{shown}.", *doubts]) if doubts else shown)

    desk.runner.run(Job("Printing"), work, then=told)
