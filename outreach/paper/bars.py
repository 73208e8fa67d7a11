"""Bar codes, painted: Code 128, which every scanner reads as if the text had been typed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter

#: The widths of bars and spaces in turn, by value (ISO/IEC 15417, table 1); the last one is the stop.
_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
_WIDTHS = tuple(_TABLE.split())
_START_B, _STOP, _MODULUS = 104, 106, 103
_FIRST, _LAST = 32, 126
#: On each side, so many modules stay white.
QUIET = 10


def modules(text: str) -> str:
    """The bars of a text in code set B, a sign a module: ``1`` is black.

    The check sign is the start's value and each sign's times its place, modulo 103 (ISO/IEC 15417, annex A).

    Raises:
        ValueError: for an empty text, or one with signs outside printable ASCII.
    """
    if not text or not all(_FIRST <= ord(sign) <= _LAST for sign in text):
        raise ValueError(f"no bar code of {text!r}")
    values = [ord(sign) - _FIRST for sign in text]
    check = (_START_B + sum(place * value for place, value in enumerate(values, start=1))) % _MODULUS
    widths = "".join(_WIDTHS[value] for value in (_START_B, *values, check, _STOP))
    return "".join(("1" if at % 2 == 0 else "0") * int(width) for at, width in enumerate(widths))


def paint_bars(painter: "QPainter", text: str, place: "QRectF", module: float) -> None:
    """Paint the bars of a text at the left of a place, as high as it is.

    Args:
        painter: What is painted with.
        text: Printable ASCII.
        place: Where; its quiet zone is the caller's to keep.
        module: How wide the narrowest bar is, in the painter's units; not below 0.25 mm for simple scanners.
    """
    from PySide6.QtCore import QRectF, Qt

    bars = modules(text)
    at = 0
    while at < len(bars):
        end = at
        while end < len(bars) and bars[end] == bars[at]:
            end += 1
        if bars[at] == "1":
            bar = QRectF(place.left() + at * module, place.top(), (end - at) * module, place.height())
            painter.fillRect(bar, Qt.GlobalColor.black)
        at = end


def bars_width(text: str, module: float) -> float:
    """How wide the bars of a text are, without their quiet zones."""
    return len(modules(text)) * module
