"""The command line: arguments, language, exit codes, signals. Each command calls one service.

Nothing heavy is imported here: ``--help`` and ``--version`` must answer at once.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn

from progressus_desktop import __version__, words
from progressus_desktop.cli import streams
from progressus_desktop.cli.output import error_document, finish, shown_error, tell, write_json
from progressus_desktop.errors import CancelledError, NotFoundError, ProgressusError, StorageError, UsageError
from progressus_desktop.words import N_, Message, _

UNEXPECTED = 1


class Parser(argparse.ArgumentParser):
    """An argument parser that raises our own usage error instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line.

        Raises:
            UsageError: always.
        """
        hint = Message(N_("See “{command} --help”."), {"command": self.prog})
        raise UsageError(Message("{text}", {"text": message[:1].upper() + message[1:] + "."}), hint=hint)


def main(argv: Sequence[str], open_window: Callable[[str, str], int]) -> int:
    """Run one command, or ``open_window`` (folder, password) when there is none; gives the exit code."""
    streams.prepare()
    words.use_language(_language(argv))
    as_json = "--json" in argv
    stopped: list[int] = []
    try:
        with _signals(stopped):
            return _run(list(argv), open_window)
    except SystemExit as left:  # --help has been printed
        return left.code if isinstance(left.code, int) else 0
    except BrokenPipeError:  # whoever read our output has enough: no word about it
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last resort: logged without values, told shortly
        # inside the database a stop comes out as an error of the database
        return _failed(KeyboardInterrupt() if stopped else error, as_json)
    finally:
        streams.settle()


def _run(argv: list[str], open_window: Callable[[str, str], int]) -> int:
    options = _parsed(argv)
    options.open_window = open_window
    words.use_language(options.lang or _language(argv))
    if options.version:
        sys.stdout.write(f"Progressus Desktop {__version__}\n")
        return 0
    from progressus_desktop import logs

    logs.start()
    if options.run is None:
        return open_window(options.workspace or os.environ.get("PROGRESSUS_WORKSPACE", ""), "")
    code = options.run(options)
    finish()
    return int(code)


def _parsed(argv: list[str]) -> argparse.Namespace:
    defaults = {
        "workspace": "", "as_": "", "password_file": "", "json": False, "lang": "", "version": False, "run": None,
    }  # fmt: skip
    if not argv:  # a double click: the window waits for no parser
        return argparse.Namespace(**defaults)
    from progressus_desktop.cli import arguments

    parser = arguments.parser(Parser, argv)
    return parser.parse_args(_joined(argv), argparse.Namespace(**defaults))


def _joined(argv: list[str]) -> list[str]:
    """``--sort -name`` as ``--sort=-name``: argparse would take the falling field for an option."""
    out: list[str] = []
    for each in argv:
        if out and out[-1] == "--sort":
            out[-1] = f"--sort={each}"
        else:
            out.append(each)
    return out


def _language(argv: Sequence[str]) -> str:
    """The language asked for, the system's, else Polish."""
    for place, each in enumerate(argv):
        if each.startswith("--lang="):
            return each.partition("=")[2]
        if each == "--lang" and place + 1 < len(argv):
            return argv[place + 1]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return value[:2].lower() if value[:2].lower() in words.LANGUAGES else words.DEFAULT_LANGUAGE
    return words.DEFAULT_LANGUAGE


@contextlib.contextmanager
def _signals(stopped: list[int]) -> Iterator[None]:
    """SIGTERM stops like Ctrl+C: the work in hand is rolled back. ``stopped`` gets the signals that came."""

    def stop(number: int, _frame: Any) -> NoReturn:
        stopped.append(number)
        raise KeyboardInterrupt

    try:
        before = {each: signal.signal(each, stop) for each in (signal.SIGTERM, signal.SIGINT)}
    except ValueError:  # not in the main thread: whoever called us handles signals
        yield
        return
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _failed(error: BaseException, as_json: bool) -> int:  # noqa: FBT001 - private
    if isinstance(error, KeyboardInterrupt | CancelledError):
        hint = Message(N_("Give the command again to do it."))
        error = CancelledError(Message(N_("Stopped. Nothing is half-done.")), hint=hint)
    elif isinstance(error, OSError):
        error = _of_system(error) or error
    with contextlib.suppress(OSError, StorageError):  # nobody hears us: the exit code says it all the same
        return _refused(error, as_json) if isinstance(error, ProgressusError) else _unexpected(error, as_json)
    return error.exit_code if isinstance(error, ProgressusError) else UNEXPECTED


def _refused(error: ProgressusError, as_json: bool) -> int:  # noqa: FBT001 - private
    if as_json:
        write_json(error_document(error))
    else:
        tell(shown_error(error))
    return error.exit_code


def _of_system(error: OSError) -> ProgressusError | None:
    """What the system refused, in words; None for what is no fault of a disk or a name."""
    import errno

    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EFBIG}:
        hint = Message(N_("What was saved before is safe. Free some space or choose another folder."))
        return StorageError(Message(N_("The file could not be written.")), hint=hint)
    if error.errno in {
        errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL, errno.EEXIST,
    }:  # fmt: skip
        hint = Message(N_("Nothing was changed. Check the names of files and folders in the command."))
        return NotFoundError(Message(N_("A file or folder of this name cannot be used.")), hint=hint)
    return None


def _unexpected(error: BaseException, as_json: bool) -> int:  # noqa: FBT001 - private
    from progressus_desktop import logs

    place = logs.unexpected(error)
    message = Message(N_("Something unexpected happened. Details are in the log: {place}"), {"place": place})
    if as_json:
        write_json({"error": {"code": "unexpected", "message": str(message), "hint": _("Your data are safe.")}})
    else:
        tell(f"{message}")
    return UNEXPECTED
