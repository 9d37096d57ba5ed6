"""A group of commands that are imported when they are called: who checks one file does not wait for all the others."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from cityfolio.rings import few_looks_for_rings


@dataclass(frozen=True, slots=True)
class Later:
    """A command that is imported when it is called."""

    where: str       # its module and its name there: "cityfolio.commands.build:build"
    does: str        # the first sentence of its help


class LazyGroup(click.Group):
    """Commands by name, each known by where it is."""

    def __init__(self, *args: Any, later: Mapping[str, Later], **given: Any) -> None:   # Any: as click has it
        self._here: MutableMapping[str, click.Command] = {}
        self._later = later
        super().__init__(*args, **given)

    @property
    def commands(self) -> MutableMapping[str, click.Command]:
        """Every command; asking for them imports them all."""
        for name in self._later:
            self._called(name)
        return self._here

    @commands.setter
    def commands(self, commands: MutableMapping[str, click.Command]) -> None:
        self._here = commands

    def invoke(self, ctx: click.Context) -> Any:   # Any: as click has it
        """Run the command that was called. What the machine refuses meanwhile ends it with a message."""
        from cityfolio.machine_faults import told_plainly

        with told_plainly(ctx), few_looks_for_rings():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, without importing any."""
        return sorted({*self._here, *self._later})

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each does, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._does(name)) for name in self.list_commands(ctx)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, imported now if it was not before."""
        return self._called(cmd_name)

    def _does(self, name: str) -> str:
        return self._later[name].does if name in self._later else self._here[name].get_short_help_str()

    def _called(self, name: str) -> click.Command | None:
        if name not in self._here and name in self._later:
            module, _, attribute = self._later[name].where.partition(":")
            self._here[name] = getattr(import_module(module), attribute)
        return self._here.get(name)
