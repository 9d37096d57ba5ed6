"""The plugins of a build. How they are found is told elsewhere: each process that calls one imports what lies here."""

from __future__ import annotations

from hashlib import sha256

from cityfolio.frozen import Frozen
from cityfolio.plugins.guard import Used


class Plugins(Frozen):
    """The plugins of a build, in the order of their names."""

    used: tuple[Used, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(each.name for each in self.used)

    def with_program(self, program: str) -> str:
        """The digest of the program with theirs, for the keys of what is kept: what another plugin has made is not believed."""
        if not self.used or not program:
            return program
        return sha256("\0".join((program, *(f"{each.name} {each.digest}" for each in self.used))).encode()).hexdigest()


NO_PLUGINS = Plugins()
