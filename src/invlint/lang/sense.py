"""Whether a `for each` can fail and can pass at all, by what its conditions say before any data is read.

Conditions are taken apart into facts about nodes of the plan, and the facts are held against each other: which side of
a comparison is the larger, the ranges of numbers, codes, and what is missing. Whatever is not understood is taken for
possible, so that no rule is refused that can both fail and pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from invlint.lang.faults import MeaningError
from invlint.lang.ranges import ANYTHING, NOT_NEGATIVE, OPERATIONS, Range, exactly, tolerance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from invlint.lang import tree
    from invlint.model.plan import BlockPlan, Node

_MOST_STEPS = 20_000
_MOST_IN_ALL = 100_000
"""Beyond these a formula, and whatever follows it among the rules compiled together, is taken for sensible."""
_ROUNDS = 4
"""How often ranges are handed on from one comparison to the next."""

_LESS, _EQUAL, _GREATER = 1, 2, 4
_SIGNS = {
    "less": _LESS,
    "at_most": _LESS | _EQUAL,
    "equal": _EQUAL,
    "same": _EQUAL,
    "unequal": _LESS | _GREATER,
    "differ": _LESS | _GREATER,
    "greater": _GREATER,
    "at_least": _GREATER | _EQUAL,
}
"""Of two values that are reported exactly one sign is true."""
_ALL = _LESS | _EQUAL | _GREATER
_MIRRORED = {sign: (sign & _EQUAL) | (_GREATER if sign & _LESS else 0) | (_LESS if sign & _GREATER else 0)
             for sign in range(_ALL + 1)}  # fmt: skip
_EASY = frozenset({"and", "or", "is_missing", "is_reported"})
"""Operations that give a value where an operand is missing."""

_NONE_LEFT = "no case is left in which it fails"
_WHY = {
    "itself": "both sides are the same value",
    "fixed": "both sides are fixed, and no row can change that: compare with a column",
    "sides": ("the conditions contradict each other", _NONE_LEFT),
    "range": ("no number lies in all of these ranges", "the ranges leave no number for which it fails"),
    "codes": ("one value cannot be two codes or texts", _NONE_LEFT),
    "units": "one value cannot have two units that do not convert",
    "missing": "a value is either missing or reported, and what is compared is reported",
    "condition": ("the same condition is asked for and denied", _NONE_LEFT),
}


class _Contradiction(Exception):  # noqa: N818 - it is no error
    """Facts that cannot all be true; the reason is a member of _WHY."""


Goal = tuple[int, bool]
Goals = tuple[Goal, Any] | None
"""Conditions and whether they are to be true or false, linked so that branches share their tails."""


class Effort:
    """How many steps are left for all the rules that are compiled together."""

    def __init__(self) -> None:
        self.left = _MOST_IN_ALL


def check_sense(nodes: Sequence[Node], block: tree.Block, plan: BlockPlan, effort: Effort) -> None:
    """Raises MeaningError where no row can be judged, or fail, or pass, whatever the data."""
    contradictions = _Search(nodes, effort).contradictions
    own = len(block.where)
    judged: list[Goal] = [(node, True) for node in plan.where[own:]]
    for expr, node in zip(block.where, plan.where[:own], strict=True):
        judged.append((node, True))
        reasons = contradictions(judged)
        if reasons is not None:
            beside = "" if contradictions([(node, True)]) is not None else " beside the conditions before it"
            raise MeaningError(f"this can never hold{beside}: no row would be judged", expr.span, _why(reasons, 0))
    passing = list(judged)
    for expr, node in zip(block.expect, plan.expect, strict=True):
        passing.append((node, True))
        reasons = contradictions(passing)
        if reasons is not None:
            beside = "" if contradictions([(node, True)]) is not None else " beside the conditions before it"
            raise MeaningError(f"this can never hold{beside}: every row would fail", expr.span, _why(reasons, 0))
    failing = [contradictions([*judged, (node, False)]) for node in plan.expect]
    if None not in failing:
        alone = all(contradictions([(node, False)]) is not None for node in plan.expect)
        beside = "" if alone else " where the rule applies"
        reasons = {reason for found in failing for reason in found or ()}
        raise MeaningError(f"this always holds{beside}: no row could fail", block.expect[0].span, _why(reasons, 1))


def _why(reasons: set[str], side: int) -> str:
    """The reason in words, where there is one alone."""
    if len(reasons) != 1:
        return ""
    words = _WHY[next(iter(reasons))]
    return words if isinstance(words, str) else words[side]


class _Search:
    """Looks for a way in which conditions can hold together."""

    def __init__(self, nodes: Sequence[Node], effort: Effort) -> None:
        self.nodes = nodes
        self._effort = effort
        self._steps = 0
        self._most = _MOST_STEPS

    def contradictions(self, goals: Iterable[Goal]) -> set[str] | None:
        """Why the goals cannot all be met; None where they can, or where that takes too long to say."""
        self._steps, self._most = 0, min(_MOST_STEPS, self._effort.left)
        try:
            return self._contradictions(goals)
        finally:
            self._effort.left -= self._steps

    def _contradictions(self, goals: Iterable[Goal]) -> set[str] | None:
        first: Goals = None
        for goal in goals:
            first = (goal, first)
        branches: list[tuple[Goals, Goals]] = [(first, None)]
        reasons: set[str] = set()
        while branches:
            facts = self._facts(*branches.pop(), branches)
            reason = self._contradiction(facts)
            if reason is None or self._steps > self._most:
                return None
            reasons.add(reason)
        return reasons

    def _facts(self, open_goals: Goals, facts: Goals, branches: list[tuple[Goals, Goals]]) -> Goals:
        """The facts of one way to meet the goals; other ways are put to the branches."""
        while open_goals is not None and self._steps <= self._most:
            self._steps += 1
            (number, wanted), open_goals = open_goals
            name, *operands = self.nodes[number][1:] if self.nodes[number][0] == "op" else ("",)
            if name == "not":
                open_goals = ((operands[0], not wanted), open_goals)
            elif name in ("and", "or") and (name == "and") is wanted:
                open_goals = ((operands[0], wanted), ((operands[1], wanted), open_goals))
            elif name in ("and", "or"):
                branches.append((((operands[1], wanted), open_goals), facts))
                open_goals = ((operands[0], wanted), open_goals)
            elif name == "if_same":
                facts = ((number, True), facts)
                open_goals = ((operands[2], wanted), open_goals)
            else:
                facts = ((number, wanted), facts)
        return facts

    def _contradiction(self, facts: Goals) -> str | None:
        world = _World(self.nodes)
        try:
            while facts is not None and self._steps <= self._most:
                self._steps += 1
                (number, wanted), facts = facts
                self._check_other_rows(number, wanted)
                world.add(number, wanted)
            world.settle()
        except _Contradiction as found:
            return str(found)
        return None

    def _check_other_rows(self, number: int, wanted: bool) -> None:
        """Some row can only match where its own conditions can hold. It is another row, with facts of its own."""
        node = self.nodes[number]
        if not wanted or node[0] not in ("reduce", "reduce_pairs"):
            return
        filters = [self.nodes[node[4]][3]] if node[0] == "reduce" else [node[3], self.nodes[self.nodes[node[2]][3]][3]]
        reasons = _Search(self.nodes, self._effort).contradictions((kept, True) for kept in filters if kept is not None)
        if reasons is not None:
            raise _Contradiction(min(reasons))


class _World:
    """Facts about the values of one row."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self._truths: dict[int, bool] = {}
        self._there: set[int] = set()
        self._absent: set[int] = set()
        self._signs: dict[tuple[int, int], int] = {}
        self._nears: list[tuple[int, int, int, bool]] = []
        self._known: dict[int, Range] = {}
        self._ranges: dict[int, Range] = {}

    def add(self, number: int, wanted: bool) -> None:
        """A condition that is true or false. Raises _Contradiction."""
        if self._truths.setdefault(number, wanted) is not wanted:
            raise _Contradiction("condition")
        kind, name, *operands = self.nodes[number]
        if kind == "op" and name in ("is_missing", "is_reported"):
            self._is(operands[0], missing=wanted is (name == "is_missing"))
            return
        self._is(number, missing=False)
        if kind == "op" and name in _SIGNS:
            self._relate(operands[0], operands[1], _SIGNS[name] if wanted else _ALL - _SIGNS[name])
        elif kind == "op" and name == "near":
            self._nears.append((operands[0], operands[1], operands[2], wanted))

    def _is(self, number: int, *, missing: bool) -> None:
        """A value is missing or reported; where it is reported, so is all that it is computed from."""
        if missing:
            self._absent.add(number)
            kind, name = self.nodes[number][:2]
            if kind in ("literal", "fails") or (kind == "op" and name in ("is_missing", "is_reported")):
                raise _Contradiction("missing")
        stack = [] if missing else [number]
        while stack:
            number = stack.pop()
            if number in self._there:
                continue
            self._there.add(number)
            kind, name, *operands = self.nodes[number]
            if kind == "op" and name not in _EASY:
                stack.extend(operands)
            if kind == "op" and name == "if_same":
                self._relate(operands[0], operands[1], _EQUAL)
        if not self._absent.isdisjoint(self._there):
            raise _Contradiction("missing")

    def _relate(self, left: int, right: int, signs: int) -> None:
        """The signs that can stand between two reported values."""
        if left == right:
            if not signs & _EQUAL:
                raise _Contradiction("fixed" if self.nodes[left][0] == "literal" else "itself")
            return
        if left > right:
            left, right, signs = right, left, _MIRRORED[signs]
        signs &= self._signs.get((left, right), _ALL)
        if not signs:
            raise _Contradiction("sides")
        self._signs[left, right] = signs

    def settle(self) -> None:
        """Hold the facts against each other. Raises _Contradiction."""
        self._settle_codes()
        inner = [number for near in self._nears for number in near[:3]]
        order = self._needed([*inner, *(number for pair in self._signs for number in pair)])
        for _ in range(_ROUNDS):
            self._compute(order)
            for left, right, slack, wanted in self._nears:
                self._settle_near(left, right, slack, wanted)
            for (left, right), signs in list(self._signs.items()):
                self._settle_numbers(left, right, signs)

    # codes, text and dimensions
    def _settle_codes(self) -> None:
        """What a value is and is not, of literals that are no numbers."""
        is_known: dict[int, Any] = {}
        for with_equal in (True, False):
            for (left, right), signs in self._signs.items():
                if (signs == _EQUAL) is with_equal and (with_equal or not signs & _EQUAL):
                    self._settle_code(left, right, is_known, with_equal=with_equal)

    def _settle_code(self, left: int, right: int, known: dict[int, Any], *, with_equal: bool) -> None:
        one, other = self._code(left), self._code(right)
        if one is None and other is None:
            return
        if one is not None and other is not None:
            if (one == other) is not with_equal:
                raise _Contradiction("fixed")
            return
        number, code = (left, other) if one is None else (right, one)
        if (known.get(number, code) == code) is not with_equal and (with_equal or number in known):
            raise _Contradiction("codes" if isinstance(code, str) else "units")
        if with_equal:
            known[number] = code

    def _code(self, number: int) -> Any:
        """The literal that a node is, unless it is a number."""
        node = self.nodes[number]
        return node[2] if node[0] == "literal" and not isinstance(node[2], float) else None

    # numbers
    def _needed(self, numbers: list[int]) -> list[int]:
        """The nodes that numbers are computed from, each after those it needs."""
        found: set[int] = set()
        while numbers:
            number = numbers.pop()
            if number not in found:
                found.add(number)
                node = self.nodes[number]
                numbers.extend(node[2:] if node[0] == "op" else ())
        return sorted(found)

    def _compute(self, order: list[int]) -> None:
        self._ranges = {}
        for number in order:
            kind, name, *operands = self.nodes[number]
            found = ANYTHING
            if kind == "literal" and isinstance(operands[0], float):
                found = exactly(operands[0])
            elif kind in ("reduce", "reduce_pairs") and name == "count":
                found = NOT_NEGATIVE
            elif kind == "op" and name in OPERATIONS:
                found = OPERATIONS[name](*(self._ranges[operand] for operand in operands))
            self._narrow(number, found)
            self._narrow(number, self._known.get(number, ANYTHING))

    def _narrow(self, number: int, to: Range) -> None:
        found = self._ranges.get(number, ANYTHING).both(to)
        if found.is_empty:
            raise _Contradiction("range")
        self._ranges[number] = found

    def _learn(self, number: int, to: Range) -> None:
        self._narrow(number, to)
        self._known[number] = self._known.get(number, ANYTHING).both(to)

    def _settle_near(self, left: int, right: int, slack: int, wanted: bool) -> None:
        """`near` holds within a slack of either side, and fails outside it."""
        a, b, s = self._ranges[left], self._ranges[right], self._ranges[slack]
        if not wanted:
            if s.low >= 0:
                self._relate(left, right, _LESS | _GREATER)
            return
        self._learn(left, b.widened(s.high))
        self._learn(right, a.widened(s.high))

    def _settle_numbers(self, left: int, right: int, signs: int) -> None:
        a, b = self._ranges[left], self._ranges[right]
        if self._code(left) is not None or self._code(right) is not None:
            return
        if a.is_point and b.is_point:
            if not signs & _sign_of(a.low, b.low):
                raise _Contradiction("fixed")
            return
        if signs == _LESS | _GREATER:
            return
        if not signs & _GREATER:
            self._learn(left, b.below(or_equal=bool(signs & _EQUAL)))
            self._learn(right, a.above(or_equal=bool(signs & _EQUAL)))
        if not signs & _LESS:
            self._learn(left, b.above(or_equal=bool(signs & _EQUAL)))
            self._learn(right, a.below(or_equal=bool(signs & _EQUAL)))


def _sign_of(a: float, b: float) -> int:
    if abs(a - b) <= tolerance(a, b):
        return _EQUAL
    return _LESS if a < b else _GREATER
