"""One post: whose, about what, in which words, and what lies behind it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from outreach.fields.platforms import platform_name
from outreach.services.pages.posts import PostLine, PostMore
from outreach.ui.actions import key_of
from outreach.ui.desk import Desk
from outreach.ui.pages.post_block import PostBlock
from outreach.ui.paint.canvas import Canvas
from outreach.ui.paint.cells import badge, paint_title, voice
from outreach.ui.paint.marks import avatar
from outreach.ui.widgets.basics import Button, Painted
from outreach.ui.widgets.flow import Block, Paragraph, TextLines
from outreach.ui.widgets.lists import SidePane
from outreach.ui.widgets.postparts import CountsBlock, PictureBlock
from outreach.ui.widgets.tightening import Row


class NatureCard(Block):
    """What lies behind a post, with its reason."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._post: PostLine | None = None

    def set_post(self, post: PostLine) -> None:
        """Show a post's nature."""
        self._post = post
        words = self._desk.words
        self.setAccessibleName(f"{words.term('nature', post.nature)}, {self._reason(post)}")
        self.refresh()

    def _reason(self, post: PostLine) -> str:
        reason = self._desk.words.term("nature_reason", post.nature_reason)
        return f"{reason}, {self._desk.day(post.gift_on)}" if post.gift_on else reason

    def height_at(self, width: float) -> float:
        post = self._post
        return 38 + TextLines(self.theme, self._reason(post), "small", width - 56).height if post else 0

    def paint_on(self, canvas: Canvas, width: float) -> None:
        post = self._post
        if post is None:
            return
        organic = post.nature == "organic"
        tint, ink = ("good_tint", "good") if organic else ("press", "ink2")
        canvas.rounded(QRectF(0, 0, width, self.height()), 8, tint)
        canvas.icon("leaf" if organic else "info", 14, 20, 17, ink, 2)
        canvas.text(44, 18, self._desk.words.term("nature", post.nature), "strong", ink)
        TextLines(self.theme, self._reason(post), "small", width - 56).paint(canvas, 44, 28, ink)


class PostPane(SidePane):
    """The post that is read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, 358)
        self._desk = desk
        self._post: PostLine | None = None
        theme, say = desk.theme, desk.say
        self._head = Painted(theme, self._paint_head, 46)
        self._title = Painted(theme, self._paint_about, 44)
        self._words = Paragraph(theme, "", "quote", "ink")
        self._picture = PictureBlock(desk)
        self._counts = CountsBlock(desk)
        self._nature = NatureCard(desk)
        self._open = Button(theme, say("Open post"), "default", "external-link", key_of("open_post"))
        self._person = Button(theme, say("Open profile"), "default", "users")
        self._count = Button(theme, say("Note counts"), "ghost", "chart-column", key_of("count_post"))
        self._agreed = Button(theme, say("What was agreed"), "ghost", "shield-check")
        self._facts = Paragraph(theme, "", "small", "ink3")
        self.block = PostBlock(desk)
        acts = Row(self._count, self._agreed, None)
        buttons = Row(self._open, self._person, None)
        for part in (self._head, 14, self._title, 12, self._words, 10, self._picture, 10, self._counts, 10,
                     self._nature, 14, buttons, 6, acts, 12, self.block, 12,
                     self._facts):  # fmt: skip
            if isinstance(part, int):
                self.content.addSpacing(part)
            else:
                self.content.addWidget(part)
        self.content.addStretch(1)
        self._open.clicked.connect(self.open_post)
        self._person.clicked.connect(self._go)
        self._count.clicked.connect(lambda: desk.ask("counts", self._post.id) if self._post else None)
        self._agreed.clicked.connect(self.ask_deal)

    def show_post(self, post: PostLine | None) -> None:
        """Show a post, or nothing."""
        self._post = post
        self.body.setVisible(post is not None)
        self.block.show_post(post.id if post is not None else -1)
        if post is None:
            return
        words = self._desk.words
        self._head.set_paint(self._paint_head, post.person.name if post.person else words.tr("Someone"))
        self._title.set_paint(self._paint_about, post.title)
        self._title.setVisible(bool(post.title))
        self._words.set_text(post.text)
        self._nature.set_post(post)
        self._open.setVisible(bool(post.url))
        self._person.setVisible(post.person is not None)
        self._agreed.setVisible(bool(post.gift_id))
        self._facts.set_text(self._told(post))

    def show_more(self, found: PostMore, image: QImage | None) -> None:
        """Show what is kept beside the post, with its newest picture."""
        if self._post is None or found.id != self._post.id:
            return
        words = self._desk.words
        self._counts.set_counts(found.counts)
        kept = found.pictures[0] if found.pictures else None
        self._picture.set_picture(
            image, words.tr("Picture kept on {day}", day=words.day(kept.taken_on)) if kept is not None else ""
        )
        lines = [self._told(self._post)]
        if found.embargo:
            lines.append(words.tr("Posted before its reviews were meant to appear, {day}. Noted, and nothing more.",
                                  day=words.day(found.embargo)))  # fmt: skip
        lines += [words.tr("{file}, kept on {day}, SHA-256 {hash}", file=each.name, day=words.day(each.taken_on),
                           hash=each.hash) for each in found.pictures]  # fmt: skip
        self._facts.set_text("\n".join(filter(None, lines)))

    def ask_deal(self) -> None:
        """Ask what was agreed on the gift behind the post."""
        if self._post is not None and self._post.gift_id:
            self._desk.ask("deal", [self._post.gift_id])

    def _told(self, post: PostLine) -> str:
        words = self._desk.words
        told_by = words.tr("Told by {name}", name=post.told_by) if post.told_by else ""
        return "\n".join(filter(None, (post.outlet if post.platform else "", told_by, post.url)))

    def open_post(self) -> None:
        """Show the post where it was posted."""
        if self._post is not None and self._post.url:
            self._desk.files.browse(self._post.url)

    def _go(self) -> None:
        if self._post is not None and self._post.person is not None:
            self._desk.go("people", self._post.person.id)

    def _paint_head(self, canvas: Canvas, width: float, height: float) -> None:
        post = self._post
        if post is None:
            return
        name = post.person.name if post.person else self._desk.say("Someone")
        mark = badge(post.person.platform, post.person.role) if post.person else ""
        size, step = canvas.px(40), canvas.px(10)
        avatar(canvas, 0, (height - size) / 2, size, name, mark)
        x = size + 12
        canvas.text(x, height / 2 - step, name, "strong", width=width - x)
        place = post.outlet if not post.person or post.outlet != post.person.organisation else ""
        where = platform_name(post.platform) or place or self._desk.words.term("post_kind", post.kind)
        shown = ", ".join(filter(None, (voice(post.person, self._desk.words) if post.person else "", where,
                                        self._desk.day(post.day))))  # fmt: skip
        canvas.text(x, height / 2 + step, shown, "small", "ink2", width=width - x)

    def _paint_about(self, canvas: Canvas, width: float, height: float) -> None:
        post = self._post
        if post is not None and post.title:
            paint_title(canvas, QRectF(0, 0, width, height), post.item_id, post.title, "", is_book=post.is_book)
