"""One change made in a YAML text at its place, by cutting and putting in. What comes of it is for the caller to read again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cityfolio.frozen import Frozen
from cityfolio.migrate.yaml.changes import Change
from cityfolio.migrate.yaml.places import List, Map, Place, Word, end_of_line, start_of_line
from cityfolio.migrate.yaml.text import entry_lines, flow_entry, flow_text, item_lines, value_lines

COMMA = re.compile(r"[ \t]*,")


class Splice(Frozen):
    """One text while one value in it is changed."""

    text: str
    line_break: str
    around: Sequence[Place]

    def placed(self, spot: str | int | None, change: Change) -> str | None:
        """Set, replace or remove the value in its place; None where that cannot be done by a change of this place alone."""
        parent, value = self.around[-1], change.value
        match parent:
            case Map(in_flow=True):
                return self.in_braces(parent, spot, change)
            case List(in_flow=True) if isinstance(spot, int):
                return self.in_brackets(parent, spot, change)
            case Map() if isinstance(spot, int):
                if value is None:
                    return self.without_key(parent, spot)
                return self.replaced(parent.values[spot], self.colon(parent.keys[spot]), value_lines(value, parent.column))
            case Map():
                return self.new_key(parent, change)
            case List() if isinstance(spot, int):
                return self.in_list(parent, spot, change)
        return None

    def in_list(self, parent: List, number: int, change: Change) -> str | None:
        """A change in a list that has an item a line."""
        if change.value is None:
            return self.without_item(parent, number)
        lines = item_lines(change.value, parent.column)
        if change.is_new_item:
            return self.new_item(parent, number, lines)
        item = parent.items[number]
        return self.replaced(item, self.dash(item), [lines[0][parent.column + 1 :], *lines[1:]])

    def spliced(self, start: int, end: int, new: str) -> str:
        """The text with one part of it replaced."""
        return self.text[:start] + new + self.text[end:]

    def joined(self, lines: Sequence[str]) -> str:
        """Lines as the text breaks them."""
        return self.line_break.join(lines)

    def colon(self, key: Word) -> int:
        """Where a key ends, its colon with it."""
        return self.text.find(":", key.end) + 1

    def dash(self, item: Place) -> int:
        """Where the dash of an item ends."""
        return self.text.rfind("-", 0, item.start) + 1

    def replaced(self, old: Place, head: int, lines: Sequence[str]) -> str:
        """Another value after a key or a dash that ends at `head`. A comment on the line stays there."""
        first, *below = lines
        start, rest = old.start, old.end
        if isinstance(old, Word) and old.is_block:
            rest = _end_of_sign(self.text, old.start)
        elif not isinstance(old, Word) and not old.in_flow:
            start = rest = head
        if not first or old.start == old.end:
            start = head
        end = end_of_line(self.text, old.end)
        new = first.removeprefix(" ") if self.text[start - 1 : start] == " " else first
        kept = self.text[rest : end_of_line(self.text, rest)]
        return self.spliced(start, end, self.joined([new + kept, *below]))

    def new_key(self, parent: Map, change: Change) -> str | None:
        """A key more, after the last of those that come before it."""
        assert change.value is not None
        lines = entry_lines(str(change.path[-1]), change.value, parent.column)
        number = _place_behind(parent, change.behind)
        if number < 0:
            return self.before(parent.keys[0].start, lines, parent.column)
        return self.after(parent.values[number], lines)

    def new_item(self, parent: List, number: int, lines: Sequence[str]) -> str:
        """An item more of a list."""
        if number == 0:
            return self.before(parent.start, lines, parent.column)
        return self.after(parent.items[number - 1], lines)

    def before(self, start: int, lines: Sequence[str], column: int) -> str:
        """Lines in front of what begins there, also where that stands behind a dash."""
        return self.spliced(start, start, self.joined([lines[0][column:], *lines[1:], " " * column]))

    def after(self, place: Place, lines: Sequence[str]) -> str:
        """Lines below what ends there."""
        end = end_of_line(self.text, place.end)
        return self.spliced(end, end, self.line_break + self.joined(lines))

    def without_key(self, parent: Map, number: int) -> str | None:
        """A key less, with what follows it on its lines. Comments on lines of their own between the items of a list stay."""
        if len(parent.keys) == 1:
            return None
        start, end = parent.keys[number].start, end_of_line(self.text, parent.values[number].end)
        if not self.text[start_of_line(self.text, start) : start].strip():
            kept = [" " * parent.column + each for each in self.comments_between(parent.keys[number], parent.values[number])]
            if kept:
                return self.spliced(start_of_line(self.text, start), end, self.joined(kept))
            return self.without_lines(start, end)
        # It stands behind a dash, which the next line takes over.
        following = end + len(self.text[end:]) - len(self.text[end:].lstrip())
        return self.spliced(start, following, "")

    def comments_between(self, key: Word, value: Place) -> list[str]:
        """The comments that stand on lines of their own between a key and the words of its list, and between these."""
        if not isinstance(value, List) or not all(isinstance(item, Word) for item in value.items):
            return []
        ends, starts = [key.end, *(item.end for item in value.items)], [*(item.start for item in value.items), value.end]
        lines = [line.strip() for end, start in zip(ends, starts, strict=True) for line in self.text[end:start].split("\n")[1:]]
        return [line for line in lines if line.startswith("#")]

    def without_item(self, parent: List, number: int) -> str | None:
        """An item less, with what follows it on its lines."""
        start = self.dash(parent.items[number]) - 1
        if len(parent.items) == 1 or self.text[start_of_line(self.text, start) : start].strip():
            return None
        return self.without_lines(start, end_of_line(self.text, parent.items[number].end))

    def without_lines(self, start: int, end: int) -> str:
        """The text without the lines from one position to another."""
        after = self.text[end:].removeprefix("\r").removeprefix("\n")
        return self.text[: start_of_line(self.text, start)] + after

    def in_braces(self, parent: Map, spot: str | int | None, change: Change) -> str | None:
        """A change in a group that is written in braces."""
        if isinstance(spot, int):
            place = parent.values[spot]
            if change.value is None:
                starts, ends = [key.start for key in parent.keys], [value.end for value in parent.values]
                return self.without_part(starts, ends, spot)
            gap = "" if place.end > place.start or self.text[place.start - 1] == " " else " "
            return self.spliced(place.start, place.end, gap + flow_text(change.value))
        if not parent.keys or change.value is None:
            return None
        entry = flow_entry(str(change.path[-1]), change.value)
        number = _place_behind(parent, change.behind)
        if number < 0:
            return self.spliced(parent.keys[0].start, parent.keys[0].start, f"{entry}, ")
        end = parent.values[number].end
        return self.spliced(end, end, f", {entry}")

    def in_brackets(self, parent: List, number: int, change: Change) -> str | None:
        """A change in a list that is written in brackets."""
        if change.value is None:
            return self.without_part([item.start for item in parent.items], [item.end for item in parent.items], number)
        new = flow_text(change.value)
        if not change.is_new_item and number < len(parent.items):
            return self.spliced(parent.items[number].start, parent.items[number].end, new)
        if not parent.items:
            return None
        if number == 0:
            return self.spliced(parent.items[0].start, parent.items[0].start, f"{new}, ")
        end = parent.items[number - 1].end
        return self.spliced(end, end, f", {new}")

    def without_part(self, starts: Sequence[int], ends: Sequence[int], number: int) -> str | None:
        """The text without one of the parts that commas divide, and one comma."""
        if len(starts) == 1:
            return None
        before = self.text[ends[number - 1] : starts[number]] if number else ""
        behind = self.text[ends[number] : starts[number + 1]] if number + 1 < len(starts) else ""
        if number and "\n" not in before:
            return self.spliced(ends[number - 1], ends[number], "")
        if behind and "\n" not in behind:
            return self.spliced(starts[number], starts[number + 1], "")
        return self.without_lines_of_part(starts[number], ends[number], None if behind else ends[number - 1])

    def without_lines_of_part(self, start: int, end: int, before: int | None) -> str:
        """The text without a part that stands apart from its neighbors, and one comma: comments of other lines stay.

        `before` is where the part before it ends, for the last one: where no comma follows it, the one before it is cut.
        """
        comma = COMMA.match(self.text, end)
        end = comma.end() if comma else end
        line_start, line_end = start_of_line(self.text, start), end_of_line(self.text, end)
        rest = self.text[end:line_end].strip()
        if not rest or rest.startswith("#"):
            end = line_end
            made = self.without_lines(start, end) if not self.text[line_start:start].strip() else self.spliced(start, end, "")
        else:
            made = self.spliced(start, end + len(self.text[end:line_end]) - len(self.text[end:line_end].lstrip()), "")
        other = COMMA.match(made, before) if before is not None and not comma else None
        return made[: other.start()] + made[other.end() :] if other else made


def _end_of_sign(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] in "|>+-0123456789":
        end += 1
    return end


def _place_behind(parent: Map, behind: tuple[str, ...] | None) -> int:
    """The number of the key that a new one follows; -1 for none."""
    if behind is None:
        return len(parent.keys) - 1
    return next((number for name in reversed(behind) if (number := parent.find(name)) is not None), -1)
