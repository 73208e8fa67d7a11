"""Pictures of others, decoded where they can do no harm: in a child process, within limits."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from outreach.errors import KnownError

#: As large as a cover is ever shown, twice over for dense screens.
_WIDTH, _HEIGHT = 480, 720
_QUALITY = 88
_DECODED_MB = 256


def shrink(payload: dict[str, Any]) -> Iterator[str]:
    """Decode a picture and yield it as a small JPEG in base64, as a task of a child process.

    Args:
        payload: ``{"path"}``, and ``"width"`` and ``"height"`` where it may be larger than a cover.

    Raises:
        KnownError: ``covers.broken``.
    """
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

    path = Path(payload["path"])
    width, height = payload.get("width", _WIDTH), payload.get("height", _HEIGHT)
    QImageReader.setAllocationLimit(_DECODED_MB)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) not in (b"png", b"jpeg"):
        raise KnownError("covers.broken", file=path.name)
    size = reader.size()
    if size.width() > width or size.height() > height:
        reader.setScaledSize(size.scaled(width, height, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise KnownError("covers.broken", file=path.name)
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(_QUALITY)
    if not writer.write(flat):
        raise KnownError("covers.broken", file=path.name)
    yield base64.b64encode(bytes(buffer.data().data())).decode("ascii")
