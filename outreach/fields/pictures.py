"""Pictures: what a file says of itself before anyone decodes it.

Sources: PNG (ISO/IEC 15948) 11.2.2, JPEG (ITU-T T.81) annex B.
"""

import struct
from dataclasses import dataclass

#: No cover is larger; what says so of itself is not decoded.
MAX_BYTES = 10 * 2**20
MAX_SIDE = 12_000
MAX_PIXELS = 50_000_000

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
#: Frames of JPEG that tell the size: baseline, extended, progressive.
_FRAMES = (0xC0, 0xC1, 0xC2)
_BARE = (0x01, *range(0xD0, 0xD9))


@dataclass(frozen=True, slots=True)
class PictureHead:
    """What a picture says of itself: ``png`` or ``jpeg``, and its size in pixels."""

    kind: str
    width: int
    height: int

    @property
    def fits(self) -> bool:
        """Whether it is small enough to be decoded."""
        sides = 0 < self.width <= MAX_SIDE and 0 < self.height <= MAX_SIDE
        return sides and self.width * self.height <= MAX_PIXELS


def read_head(data: bytes) -> PictureHead | None:
    """Kind and size of a PNG or JPEG, None for anything else."""
    if data.startswith(_PNG):
        if len(data) < 33 or data[12:16] != b"IHDR":
            return None
        width, height = struct.unpack(">II", data[16:24])
        return PictureHead("png", width, height)
    return _jpeg(data) if data.startswith(_JPEG) else None


def _jpeg(data: bytes) -> PictureHead | None:
    place = 2
    while place + 9 <= len(data):
        if data[place] != 0xFF:
            return None
        marker = data[place + 1]
        if marker == 0xFF:  # fill
            place += 1
        elif marker in _BARE:
            place += 2
        elif marker in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return PictureHead("jpeg", width, height)
        else:
            length = int.from_bytes(data[place + 2 : place + 4], "big")
            if length < 2 or marker == 0xDA:  # picture data before any size
                return None
            place += 2 + length
    return None
