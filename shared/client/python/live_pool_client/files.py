"""Small texts on disk that are there whole or not at all."""

import os
import tempfile
from pathlib import Path
from typing import Optional, Union

PathLike = Union[str, "os.PathLike[str]"]


class TextFile:
    """One small text that survives a restart."""

    def __init__(self, path: PathLike) -> None:
        self.path = Path(path)

    def read(self) -> Optional[str]:
        """None where nothing has been written yet."""
        try:
            return self.path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None

    def write(self, text: str) -> None:
        """Writes beside the file, to the disk, and then takes its place."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=self.path.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self.path)
        except BaseException:
            os.unlink(beside)
            raise


class MemorySequence:
    """Forgets with the process: after a restart an old event that is replayed passes for new."""

    def __init__(self) -> None:
        self._last = 0

    def read(self) -> int:
        return self._last

    def write(self, seq: int) -> None:
        self._last = seq


class FileSequence:
    """The number of the last promotion whose event was handled; survives a restart."""

    def __init__(self, path: PathLike) -> None:
        self._file = TextFile(path)

    def read(self) -> int:
        text = self._file.read()
        if text is None:
            return 0
        if not (text.strip().isascii() and text.strip().isdigit()):
            raise ValueError(
                f"{self._file.path}: expected the number of a promotion, got {text[:80]}"
            )
        return int(text)

    def write(self, seq: int) -> None:
        self._file.write(str(seq))
