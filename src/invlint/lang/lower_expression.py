"""Lower an expression to nodes of the plan, checking names, kinds and units on the way."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from invlint.lang import tree
from invlint.lang.faults import MeaningError, unknown
from invlint.lang.functions import AGGREGATES, FUNCTIONS, OFFERED, WINDOWS, Function
from invlint.lang.scope import RowRef, Scope, column_of, lifted
from invlint.lang.sections import ORDER
from invlint.lang.values import (
    Graph,
    Value,
    describe,
    guarded,
    multiplied,
    narrowed,
    need_number,
    need_numbers,
    need_one_dimension,
    plain,
)
from invlint.reference.load import EVIDENCE
from invlint.tables.declared import TABLES
from invlint.tables.kinds import FACTOR, PLAIN, TEXT, YES_NO, Kind, is_quantity
from invlint.units import UnknownUnitError, nearest_unit, parse_unit
from invlint.units.dimension import NONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from invlint.reference.code_lists import CodeLists
    from invlint.tables.columns import Table

_COMPARISONS = {"=": "equal", "!=": "unequal", "<": "less", "<=": "at_most", ">": "greater", ">=": "at_least"}
_SECTION_WORDS = frozenset(word.split()[0] for word in ORDER)
_OFFERED_KINDS = {"text": TEXT, "yes or no": YES_NO}
_WANTED = {"plain": "a plain number", "text": "text", "yes or no": "a condition"}


def _offered_kind(value: Value) -> str | None:
    """What a value is in the words in which plugins declare functions; None for one that they cannot take."""
    if value.is_number:
        return "plain" if value.dimensions == PLAIN else None
    return "yes or no" if value.kind == YES_NO else "text"


class ExpressionLowerer:
    """Lowers expressions of one rule into a graph. `rules` maps each rule's name to the tables it judges."""

    def __init__(self, graph: Graph, lists: CodeLists, rules: dict[str, set[str]]) -> None:
        self.graph = graph
        self.lists = lists
        self.rules = rules
        self.tables_read: set[str] = set()
        self.used: set[str] = set()

    def lower(self, expr: tree.Expr, scope: Scope) -> Value:
        """The value of an expression. Raises MeaningError at the part that makes no sense."""
        method: Callable[[Any, Scope], Value] = getattr(self, f"_{type(expr).__name__.lower()}")
        return method(expr, scope)

    def condition(self, expr: tree.Expr, scope: Scope) -> int:
        """The node of an expression that must be a condition."""
        value = self.known(expr, scope)
        if value.kind != YES_NO:
            raise MeaningError(f"a condition is wanted here, and this is {describe(value)}", expr.span)
        return value.node

    # leaves
    def _number(self, expr: tree.Number, scope: Scope) -> Value:
        if not math.isfinite(expr.value):
            raise MeaningError("this number is too large", expr.span)
        if expr.unit is None:
            return plain(self.graph.emit("literal", scope.rows, expr.value))
        try:
            unit = parse_unit(expr.unit)
        except UnknownUnitError as error:
            raise MeaningError(str(error), expr.span, _unit_hint(expr.unit)) from None
        kind = Kind("number", frozenset({unit.dimension}))
        node = self.graph.emit("literal", scope.rows, expr.value * unit.scale)
        return Value(kind, node, fixed_dim=unit.dimension)

    def _text(self, expr: tree.Text, scope: Scope) -> Value:
        return Value(TEXT, self.graph.emit("literal", scope.rows, expr.value), word=expr.value)

    def _word(self, expr: tree.Word, scope: Scope) -> Value:
        if scope.inner is not None and expr.name in TABLES[scope.inner.table].columns:
            return scope.inner.value(expr.name, expr.span)
        if expr.name in scope.values:
            self.used.add(expr.name)
            return scope.values[expr.name]
        if expr.name in scope.constants:
            self.used.add(expr.name)
            number, like = scope.constants[expr.name]
            return replace(like, node=self.graph.emit("literal", scope.rows, number))
        if expr.name in scope.named_rows:
            raise MeaningError(f"“{expr.name}” is a row: name one of its columns, as in {expr.name}.class", expr.span)
        return Value(Kind("word"), self.graph.emit("literal", scope.rows, expr.name), word=expr.name)

    def _attribute(self, expr: tree.Attribute, scope: Scope) -> Value:
        row = scope.named_rows.get(expr.row)
        if row is None and scope.inner is not None and not scope.named_rows:
            message = f"only columns of {scope.inner.table} can stand here, by their names alone"
            raise MeaningError(message, expr.span)
        if row is None:
            span = tree.Span(expr.span.line, expr.span.column, len(expr.row))
            raise unknown("row with a name here", expr.row, scope.named_rows, span)
        column = tree.Span(expr.span.line, expr.span.column + len(expr.row) + 1, len(expr.column))
        return row.value(expr.column, column)

    # logic
    def _unary(self, expr: tree.Unary, scope: Scope) -> Value:
        if expr.operator == "not":
            return Value(YES_NO, self.graph.op("not", self.condition(expr.operand, scope)))
        value = self.known(expr.operand, scope)
        need_number(value, "-", expr.span)
        return replace(value, node=self.graph.op("negate", value.node), part=None)

    def _binary(self, expr: tree.Binary, scope: Scope) -> Value:
        if expr.operator in ("and", "or"):
            left, right = self.condition(expr.left, scope), self.condition(expr.right, scope)
            return Value(YES_NO, self.graph.op(expr.operator, left, right))
        a, b = self.known(expr.left, scope), self.known(expr.right, scope)
        need_numbers(a, b, expr.operator, expr.at)
        if expr.operator in ("*", "/"):
            node = self.graph.op("multiply" if expr.operator == "*" else "divide", a.node, b.node)
            return multiplied(self.graph, a, b, 1 if expr.operator == "*" else -1, node, scope.rows, expr.at)
        if expr.operator == "^":
            if a.dimensions != PLAIN or b.dimensions != PLAIN:
                unsuited = a if a.dimensions != PLAIN else b
                raise MeaningError(f"`^` works on plain numbers, and one side is {describe(unsuited)}", expr.at)
            return plain(self.graph.op("power", a.node, b.node))
        common = need_one_dimension(a, b, expr.operator, expr.at)
        node = self.graph.op("add" if expr.operator == "+" else "subtract", a.node, b.node)
        return narrowed(a, common, guarded(self.graph, a, b, node, scope.rows))

    def known(self, expr: tree.Expr, scope: Scope) -> Value:
        """A value that may not be a bare word."""
        value = self.lower(expr, scope)
        if value.kind.name == "word" and value.word is not None:
            raise _no_name(value.word, expr.span, scope)
        return value

    # comparisons
    def _compare(self, expr: tree.Compare, scope: Scope, operator: str = "") -> Value:
        """A comparison; `operator` is how the text calls it, where that is not its own sign."""
        operator = operator or expr.operator
        left, right = self.lower(expr.left, scope), self.lower(expr.right, scope)
        if not (left.is_number or right.is_number):
            return self._compare_text(expr, left, right, scope, operator)
        for value, side in ((left, expr.left), (right, expr.right)):
            if value.kind.name == "word" and value.word is not None:
                raise _no_name(value.word, side.span, scope)
        self._check_numbers(expr, left, right, operator)
        zero = _is_zero(expr.left) or _is_zero(expr.right)
        if not zero:
            need_one_dimension(left, right, operator, expr.at)

        def told(node: int) -> int:
            return node if zero else guarded(self.graph, left, right, node, scope.rows)

        if expr.within is None and not expr.to_digits:
            return Value(YES_NO, told(self.graph.op(_COMPARISONS[expr.operator], left.node, right.node)))
        node = told(self._near(expr, left, right, scope))
        if expr.to_digits:  # most rows are equal outright, and nobody need look at their digits
            node = self.graph.op("or", told(self.graph.op("equal", left.node, right.node)), node)
        return Value(YES_NO, node if expr.operator == "=" else self.graph.op("not", node))

    def _check_numbers(self, expr: tree.Compare, left: Value, right: Value, operator: str) -> None:
        """A number is not to be held against a code or text."""
        if left.is_number and right.is_number:
            return
        message = f"`{operator}` cannot hold {describe(left)} against {describe(right)}"
        literal = isinstance(expr.right, tree.Number) or isinstance(expr.left, tree.Number)
        coded = left.kind.name in ("code", "text") or right.kind.name in ("code", "text")
        raise MeaningError(message, expr.at, 'a code stands in "quotation marks"' if literal and coded else "")

    def _near(self, expr: tree.Compare, left: Value, right: Value, scope: Scope) -> int:
        """Equality within a share of the right side and half the last reported digit of the left side."""
        if expr.operator not in ("=", "!="):
            raise MeaningError("a tolerance goes with = or != alone", expr.at)
        slack = self.graph.emit("literal", scope.rows, 0.0)
        if expr.within is not None:
            share = self.known(expr.within, scope)
            if share.dimensions != PLAIN:
                raise MeaningError("`within` takes a plain number or a percentage", expr.within.span)
            slack = self.graph.op("share_of", right.node, share.node)
        if expr.to_digits:
            if left.part is None or left.fixed_dim is not None:
                raise MeaningError("the left side must be a reported quantity to have reported digits", expr.left.span)
            slack = self.graph.op("max", slack, left.part(".half"))
        return self.graph.op("near", left.node, right.node, slack)

    def _compare_text(self, expr: tree.Compare, left: Value, right: Value, scope: Scope, operator: str) -> Value:
        if expr.operator not in ("=", "!="):
            message = f"`{operator}` works on numbers, and {describe(left)} is none"
            raise MeaningError(message, expr.at, "codes and text are compared by = or != or in { ... }")
        left, right = (
            self._as_code(left, right, expr.left, scope),
            self._as_code(right, left, expr.right, scope),
        )
        kinds = {left.kind.name, right.kind.name}
        comparable = kinds <= {"code", "text"} or kinds == {"yes or no"}
        if left.kind.codes and right.kind.codes and left.kind.codes != right.kind.codes:
            comparable = False
        if not comparable:
            raise MeaningError(f"{describe(left)} cannot be compared with {describe(right)}", expr.at)
        return Value(YES_NO, self.graph.op("same" if expr.operator == "=" else "differ", left.node, right.node))

    def _as_code(self, value: Value, other: Value, expr: tree.Expr, scope: Scope) -> Value:
        """A bare word or text beside a code: it must be in the code list."""
        if value.word is None:
            return value
        if other.kind.codes is None or other.word is not None:
            if value.kind.name == "word":
                raise _no_name(value.word, expr.span, scope)
            return value
        known = EVIDENCE if other.kind.codes == "evidence" else self.lists.known[other.kind.codes]
        if value.word not in known:
            near = None if known is EVIDENCE else self.lists.nearest(other.kind.codes, value.word)
            raise unknown(f"{other.kind.codes.replace('_', ' ')} code", value.word, known, expr.span, near=near)
        return replace(value, kind=other.kind)

    def _between(self, expr: tree.Between, scope: Scope) -> Value:
        low = tree.Compare(expr.span, ">=", expr.value, expr.low, expr.value.span)
        high = tree.Compare(expr.span, "<=", expr.value, expr.high, expr.value.span)
        nodes = (self._compare(part, scope, "between").node for part in (low, high))
        return Value(YES_NO, self.graph.op("and", *nodes))

    def _inset(self, expr: tree.InSet, scope: Scope) -> Value:
        nodes = [
            self._compare(tree.Compare(item.span, "=", expr.value, item, item.span), scope, "in").node
            for item in expr.items
        ]
        while len(nodes) > 1:  # in pairs, so that a long list makes no deep nest
            nodes = [self.graph.op("or", *pair) if len(pair) > 1 else pair[0] for pair in _pairs(nodes)]
        return Value(YES_NO, self.graph.op("not", nodes[0]) if expr.negated else nodes[0])

    def _ismissing(self, expr: tree.IsMissing, scope: Scope) -> Value:
        value = self.known(expr.value, scope)
        return Value(YES_NO, self.graph.op("is_reported" if expr.negated else "is_missing", value.node))

    # functions
    def _call(self, expr: tree.Call, scope: Scope) -> Value:
        function = FUNCTIONS.get(expr.function)
        if function is None and expr.function in _SECTION_WORDS:
            span = tree.Span(expr.span.line, expr.span.column, len(expr.function))
            raise MeaningError(f"a value is missing before “{expr.function}”", span)
        if function is None:
            span = tree.Span(expr.span.line, expr.span.column, len(expr.function))
            raise unknown("function", expr.function, [*FUNCTIONS, *AGGREGATES], span)
        if len(expr.arguments) != len(function.takes):
            wanted = len(function.takes)
            message = f"{function.name} takes {wanted} value{'s' if wanted > 1 else ''}, not {len(expr.arguments)}"
            raise MeaningError(message, expr.span)
        if function.name in WINDOWS:
            return self._window(function.name, expr, scope)
        values = [self.known(argument, scope) for argument in expr.arguments]
        if function.name in OFFERED:
            return self._call_offered(function, expr, values)
        for value, argument in zip(values, expr.arguments, strict=True):
            need_number(value, function.name, argument.span)
        method: Callable[..., Value] = getattr(self, f"_call_{function.name}")
        return method(expr, scope, *values)

    def _call_offered(self, function: Function, expr: tree.Call, values: list[Value]) -> Value:
        """A function of a plugin, on values of the kinds that it takes."""
        for value, argument, wanted in zip(values, expr.arguments, function.takes, strict=True):
            if _offered_kind(value) != wanted:
                message = f"{function.name} takes {_WANTED[wanted]} here, and this is {describe(value)}"
                raise MeaningError(message, argument.span)
        node = self.graph.op(f"{function.name}()", *(value.node for value in values))
        return plain(node) if function.gives == "plain" else Value(_OFFERED_KINDS[function.gives], node)

    def _call_abs(self, _expr: tree.Call, _scope: Scope, value: Value) -> Value:
        return replace(value, node=self.graph.op("abs", value.node), part=None)

    def _call_min(self, expr: tree.Call, scope: Scope, a: Value, b: Value) -> Value:
        return self._extreme("min", expr, scope, a, b)

    def _call_max(self, expr: tree.Call, scope: Scope, a: Value, b: Value) -> Value:
        return self._extreme("max", expr, scope, a, b)

    def _extreme(self, name: str, expr: tree.Call, scope: Scope, a: Value, b: Value) -> Value:
        common = need_one_dimension(a, b, name, expr.span)
        return narrowed(a, common, guarded(self.graph, a, b, self.graph.op(name, a.node, b.node), scope.rows))

    def _call_fold(self, expr: tree.Call, scope: Scope, a: Value, b: Value) -> Value:
        need_one_dimension(a, b, "fold", expr.span)
        return plain(guarded(self.graph, a, b, self.graph.op("fold", a.node, b.node), scope.rows))

    def _call_log10(self, _expr: tree.Call, _scope: Scope, value: Value) -> Value:
        return plain(self.graph.op("log10", value.node))

    def _call_robust_z(self, expr: tree.Call, scope: Scope, value: Value, centre: Value, spread: Value) -> Value:
        for other in (centre, spread):
            need_one_dimension(value, other, "robust_z", expr.span)
        node = self.graph.op("robust_z", value.node, centre.node, spread.node)
        node = guarded(self.graph, value, centre, node, scope.rows)
        return plain(guarded(self.graph, value, spread, node, scope.rows))

    def _call_exponent_of_ten(self, expr: tree.Call, scope: Scope, value: Value) -> Value:
        if NONE not in value.dimensions or value.dimensions == FACTOR:
            message = f"exponent_of_ten takes a plain number, and this is {describe(value)}"
            raise MeaningError(message, expr.arguments[0].span)
        node = self.graph.op("exponent_of_ten", value.node)
        return plain(guarded(self.graph, value, plain(node), node, scope.rows))

    def _call_convertible(self, _expr: tree.Call, scope: Scope, a: Value, b: Value) -> Value:
        dims = [value.dim for value in (a, b)]
        nodes = [
            dim if dim is not None else self.graph.emit("literal", scope.rows, value.fixed_dim)
            for dim, value in zip(dims, (a, b), strict=True)
        ]
        return Value(YES_NO, self.graph.op("same", *nodes))

    def _call_rescaled_unit(self, expr: tree.Call, _scope: Scope, value: Value, power: Value) -> Value:
        if value.part is None or not is_quantity(value.kind):
            raise MeaningError("rescaled_unit takes a reported quantity, such as r.release", expr.arguments[0].span)
        if power.dimensions != PLAIN:
            message = f"rescaled_unit takes a power of ten, and this is {describe(power)}"
            raise MeaningError(message, expr.arguments[1].span)
        return Value(TEXT, self.graph.op("rescaled_unit", value.part(".unit"), power.node))

    def _window(self, name: str, expr: tree.Call, scope: Scope) -> Value:
        if scope.inner is not None:
            message = f"{name} cannot stand among the columns of {scope.inner.table}"
            raise MeaningError(message, expr.span, "give it a name with `let` before, and use the name here")
        if scope.order is None:
            raise MeaningError(f"{name} needs `for each ... by ... over year`", expr.span)
        value = self.known(expr.arguments[0], scope)

        def along(node: int, what: str = name) -> int:
            return self.graph.emit("window", what, scope.rows, scope.by, scope.order, node)

        if name == "steps":
            return plain(along(value.node))
        if name not in ("trend", "scatter"):
            return lifted(value, along)
        need_number(value, name, expr.span)
        if value.dim is None:
            return replace(value, node=along(value.node), part=None)
        dim = along(value.dim, "common")
        return replace(value, node=self.graph.op("if_same", dim, dim, along(value.node)), dim=dim, part=None)

    def _fails(self, expr: tree.Fails, scope: Scope) -> Value:
        at_hand = next(iter(scope.named_rows))
        if expr.row != at_hand:
            raise unknown("row that rules judge here", expr.row, [at_hand], expr.span)
        return Value(YES_NO, self.fails(expr.rule, expr.span, scope))

    def fails(self, rule: str, span: tree.Span, scope: Scope) -> int:
        """The node that says whether the row at hand fails another rule."""
        if rule not in self.rules:
            raise unknown("rule", rule, self.rules, span)
        if scope.table not in self.rules[rule]:
            tables = " and ".join(sorted(self.rules[rule]))
            raise MeaningError(f"the rule {rule} judges {tables}, not {scope.table}", span)
        context = self.graph.nodes[scope.rows]
        if context[0] == "pairs":
            return self.graph.emit("outer", scope.rows, self.graph.emit("fails", context[1], rule))
        return self.graph.emit("fails", scope.rows, rule)

    # other rows
    def table(self, name: str, span: tree.Span) -> Table:
        """A declared table, noted as read."""
        if name not in TABLES:
            raise unknown("table", name, TABLES, span)
        self.tables_read.add(name)
        return TABLES[name]

    def _exists(self, expr: tree.Exists, scope: Scope) -> Value:
        node = self._over("some", None, expr.match, scope)
        return Value(YES_NO, self.graph.op("not", node) if expr.negated else node)

    def _aggregate(self, expr: tree.Aggregate, scope: Scope) -> Value:
        if expr.value is None:
            if expr.what != "count":
                raise MeaningError(f"{expr.what} of rows has no meaning: name a column", expr.span)
            return plain(self._over("count", None, expr.match, scope))
        table = self.table(expr.match.table, expr.match.span)
        inner = self._inner_scope(table, scope)
        value = self.known(expr.value, inner)
        self._check_aggregate(expr, value)
        node = self._over(expr.what, value.node, expr.match, scope)
        if expr.what == "count":
            return plain(node)
        if expr.what == "list":
            return Value(TEXT, node)
        if value.dim is None:
            return replace(value, node=node, part=None)
        dim = self._over("common", value.dim, expr.match, scope)
        return replace(value, node=self.graph.op("if_same", dim, dim, node), dim=dim, part=None)

    def _check_aggregate(self, expr: tree.Aggregate, value: Value) -> None:
        if expr.what in ("sum", "largest", "smallest", "median", "mad") and not value.is_number:
            raise MeaningError(f"{expr.what} works on numbers, and this is {describe(value)}", expr.span)
        if expr.what == "firmest" and value.kind.codes != "evidence":
            raise MeaningError(f"firmest works on evidence, and this is {describe(value)}", expr.span)

    def _inner_scope(self, table: Table, scope: Scope) -> Scope:
        rows = self.graph.emit("rows", table.name)
        inner = RowRef(table.name, column_of(self.graph, rows))
        return Scope(rows, table.name, constants=scope.constants, inner=inner)

    def keys(self, match: tree.Match, table: Table, scope: Scope) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The nodes by which the row at hand and the rows of the table match."""
        rows = self.graph.emit("rows", table.name)
        ours, theirs = [], []
        for key in match.keys:
            declared = table.columns.get(key.column)
            if declared is None:
                raise unknown(f"column of {table.name}", key.column, table.columns, key.span)
            if is_quantity(declared.kind):
                message = f"rows cannot match by {key.column}, which has a unit"
                raise MeaningError(message, key.span, f"compare it after `with`, as in: with {key.column} = ...")
            theirs.append(self.graph.emit("column", rows, key.column))
            if key.value is None:
                mine = TABLES[scope.table].columns
                if key.column not in mine:
                    message = f"{scope.table} has no column “{key.column}” to match by"
                    raise MeaningError(message, key.span, f"say which value it must have: {key.column} = ...")
                ours.append(next(iter(scope.named_rows.values())).node(key.column))
            else:
                ours.append(self._key_value(key, declared.kind, scope))
        return tuple(ours), tuple(theirs)

    def _key_value(self, key: tree.Key, kind: Kind, scope: Scope) -> int:
        assert key.value is not None  # noqa: S101
        value = self.lower(key.value, scope)
        other = Value(kind, -1)
        value = self._as_code(value, other, key.value, scope)
        same = value.kind.name == kind.name or {value.kind.name, kind.name} <= {"code", "text"}
        if not same or is_quantity(value.kind):
            raise MeaningError(f"{key.column} is {kind.describe()}, and this is {describe(value)}", key.value.span)
        return value.node

    def index(self, match: tree.Match, scope: Scope) -> tuple[tuple[int, ...], int, list[tree.Expr]]:
        """(our keys, index node, conditions that also need the row at hand)."""
        if scope.inner is not None:
            message = f"a look-up cannot stand among the columns of {scope.inner.table}"
            raise MeaningError(message, match.span, "give it a name with `let` before, and use the name here")
        table = self.table(match.table, match.span)
        ours, theirs = self.keys(match, table, scope)
        inner = self._inner_scope(table, scope)
        alone: list[tree.Expr] = []
        joint: list[tree.Expr] = []
        for part in (*_conjuncts(match.condition), *self._in_years(match, table, scope)):
            (joint if _needs_outer(part, table, scope) else alone).append(part)
        kept: int | None = None
        for part in alone:
            node = self.condition(part, inner)
            kept = node if kept is None else self.graph.op("and", kept, node)
        return ours, self.graph.emit("index", inner.rows, theirs, kept), joint

    def _in_years(self, match: tree.Match, table: Table, scope: Scope) -> list[tree.Expr]:
        """The condition that `in years before` stands for."""
        if match.years is None:
            return []
        lacking = next((name for name in (scope.table, table.name) if "year" not in TABLES[name].columns), None)
        if lacking is not None:
            raise MeaningError(f"{lacking} has no years, so nothing lies before or after", match.span)
        theirs = tree.Word(match.span, "year")
        ours = tree.Attribute(match.span, next(iter(scope.named_rows)), "year")
        operator = "<" if match.years == "before" else ">"
        return [tree.Compare(match.span, operator, theirs, ours, match.span)]

    def _over(self, what: str, value: int | None, match: tree.Match, scope: Scope) -> int:
        """Reduce the matching rows to one value for the row at hand."""
        ours, index, joint = self.index(match, scope)
        if not joint:
            return self.graph.emit("reduce", what, scope.rows, ours, index, value)
        pairs = self.graph.emit("pairs", scope.rows, ours, index)
        both = self._pair_scope(pairs, match, scope)
        condition: int | None = None
        for part in joint:
            node = self.condition(part, both)
            condition = node if condition is None else self.graph.op("and", condition, node)
        lifted_value = self.graph.emit("inner", pairs, value) if value is not None else None
        return self.graph.emit("reduce_pairs", what, pairs, condition, lifted_value)

    def _pair_scope(self, pairs: int, match: tree.Match, scope: Scope) -> Scope:
        rows = self.graph.emit("rows", match.table)
        theirs = column_of(self.graph, rows)

        def outer(node: int) -> int:
            return self.graph.emit("outer", pairs, node)

        def reach(ref: RowRef) -> RowRef:
            return RowRef(ref.table, lambda name: outer(ref.node(name)))

        return Scope(
            pairs,
            scope.table,
            named_rows={name: reach(ref) for name, ref in scope.named_rows.items()},
            values={name: lifted(value, outer) for name, value in scope.values.items()},
            constants=scope.constants,
            inner=RowRef(match.table, lambda name: self.graph.emit("inner", pairs, theirs(name))),
        )


def _no_name(word: str, span: tree.Span, scope: Scope) -> MeaningError:
    """A word that means nothing here; a column must say of which row it is."""
    near = next((f"{row}.{word}" for row, ref in scope.named_rows.items() if word in TABLES[ref.table].columns), None)
    return unknown("name here", word, [*scope.names(), *scope.named_rows], span, near=near)


def _unit_hint(unit: str) -> str:
    near = nearest_unit(unit)
    return f"did you mean “{near}”?" if near else ""


def _pairs(nodes: list[int]) -> list[list[int]]:
    return [nodes[at : at + 2] for at in range(0, len(nodes), 2)]


def _is_zero(expr: tree.Expr) -> bool:
    """Zero needs no unit."""
    return isinstance(expr, tree.Number) and expr.value == 0 and expr.unit is None


def _conjuncts(condition: tree.Expr | None) -> list[tree.Expr]:
    """The parts of a condition that `and` joins at the top."""
    if condition is None:
        return []
    if isinstance(condition, tree.Binary) and condition.operator == "and":
        return [*_conjuncts(condition.left), *_conjuncts(condition.right)]
    return [condition]


def _needs_outer(expr: tree.Expr, table: Table, scope: Scope) -> bool:
    """Whether a condition on rows of `table` also mentions the row at hand."""
    if isinstance(expr, (tree.Attribute, tree.Fails)):
        return True
    if isinstance(expr, tree.Word):
        return expr.name not in table.columns and expr.name in scope.values
    parts = [getattr(expr, name) for name in expr.__dataclass_fields__ if name != "span"]
    flat = [item for part in parts for item in (part if isinstance(part, tuple) else (part,))]
    return any(_needs_outer(part, table, scope) for part in flat if isinstance(part, tree.Expr))
