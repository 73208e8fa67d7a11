"""Colours, fonts and icons from `resources/theme/tokens.json`: the one place that knows how things look."""

import json
import re
from collections.abc import Hashable
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QIcon, QPainter, QPalette, QPixmap, QStaticText
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from outreach.paths import resource
from outreach.ui.keymap import Keymap
from outreach.ui.shelf import Shelf
from outreach.ui.style import PALETTE, STYLE_SHEET

_TABULAR = frozenset({"num", "numsm", "nums"})
_RGBA = re.compile(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)")
_FALLBACK = {
    "Outreach Sans": ["Noto Sans", "DejaVu Sans"],
    "Outreach Serif": ["Noto Serif", "DejaVu Serif"],
    "JetBrains Mono": ["Noto Sans Mono", "DejaVu Sans Mono"],
}
#: In which sizes text can be, in percent.
TEXT_SIZES = ("90", "100", "115", "130")
#: In high contrast a colour is another one: hairlines are as strong as the edges of fields, and tints drop.
IN_CONTRAST = {
    "line": "control", "line2": "control", "accent_tint2": "control", "warn_line": "warn", "mark_line": "warn",
    "accent_tint": "sheet", "good_tint": "sheet", "quiet_tint": "sheet", "warn_tint": "sheet", "bad_tint": "sheet",
    "info_tint": "sheet", "mark": "sheet", "hover": "inset",
}  # fmt: skip


def _system_moves(app: QApplication) -> bool:
    """What the system asks, as far as it tells Qt; where nobody looks nothing moves."""
    if app.platformName() in ("offscreen", "minimal"):
        return False
    # What Windows and KDE say of animations reaches Qt as the time that the style may take for one.
    return app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


class Theme(QObject):
    """The look of the program, light or dark.

    Attributes:
        is_dark: Whether the dark colours are on.
        is_contrasting: Whether edges are strong and tints are gone, for those who see little contrast.
        scale: Text size, 1.0 for normal.
        is_compact: Whether the rows of lists are one line high.
        keys: Which keys the keycaps show.
        shelf: How titles look.
        sprites: Marks as pictures, for as long as the look stays.
        style_sheet: How Qt's own controls look.

    Signals:
        changed: The colours, the text size or keys are others now; whatever is painted must be painted again.
        cut_anew: Before that: there is another style sheet for windows to put on.
    """

    changed = Signal()
    cut_anew = Signal()

    def __init__(self, app: QApplication, *, dark: bool | None = None, scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._tokens: dict[str, Any] = json.loads(resource("theme", "tokens.json").read_text(encoding="utf-8"))
        self._files = QTemporaryDir()
        for path in sorted(resource("fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
        self._follows_system = dark is None
        self.scale = scale
        self.keys = Keymap()
        self.shelf = Shelf()
        self.is_dark = self._system_is_dark() if dark is None else dark
        self._contrast = ""
        self.is_contrasting = self._wants_contrast()
        self.is_compact = False
        self._motion = ""
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        if hasattr(app.styleHints(), "accessibility"):
            app.styleHints().accessibility().contrastPreferenceChanged.connect(self._follow_system)
        self._apply()

    def use(self, *, dark: bool) -> None:
        """Change to the light or the dark colours."""
        self._follows_system = False
        if dark != self.is_dark:
            self.is_dark = dark
            self._apply()

    def look(self, theme: str, text_size: str, contrast: str = "") -> None:
        """Look as the settings say.

        Args:
            theme: ``light`` or ``dark``; anything else for the system's.
            text_size: In percent, one of `TEXT_SIZES`.
            contrast: ``high`` or ``normal``; anything else for what the system asks.
        """
        before = self._look
        self._contrast = contrast
        self.is_contrasting = self._wants_contrast()
        self._follows_system = theme not in ("light", "dark")
        self.is_dark = self._system_is_dark() if self._follows_system else theme == "dark"
        self.scale = int(text_size) / 100 if text_size in TEXT_SIZES else 1.0
        # Another theme may have dressed the program since.
        if self._look != before or (self._app.font(), self._app.palette()) != (self.font("body"), self._palette()):
            self._apply()

    def behave(self, *, density: str, motion: str) -> None:
        """Have the rows of lists as high, and what comes and goes as quick, as the settings say.

        Args:
            density: ``compact``; anything else for rows as designed.
            motion: ``on`` or ``off``; anything else for what the system asks.
        """
        self._motion = motion
        if self.is_compact != (density == "compact"):
            self.is_compact = density == "compact"
            self.changed.emit()

    @property
    def moves(self) -> bool:
        """Whether what comes may fade in; where the user or the system wants no motion, it is there at once."""
        if self._motion in ("on", "off"):
            return self._motion == "on"
        return _system_moves(self._app)

    def row(self, height: int) -> int:
        """The height of a list's rows: one line in a compact list, unless what they say needs three."""
        return self.px(min(height, _COMPACT_ROW) if self.is_compact and height <= _HIGHEST_ROW else height)

    def resize(self, percent: str) -> None:
        """Show text in one of the sizes."""
        before, self.scale = self.scale, int(percent) / 100
        if self.scale != before:
            self._apply()

    def use_keys(self, keys: Keymap) -> None:
        """Show other keys on the keycaps."""
        self.keys = keys
        keys.changed.connect(self.changed)

    def dress(self, ground: QWidget) -> None:
        """Let Qt's own controls within a window look as the style sheet says, now and when the look changes.

        The sheet is the window's and not the application's: under that each part that is put into another would be
        styled anew, with all that is within it, again and again while a page is built from its smallest parts.
        """
        _Dress(self, ground)

    def color(self, name: str) -> QColor:
        """A colour by the name of its token, such as ``ink2``."""
        found = self._colors.get(name)
        if found is None:
            token = IN_CONTRAST.get(name, name) if self.is_contrasting else name
            found = self._colors[name] = _parsed(self._tokens["dark" if self.is_dark else "light"].get(token, token))
        return found

    def cloth(self, name: str, *, cover: bool = False) -> QColor:
        """The colour of a bookcloth; covers keep the light one in both themes."""
        return QColor(self._tokens["cloth_dark" if self.is_dark and not cover else "cloth"][name])

    def font(self, role: str) -> QFont:
        """The font of a role of the type scale, such as ``h1``."""
        font = self._fonts.get(role)
        if font is None:
            font = self._fonts[role] = self._make_font(role)
        return font

    def metrics(self, role: str) -> QFontMetricsF:
        """The measures of a role's font; made once, since making them in paint is what makes painting slow."""
        found = self._metrics.get(role)
        if found is None:
            found = self._metrics[role] = QFontMetricsF(self.font(role))
        return found

    def rise(self, role: str) -> float:
        """How far below the middle of its capitals a role's text stands."""
        found = self._rises.get(role)
        if found is None:
            found = self._rises[role] = self.metrics(role).capHeight() / 2
        return found

    def laid_out(self, role: str, text: str) -> QStaticText | None:
        """A text whose letters stand in their places already; None where letters of other fonts are in it."""
        key = (role, text)
        if key not in self._laid_out:
            if len(self._laid_out) > _MOST_LAID_OUT:
                self._laid_out.clear()
            found = None
            if _OURS.fullmatch(text):
                found = QStaticText(text)
                found.setTextFormat(Qt.TextFormat.PlainText)
                found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
                found.prepare(font=self.font(role))
            self._laid_out[key] = found
        return self._laid_out[key]

    @property
    def ratio(self) -> float:
        """The pixels of the screen to one of ours."""
        return self._app.devicePixelRatio()

    def width(self, role: str, text: str) -> float:
        """How wide a text is in a role's font."""
        key = (role, text)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) > _MOST_KEPT:
                self._widths.clear()
            width = self._widths[key] = self.metrics(role).horizontalAdvance(text)
        return width

    def elided(self, role: str, text: str, width: float) -> str:
        """A text cut to a width, with an ellipsis where it is cut."""
        if self.width(role, text) <= width:
            return text
        key = (role, text, round(width))
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > _MOST_KEPT:
                self._elided.clear()
            found = self.metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._elided[key] = found
        return found

    def line_height(self, role: str) -> int:
        """The height of a line of a role, in device-independent pixels."""
        return self.px(self._tokens["type"][role]["line_height"])

    def px(self, size: float) -> int:
        """A size that grows with the text."""
        return round(size * self.scale)

    def pixmap(self, icon: str, size: int, color: str, stroke: float = 1.75) -> QPixmap:
        """An icon of the set, drawn in a colour."""
        ratio = self._app.devicePixelRatio()
        key = (icon, size, color, stroke, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            svg = self._svg(icon).replace("currentColor", self.color(color).name())
            found = rendered(svg.replace('stroke-width="2"', f'stroke-width="{stroke}"'), size, ratio)
            self._pixmaps[key] = found
        return found

    def icon(self, name: str, color: str = "ink2", size: int = 16) -> QIcon:
        """An icon for a menu or a field."""
        return QIcon(self.pixmap(name, size, color, 2.25))

    def icon_file(self, name: str, color: str, stroke: str = "2.6") -> str:
        """The path of an icon in a colour, for the style sheet, which takes files only.

        They are small, and a stroke of less than a pixel and a half is seen as grey; it is in 24ths of the size.
        """
        path = Path(self._files.path()) / f"{name}-{self.color(color).name()[1:]}-{stroke}.svg"
        if not path.exists():
            svg = self._svg(name).replace("currentColor", self.color(color).name())
            path.write_text(svg.replace('stroke-width="2"', f'stroke-width="{stroke}"'), encoding="utf-8")
        return path.as_posix()

    @cached_property
    def mark(self) -> QPixmap:
        """The sign of the program."""
        return rendered(self._svg("mark"), 26, self._app.devicePixelRatio())

    def _svg(self, name: str) -> str:
        text = self._svgs.get(name)
        if text is None:
            text = self._svgs[name] = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
        return text

    def _make_font(self, role: str) -> QFont:
        token = self._tokens["type"][role]
        font = QFont([token["family"], *_FALLBACK[token["family"]]])
        font.setPixelSize(self.px(token["px"]))
        font.setWeight(QFont.Weight(token["weight"]))
        font.setItalic(bool(token["italic"]))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if token["letter_spacing"]:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, token["letter_spacing"])
        if role in _TABULAR:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _apply(self) -> None:
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}
        self._rises: dict[str, float] = {}
        self._laid_out: dict[tuple[str, str], QStaticText | None] = {}
        self.sprites: dict[Hashable, QPixmap] = {}
        self._widths: dict[tuple[str, str], float] = {}
        self._elided: dict[tuple[str, str, int], str] = {}
        self._pixmaps: dict[tuple[str, int, str, float, float], QPixmap] = {}
        self._svgs: dict[str, str] = {}
        self._app.setFont(self.font("body"))
        self._app.setPalette(self._palette())
        self.style_sheet = STYLE_SHEET.sub(self._style_value)
        self.cut_anew.emit()
        self.changed.emit()

    def _style_value(self, name: str) -> str:
        if name.startswith("icon:"):
            return self.icon_file(*name.split(":")[1:])
        if name.startswith("px:"):
            return f"{self.px(int(name.removeprefix('px:')))}px"
        own = {"field": "inset" if self.is_dark else "sheet", "button": "press" if self.is_dark else "sheet"}
        return self.color(own.get(name, name)).name()

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, name in PALETTE.items():
            palette.setColor(role, self.color(name))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, self.color("off"))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, self.color("off"))
        return palette

    @property
    def _look(self) -> tuple[bool, bool, float]:
        """All that the caches and the style sheet are made for."""
        return self.is_dark, self.is_contrasting, self.scale

    def _system_is_dark(self) -> bool:
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _wants_contrast(self) -> bool:
        if self._contrast in ("high", "normal"):
            return self._contrast == "high"
        hints = self._app.styleHints()
        # Qt 6.10 and later are told by the system.
        return hasattr(hints, "accessibility") and (
            hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        )

    def _follow_system(self) -> None:
        before = self._look
        self.is_dark = self._system_is_dark() if self._follows_system else self.is_dark
        self.is_contrasting = self._wants_contrast()
        if self._look != before:
            self._apply()


class _Dress(QObject):
    """Keeps the style sheet of a window."""

    def __init__(self, theme: Theme, ground: QWidget) -> None:
        super().__init__(ground)
        self._theme = theme
        self._ground = ground
        theme.cut_anew.connect(self._put_on)  # before parts say their colours, which another sheet would forget
        self._put_on()

    def _put_on(self) -> None:
        if self._ground.styleSheet() != self._theme.style_sheet:
            self._ground.setStyleSheet(self._theme.style_sheet)


_MOST_KEPT, _MOST_LAID_OUT = 20_000, 4000
#: What our own fonts have letters for.
_OURS = re.compile("[\\x20-\u024f\u2010-\u203a]+")
_COMPACT_ROW, _HIGHEST_ROW = 32, 64


def _parsed(text: str) -> QColor:
    match = _RGBA.fullmatch(text)
    if match is None:
        return QColor(text)
    color = QColor(int(match[1]), int(match[2]), int(match[3]))
    color.setAlphaF(float(match[4]))
    return color


def rendered(svg: str, size: int, ratio: float) -> QPixmap:
    """An SVG text as a square pixmap of a size in device-independent pixels."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
