"""A virtual X display, and the picture that it shows."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108  # where every X program looks for its display
PATIENCE_SECONDS = 300.0
LOOK_AGAIN_SECONDS = 0.2  # shorter than the on and off times of a blinking caret
_MANY = 30  # colors: antialiased text alone has more; an empty window has a few


@dataclass(frozen=True)
class Screen:
    """A running X display, and the file with its picture."""

    display: str
    memory: Path

    def picture(self) -> QImage:
        """Return what is shown now; Xvfb stores it as an X window dump."""
        dump = self.memory.read_bytes()
        header = [int.from_bytes(dump[at : at + 4], "big") for at in range(0, 100, 4)]
        size, width, height, line, colors = header[0], header[4], header[5], header[12], header[19]
        pixels = dump[size + 12 * colors :]
        return QImage(pixels, width, height, line, QImage.Format.Format_RGB32).copy()

    def wait_for_text(self, program: subprocess.Popen[bytes], target: Path) -> bool:
        """Return whether a program shows a window with text; save the picture as `target`.

        A slow machine is no failure: only a program that ends, or that shows nothing for 300
        seconds, has no window.
        """
        end = time.monotonic() + PATIENCE_SECONDS
        before = self.picture()
        while program.poll() is None and time.monotonic() < end:
            time.sleep(LOOK_AGAIN_SECONDS)
            now = self.picture()
            if shows_text(now) and now == before:  # painting is complete: nothing changes any more
                now.save(str(target))
                return True
            before = now
        return False


@contextmanager
def screen() -> Iterator[Screen]:
    """Start a display for programs of any user of this machine, and end it afterwards."""
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        options = ["-displayfd", str(writing), "-fbdir", folder, "-screen", "0", "1440x900x24"]
        server = subprocess.Popen(
            ["Xvfb", *options, "-ac", "-noreset", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                display = f":{answer.readline().strip()}"
            yield Screen(display, Path(folder) / "Xvfb_screen0")
        finally:
            server.terminate()
            server.wait()


def shows_text(picture: QImage) -> bool:
    """Return whether a picture has more colors than plain areas have."""
    points = ((x, y) for y in range(0, picture.height(), 2) for x in range(0, picture.width(), 2))
    return len({picture.pixel(x, y) for x, y in points}) > _MANY
