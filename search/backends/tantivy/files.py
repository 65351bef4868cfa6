"""The folder of an index: generations aside, the name of the one in use, and the lock of the writer.

CURRENT                     name of the generation in use, swapped by renaming
writer.lock                 locked by the process that writes
gen-<n>-<fingerprint>/      seq, {all,pub}/{items,pages}/ (tantivy's files)
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from search.engine import Generation
from search.errors import IndexBusy, IndexOutdated, SearchUnavailable
from search.scope import INDEX_NAMES, IndexName

Kind = Literal["items", "pages"]
KINDS: tuple[Kind, ...] = ("items", "pages")
_NAME = re.compile(r"gen-(\d+)-([0-9a-f]{12})")
_POLL_SECONDS = 0.02
REBUILD = "The index is only a cache: rebuild it from the database."


class IndexFolder:
    """Where an index lives."""

    def __init__(self, root: Path, fingerprint: str) -> None:
        self.root = root
        self.fingerprint = fingerprint
        self._pointer = str(root / "CURRENT")
        self._seen: tuple[tuple[int, int], Generation] | None = None

    def current(self) -> Generation:
        """The generation in use; SearchUnavailable without one, IndexOutdated when it was built for other fields."""
        stamp = self._stamp()
        if self._seen is None or self._seen[0] != stamp:
            self._seen = stamp, self._read_current()
        return self._seen[1]

    def _stamp(self) -> tuple[int, int]:
        try:
            state = os.stat(self._pointer)  # noqa: PTH116 - twice as fast as Path, at each search
        except OSError:
            return 0, 0
        return state.st_mtime_ns, state.st_ino

    def _read_current(self) -> Generation:
        name = self._current_name()
        match = _NAME.fullmatch(name)
        if match is None or not (self.root / name).is_dir():
            raise SearchUnavailable(f"There is no usable index in {self.root.name}. {REBUILD}")
        if match[2] != self.fingerprint:
            raise IndexOutdated(f"The index {name} was built for other fields or another analysis. {REBUILD}")
        return Generation(int(match[1]), match[2])

    def _current_name(self) -> str:
        try:
            return (self.root / "CURRENT").read_text().strip()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise SearchUnavailable(f"The index in {self.root.name} cannot be read: {error}. {REBUILD}") from error

    def path(self, generation: Generation, index: IndexName, kind: Kind) -> Path:
        """Folder of one physical index."""
        return self.root / generation.name / index / kind

    def create(self, generation: Generation) -> None:
        """Make the empty folders of a generation."""
        for index in INDEX_NAMES:
            for kind in KINDS:
                self.path(generation, index, kind).mkdir(parents=True)

    def generations(self) -> list[Generation]:
        """Every generation on disk, in order."""
        matches = [match for path in self.root.glob("gen-*") if (match := _NAME.fullmatch(path.name))]
        return sorted((Generation(int(match[1]), match[2]) for match in matches), key=lambda found: found.number)

    def next_generation(self) -> Generation:
        """A number not used yet; builds that were never put in use go away. Only for the writer."""
        name = self._current_name()
        known = self.generations()
        current = next((found.number for found in known if found.name == name), 0)
        for found in known:
            if found.number > current:
                self._remove(found)
        return Generation(max((found.number for found in known), default=0) + 1, self.fingerprint)

    def put_in_use(self, generation: Generation) -> None:
        """Swap CURRENT, on disk before returning; keep the generation before, remove the older ones."""
        write_durably(self.root / "CURRENT", generation.name)
        older = [found for found in self.generations() if found.number < generation.number]
        for found in older[:-1]:
            self._remove(found)

    def _remove(self, generation: Generation) -> None:
        shutil.rmtree(self.root / generation.name, ignore_errors=True)

    def seq(self, generation: Generation) -> int:
        """The number kept with the last batch."""
        try:
            return int((self.root / generation.name / "seq").read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def keep_seq(self, generation: Generation, seq: int) -> None:
        """Keep the number of a batch that is already committed."""
        write_durably(self.root / generation.name / "seq", str(seq))

    def size(self, generation: Generation) -> int:
        """Bytes on disk of a generation; files that vanish meanwhile do not count."""
        total = 0
        for path in (self.root / generation.name).rglob("*"):
            with suppress(FileNotFoundError):  # a merge ended meanwhile
                total += path.stat().st_size if path.is_file() else 0
        return total

    def forget_everything(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.root, ignore_errors=True)

    @contextmanager
    def locked(self, timeout: float) -> Iterator[None]:
        """Hold the lock of the writer; IndexBusy after `timeout` seconds, never when it is negative."""
        self.root.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + timeout
        with (self.root / "writer.lock").open("w") as file:
            while not _try_lock(file.fileno()):
                if timeout >= 0 and time.monotonic() >= deadline:
                    raise IndexBusy("Another process is writing this index: wait for it, or let it do the work.")
                time.sleep(_POLL_SECONDS)
            yield


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_durably(path: Path, text: str) -> None:
    """Replace a small file so that either the old one or the new one is there whatever happens."""
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
