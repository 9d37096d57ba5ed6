"""The cheapest set of criteria that gives what a level wants, by branch and bound.

A solution is a set of criteria that are met, closed under what each depends on; it costs one for each that asks something which
does not hold yet. To bound it from below, the price of each criterion is shared out among those that depend on it and the
criterion itself: each pays its share, and no more is paid in all than what the solution costs. Then criteria can be taken one
by one, the cheapest first, area by area (a Lagrangian relaxation of what they have in common; Fisher, "The Lagrangian
relaxation method for solving integer programming problems", Management Science 27, 1981). The shares are moved to those that
are taken, which raises the bound. Where a criterion that is taken is not paid in full, the search branches: it is met and paid
for, or it is not met.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from cityfolio.frozen import Frozen, field

TINY = 1e-9                       # far under the least difference of two costs, far over what sums of shares can err
ROUNDS_FIRST, ROUNDS = 120, 3    # in which shares are moved: at the start, and after each branch
FARTHEST = 0.5                    # that a share is moved in the first round
Shares = dict[tuple[int, int], float]         # of (who depends, on what); (n, n) is what a criterion pays for itself


class Puzzle(Frozen, kw_only=True):
    """What is asked, with criteria by number, in the order of the standard."""

    order: tuple[int, ...]                    # each behind what it depends on
    costs: tuple[int, ...]                    # 1 where it asks something that does not hold yet
    after: tuple[tuple[int, ...], ...]
    parts: tuple[tuple[int, ...], ...]
    least: tuple[int, ...]
    area: tuple[int, ...]                     # -1 for what counts nowhere
    wanted: tuple[int, ...]                   # by area
    total: int                                # of all that count
    required: frozenset[int]


def cheapest(puzzle: Puzzle) -> frozenset[int] | None:
    """What has to be done in the cheapest solution; of several, in that which has the first criterion, then the second...

    None where there is no solution.
    """
    inside, outside = frozenset[int](), frozenset[int]()
    found = _solved(puzzle, _Node(inside, outside), len(puzzle.costs) + 1)
    if found is None:
        return None
    size = len(found)
    for number, cost in enumerate(puzzle.costs):
        if not cost or len(inside) == size:
            continue
        if number not in found:
            earlier = _solved(puzzle, _Node(inside | {number}, outside), size + 1)
            if earlier is None:
                outside |= {number}
                continue
            found = earlier
        inside |= {number}
    return found


class _Node(Frozen):
    """What is decided so far, with the shares by which it was bounded last."""

    inside: frozenset[int]        # are met
    outside: frozenset[int]       # are not
    shares: Shares = field(default_factory=dict)


class _Bounded(Frozen):
    """What is known below a node."""

    bound: int
    solution: frozenset[int]      # what is done in a solution that there is
    branch: int                   # what to decide next
    shares: Shares


def _solved(puzzle: Puzzle, first: _Node, under: int) -> frozenset[int] | None:
    """What is done in a cheapest solution that costs less than so much."""
    best: frozenset[int] | None = None
    waiting, rounds = [first], ROUNDS_FIRST
    while waiting:
        node = waiting.pop()
        found = _Relaxation.of(puzzle, node).bounded(under, rounds)
        rounds = ROUNDS
        if found is None or found.bound >= under:
            continue
        if len(found.solution) < under:
            under, best = len(found.solution), found.solution
        if found.bound < under:
            waiting += [_Node(node.inside, node.outside | {found.branch}, found.shares),
                        _Node(node.inside | {found.branch}, node.outside, found.shares)]
    return best


@dataclass(slots=True)
class _Relaxation:
    """The problem below a node with prices shared out."""

    puzzle: Puzzle
    can: frozenset[int]           # what can be met
    musts: frozenset[int]         # what has to be
    shares: Shares
    payers: list[list[int]]       # who pays for each, itself included where it counts
    prices: list[float]
    taken: list[tuple[int, ...]]  # on what each depends by the cheapest choice of parts

    @classmethod
    def of(cls, puzzle: Puzzle, node: _Node) -> _Relaxation:
        """With the shares of the node above as far as those who pay are the same."""
        can, musts, size = _reachable(puzzle, node.outside), _closed(puzzle, puzzle.required | node.inside), len(puzzle.costs)
        payers: list[list[int]] = [[] for _ in range(size)]
        for each in can:
            if puzzle.area[each] >= 0:
                payers[each].append(each)
            for need in (*puzzle.after[each], *puzzle.parts[each]):
                payers[need].append(each)
        made = cls(puzzle, can, musts, dict(node.shares), payers, [0.0] * size, [()] * size)
        for each in can - musts:
            made._set(each, [node.shares.get((payer, each), 1.0 if not node.shares else 0.0) for payer in payers[each]])
        return made

    def _set(self, number: int, shares: list[float]) -> None:
        """Share out a price, in proportion."""
        total = sum(shares)
        for payer, share in zip(self.payers[number], shares, strict=True):
            self.shares[payer, number] = share / total if total > TINY else 1 / len(shares)

    def bounded(self, under: int, rounds: int) -> _Bounded | None:
        """The best bound after some rounds, fewer where it suffices; None where there is no solution."""
        best: _Bounded | None = None
        if not self.musts <= self.can:
            return None
        for number in range(rounds):
            paid = self._price()
            chosen = self._chosen()
            if chosen is None:
                return None
            bound = ceil(paid + sum(self._owed(each, each) for each in chosen) - TINY)
            closure = self._closure(chosen)
            done = frozenset(each for each in closure if self.puzzle.costs[each])
            amounts = self._amounts(chosen)
            branch = self._most_shared(closure, amounts)
            if best is None or bound > best.bound:
                best = _Bounded(bound, done, branch, dict(self.shares))
            if len(done) < len(best.solution):
                best = _Bounded(best.bound, done, best.branch, best.shares)
            if best.bound >= min(under, len(best.solution)):
                break
            self._move(chosen, amounts, FARTHEST / (1 + number / 4))
        assert best is not None
        return best

    def _owed(self, payer: int, number: int) -> float:
        return 0.0 if number in self.musts else self.shares[payer, number] * self.prices[number]

    def _price(self) -> float:
        """Work out every price after those of what it depends on; returns what is paid for what has to be met."""
        puzzle, paid = self.puzzle, 0.0
        for each in puzzle.order:
            if each in self.can:
                parts = sorted((self._owed(each, part), part) for part in puzzle.parts[each] if part in self.can)
                self.taken[each] = (*puzzle.after[each], *(part for _, part in parts[:puzzle.least[each]]))
                self.prices[each] = puzzle.costs[each] + sum(self._owed(each, need) for need in self.taken[each])
                paid += self.prices[each] if each in self.musts else 0
        return paid

    def _chosen(self) -> list[int] | None:
        """The cheapest criteria that make up what areas and the whole still want beside what has to be met."""
        puzzle = self.puzzle
        optional = sorted((self._owed(each, each), each) for each in self.can - self.musts if puzzle.area[each] >= 0)
        has = [0] * len(puzzle.wanted)
        for each in self.musts:
            if puzzle.area[each] >= 0:
                has[puzzle.area[each]] += 1
        chosen, rest = list[int](), list[int]()
        for _, each in optional:
            area = puzzle.area[each]
            (chosen if has[area] < puzzle.wanted[area] else rest).append(each)
            has[area] += has[area] < puzzle.wanted[area]
        lacks = max(puzzle.total - sum(has), 0)
        if lacks > len(rest) or any(count < wanted for count, wanted in zip(has, puzzle.wanted, strict=True)):
            return None
        return chosen + rest[:lacks]

    def _closure(self, chosen: Iterable[int]) -> frozenset[int]:
        """What is met when these are: a solution, with the cheapest parts."""
        puzzle, found = self.puzzle, {*self.musts, *chosen}
        for each in reversed(puzzle.order):
            if each in found:
                found.update(puzzle.after[each])
                if sum(part in found for part in puzzle.parts[each]) < puzzle.least[each]:
                    found.update(self.taken[each])
        return frozenset(found)

    def _amounts(self, chosen: Iterable[int]) -> list[float]:
        """How much of each is bought: all of what has to be met, of others the shares that those who buy them pay."""
        amounts, own = [0.0] * len(self.prices), set(chosen)
        for each in reversed(self.puzzle.order):
            if each in self.musts:
                amounts[each] = 1.0
            elif each in own:
                amounts[each] += self.shares[each, each]
            for need in self.taken[each] if amounts[each] else ():
                if need not in self.musts:
                    amounts[need] += amounts[each] * self.shares[each, need]
        return amounts

    def _most_shared(self, closure: frozenset[int], amounts: list[float]) -> int:
        """Of a solution what to branch on: the dearest of those that are not paid in full, which most could depend on."""
        left = [(self.prices[each] * (1 - 1 / len(self.payers[each])), -each) for each in closure - self.musts
                if self.prices[each] * (1 - amounts[each]) > TINY]
        return -max(left)[1] if left else -1

    def _move(self, chosen: Iterable[int], amounts: list[float], farthest: float) -> None:
        """Move shares to those who buy, from those who do not."""
        own = set(chosen)
        for each in self.can - self.musts:
            payers = self.payers[each]
            if len(payers) > 1 and self.prices[each] > TINY:
                bought = [float(each in own) if payer == each else amounts[payer] if each in self.taken[payer] else 0.0
                          for payer in payers]
                mean = sum(bought) / len(bought)
                self._set(each, [max(self.shares[payer, each] + farthest * (amount - mean), 0.0)
                                 for payer, amount in zip(payers, bought, strict=True)])


def _reachable(puzzle: Puzzle, outside: frozenset[int]) -> frozenset[int]:
    """What can be met when everything is done but what is left out."""
    found = set[int]()
    for each in puzzle.order:
        if each not in outside and found.issuperset(puzzle.after[each]) \
                and sum(part in found for part in puzzle.parts[each]) >= puzzle.least[each]:
            found.add(each)
    return frozenset(found)


def _closed(puzzle: Puzzle, numbers: frozenset[int]) -> frozenset[int]:
    """With everything that has to be met for them whatever is chosen."""
    found = set(numbers)
    for each in reversed(puzzle.order):
        if each in found:
            found.update(puzzle.after[each])
            if puzzle.least[each] >= len(puzzle.parts[each]):
                found.update(puzzle.parts[each])
    return frozenset(found)
