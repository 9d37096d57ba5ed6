"""A group of commands that are imported when they are called for: who checks one file does not wait for all the others."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from importlib import import_module
from typing import Any

import click

from cityfolio.machine_faults import told_plainly


class LazyGroup(click.Group):
    """Commands by name, some of them named by their module: `"cityfolio.keeping.usage_command:usage"`."""

    def __init__(self, *args: Any, later: Mapping[str, str], **given: Any) -> None:   # Any: as click has it
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

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add one that is imported already."""
        self._here[name or cmd.name or ""] = cmd

    def invoke(self, ctx: click.Context) -> Any:   # Any: as click has it
        """Run the command that was called. What the machine refuses meanwhile ends it with a message."""
        with told_plainly(ctx):
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, without importing any."""
        return sorted({*self._here, *self._later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, imported now if it was not before."""
        return self._called(cmd_name)

    def _called(self, name: str) -> click.Command | None:
        if name not in self._here and name in self._later:
            module, _, attribute = self._later[name].partition(":")
            self._here[name] = getattr(import_module(module), attribute)
        return self._here.get(name)
