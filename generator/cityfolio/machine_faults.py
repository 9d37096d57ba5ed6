"""What a machine refuses while a command runs, said in words: a full disk, a file that cannot be read, a device that fails.

Neither the city nor the program is at fault, so it is no problem of a catalog and no traceback: one message that names what was
being done, the file, what the system said, and what to do; and an exit code of its own.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from traceback import format_exception
from typing import IO, Any

import click

from cityfolio import files

EXIT_CODE = 3
VERBOSE = "cityfolio.verbose"      # in a context's `meta`: whether `--verbose` was given; absent where there is no such option
AGAIN = "Run it again. If it is no fault of this machine, it is one of Cityfolio: please report it"
PERMISSIONS = "Check the permissions of the file and of the folder it lies in, and run it again."
FIXES = {
    errno.ENOSPC: "Free some space on the disk, and run it again.",
    errno.EDQUOT: "The quota is used up: free some space, and run it again.",
    errno.EACCES: PERMISSIONS,
    errno.EPERM: PERMISSIONS,
    errno.EROFS: "That disk can only be read: name a folder on another one, and run it again.",
    errno.EIO: "The disk, or the network that it is reached by, failed. Look at what the system logged, and run it again.",
    errno.ENOMEM: "Close other programs, or let fewer processes work (--workers 1), and run it again.",
    errno.EMFILE: "Raise how many files a process may open (`ulimit -n`), and run it again.",
    errno.ENFILE: "Too many files are open on this machine: close other programs, and run it again.",
}


class MachineFault(click.ClickException):
    """A command that was ended by the machine."""

    exit_code = EXIT_CODE

    def show(self, file: IO[Any] | None = None) -> None:   # Any: click's signature
        """Print the message, where the machine still takes it."""
        with suppress(OSError):
            super().show(file)


@contextmanager
def told_plainly(ctx: click.Context) -> Iterator[None]:
    """Turn what the system refuses within into one message. With `--verbose` the traceback stands above it."""
    try:
        yield
    except BrokenPipeError:
        raise     # whoever read the output has seen enough: click ends the program without a word
    except OSError as error:
        files.let_go_where_full(sys.stdout)
        if ctx.meta.get(VERBOSE):
            with suppress(OSError):
                click.echo("".join(format_exception(error)), file=sys.stderr, nl=False)
        hint = " (-v shows where in the program it was)." if ctx.meta.get(VERBOSE) is False else "."
        raise MachineFault(in_words(error, f"{ctx.info_name} {ctx.invoked_subcommand or ''}".strip(), hint)) from error


def in_words(error: OSError, command: str, hint: str = ".") -> str:
    """What happened, where, and what to do. `hint` ends the request to report what nobody thought of."""
    stage = f' at "{error.__notes__[0]}"' if getattr(error, "__notes__", None) else ""
    named = " and ".join(os.fsdecode(each) for each in (error.filename, error.filename2) if isinstance(each, (str, bytes)))
    fix = FIXES.get(error.errno or 0, AGAIN + hint)
    return f"{command} was ended by this machine{stage}: {f'{named}: ' if named else ''}{error.strerror or error}\n{fix}"
