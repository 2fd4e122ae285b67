"""Long work beside the window: one pool, progress, and a stop that leaves nothing half-done."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from progressus_desktop.errors import CancelledError, ProgressusError
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
_log = logging.getLogger(__name__)
_THREADS = 2


class Progress:
    """What the work tells and is told: call it with how much is done; it raises when somebody stopped the work."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next safe point."""
        self._stop.set()

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Tell that ``done`` of ``total`` steps are behind.

        Raises:
            CancelledError: somebody stopped the work.
        """
        if self._stop.is_set():
            raise CancelledError(Message(N_("Stopped. Nothing was changed.")))
        self._tell(done, total, text)


class Job(QObject):
    """One piece of work. Signals arrive in the thread that started it."""

    progressed = Signal(int, int, str)
    finished = Signal()
    _ended = Signal(object, object)

    def __init__(self, label: str, *, writer: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.label, self.writer = label, writer
        self.stays = ""
        self.abandoned = False
        self.progress = Progress(self.progressed.emit)

    def cancel(self) -> None:
        """Ask the work to stop; it then ends as failed with ``CancelledError``."""
        self.progress.cancel()


_under_way: set[Job] = set()
"""All work of this process. While there is any, Python collects no cycles: it would do so in whichever thread
allocates, and a widget taken apart outside the window's thread ends the program."""


def _begin(job: Job) -> None:
    _under_way.add(job)
    gc.disable()


def _end(job: Job) -> None:
    _under_way.discard(job)
    if not _under_way:
        gc.enable()


def _run(job: Job, work: Callable[[Progress], Any]) -> None:
    """In a thread of the pool."""
    result, error = None, None
    try:
        result = work(job.progress)
    except Exception as failure:  # noqa: BLE001 - carried to the window's thread, which shows or re-raises it
        error = failure
    job._ended.emit(result, error)  # noqa: SLF001 - the two halves of one job


class Jobs(QObject):
    """Starts work and keeps count of it. ``busy`` tells when a writer locks or frees editing."""

    busy = Signal(bool)
    started = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._futures: set[Future[None]] = set()
        self._running: set[Job] = set()
        self._closed = False

    def start(
        self,
        owner: QObject,
        label: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[ProgressusError], None],
        *,
        writer: bool = False,
        stays: str = "",
    ) -> Job:
        """Run ``work`` in the pool, then ``done`` or ``failed`` in this thread; a bug reaches the last-resort hook.

        ``owner`` is who asked: once it is gone nobody is told. ``stays`` says what a stop leaves as it is.
        After :meth:`close` nothing runs: what comes back is abandoned.
        """
        job = Job(label, writer=writer, parent=self)
        job.stays = stays
        if self._closed:  # a timer of a page that is going away: there is nobody to work for
            job.abandoned = True
            return job
        self._running.add(job)
        _begin(job)

        def ended(result: T, error: Exception | None) -> None:
            self._running.discard(job)
            _end(job)
            job.deleteLater()
            job.finished.emit()
            if writer:
                self.busy.emit(False)
            if job.abandoned or not isValid(owner):
                return
            if error is None:
                done(result)
            elif isinstance(error, ProgressusError):
                failed(error)
            else:
                raise error

        job._ended.connect(ended, Qt.ConnectionType.QueuedConnection)  # noqa: SLF001 - as above
        if writer:
            self.busy.emit(True)
        self.started.emit(job)
        self._futures = {each for each in self._futures if not each.done()}
        self._futures.add(self._threads().submit(_run, job, work))
        return job

    def _threads(self) -> ThreadPoolExecutor:
        """Python's threads: a QRunnable's wrapper may be let go in Qt's thread, which ended the program."""
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(_THREADS, "job")
        return self._pool

    def running(self) -> frozenset[Job]:
        """The work under way."""
        return frozenset(self._running)

    def reopen(self) -> None:
        """Somebody works again after :meth:`close`: another workspace, or the same after its password."""
        self._closed = False

    def close(self) -> None:
        """Ask everything to stop, wait for it, and tell nobody: who asked is going away. Nothing starts from now on."""
        self._closed = True
        for job in tuple(self._running):
            job.abandoned = True
            job.cancel()
        if self._futures:
            from concurrent.futures import wait

            wait(self._futures)
        for job in self._running:
            _end(job)
