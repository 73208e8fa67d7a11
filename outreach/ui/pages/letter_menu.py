"""The other roads for one letter: copied, opened in the mail program, printed."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from outreach.paper.printout import Printout, Section
from outreach.services.drafting import LetterText
from outreach.services.letters.mailto import LONGEST_LINK, mail_link
from outreach.services.letters.parts import text_of
from outreach.ui.desk import Desk
from outreach.ui.printing import print_pages
from outreach.ui.widgets.menus import Menu


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
    lines = [line for line in text_of(letter.markdown).split("\n") if line != "---"]
    printout = Printout(letter.subject, letter.to_name, [Section(lines=lines)])
    print_pages(desk, parent, letter.to_name, lambda _: printout)
