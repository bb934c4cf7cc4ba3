"""Lower a rule to its plan: blocks, tiers, templates, places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from invlint.lang import tree
from invlint.lang.faults import MeaningError, unknown
from invlint.lang.scope import RowRef, Scope, column_of
from invlint.lang.seen import Seen, names_in
from invlint.lang.values import Value, describe, dim_node
from invlint.model.plan import BlockPlan, Placeholder, RulePlan
from invlint.tables.kinds import RELEASE, YES_NO, is_quantity

if TYPE_CHECKING:
    from invlint.lang.lower_expression import ExpressionLowerer
    from invlint.tables.columns import Table


def lower_rule(rule: tree.Rule, lowerer: ExpressionLowerer, pack: str) -> RulePlan:
    """The plan of a rule. Raises MeaningError at the first part that makes no sense."""
    blocks = []
    for block in rule.blocks:
        help_text = block.help or next((other.help for other in rule.blocks if other.help), None)
        blocks.append(_BlockLowerer(rule, replace(block, help=help_text), lowerer).lower())
    unused = next((item for item in rule.parameters if item.name not in lowerer.used), None)
    if unused is not None:
        raise MeaningError(f"the parameter {unused.name} is not used", unused.span, "take it out")
    return RulePlan(
        rule.code,
        rule.name,
        rule.severity,
        rule.basis,
        pack,
        tuple(name for name, _ in rule.yields),
        tuple(sorted(lowerer.tables_read)),
        tuple(blocks),
    )


def seen_by(rule: tree.Rule, lowerer: ExpressionLowerer) -> tuple[Seen, ...]:
    """What each block of a rule that makes sense speaks of."""
    return tuple(_BlockLowerer(rule, block, lowerer).seen() for block in rule.blocks)


class _BlockLowerer:
    """Lowers one `for each`."""

    def __init__(self, rule: tree.Rule, block: tree.Block, lowerer: ExpressionLowerer) -> None:
        self.rule = rule
        self.block = block
        self.lowerer = lowerer
        self.graph = lowerer.graph
        self.table = lowerer.table(block.table, block.table_span)
        rows = self.graph.emit("rows", self.table.name)
        main = RowRef(self.table.name, column_of(self.graph, rows))
        self.scope = Scope(rows, self.table.name, named_rows={block.row: main})
        self._take_parameters()
        self._take_series(main)

    def lower(self) -> BlockPlan:
        """The plan of the block."""
        for let in self.block.lets:
            self._take_let(let)
        block, condition = self.block, self._condition
        where = [condition(expr) for expr in block.where]
        where.extend(self._unless_others_speak())
        return BlockPlan(
            self.table.name,
            self.scope.rows,
            tuple(where),
            tuple(condition(expr) for expr in block.expect),
            self._template(block.message),
            self._template(block.help),
            self._template(block.observed) if block.observed else None,
            self._template(block.expected) if block.expected else None,
            tuple(self._place(place) for place in block.at),
            tuple((tier.severity, condition(tier.condition)) for tier in self.rule.tiers),
            tuple(self._evidence(expr) for expr in block.rests),
            self._impact(block.impact),
            tuple(self._column(name, span) for name, span in block.together) if block.together is not None else None,
            tuple((condition(need.condition), need.text) for need in block.needs),
        )

    def seen(self) -> Seen:
        """What the block speaks of."""
        for let in self.block.lets:
            self._take_let(let)
        told = self._named((self.block.expect, self.block.message))
        where = self._named((self.block.where, tuple(need.condition for need in self.block.needs)))
        return Seen(told, {name: value for name, value in where.items() if name not in told})

    def _named(self, part: object) -> dict[str, Placeholder]:
        found = {}
        for name, expr in names_in(part, self.block):
            if isinstance(expr, tree.Attribute) or name in self.scope.values:
                value = self.lowerer.known(expr, self.scope)
                found[name] = Placeholder(value.node, YES_NO.name) if value.kind == YES_NO else self._shown(value)
        return found

    def _condition(self, expr: tree.Expr) -> int:
        return self.lowerer.condition(expr, self.scope)

    def _column(self, name: str, span: tree.Span) -> str:
        if name not in self.table.columns:
            raise unknown(f"column of {self.table.name}", name, self.table.columns, span)
        return name

    def _take_parameters(self) -> None:
        for parameter in self.rule.parameters:
            if parameter.name in self.scope.constants or parameter.name == self.block.row:
                raise MeaningError(f"“{parameter.name}” has a meaning already", parameter.span, "choose another name")
            value = self.lowerer.lower(parameter.value, self.scope)
            node = self.graph.nodes[value.node]
            if node[0] != "literal" or not value.is_number:
                raise MeaningError("a parameter is a number, with or without a unit", parameter.value.span)
            self.scope.constants[parameter.name] = (node[2], value)

    def _take_series(self, main: RowRef) -> None:
        self.scope.by = tuple(main.value(name, span).node for name, span in self.block.by)
        if self.block.over is None:
            return
        name, span = self.block.over
        order = main.value(name, span)
        if not order.is_number:
            raise MeaningError(f"`over` needs a number to order by, and {name} is {describe(order)}", span)
        self.scope.order = order.node

    def _take_let(self, let: tree.Let) -> None:
        scope = self.scope
        if let.name in scope.values or let.name in scope.named_rows or let.name in scope.constants:
            raise MeaningError(f"“{let.name}” has a meaning already", let.span, "choose another name")
        if isinstance(let.value, tree.Match):
            scope.named_rows[let.name] = self._one_row(let.value)
        else:
            scope.values[let.name] = self.lowerer.known(let.value, scope)

    def _one_row(self, match: tree.Match) -> RowRef:
        """The row of a look-up that must find at most one."""
        table = self.lowerer.table(match.table, match.span)
        matched = {key.column for key in match.keys}
        lacking = [column for column in table.unique if column not in matched]
        if not table.unique or lacking:
            also = f"also match {', '.join(lacking)}" if lacking else "use `some row`, or a sum or count"
            raise MeaningError(f"“one row in {table.name}” could find several rows", match.span, also)
        ours, index, joint = self.lowerer.index(match, self.scope)
        if joint:
            raise MeaningError("`one row` cannot depend on the row at hand by `with`", match.span, "use `matching`")
        theirs = column_of(self.graph, self.graph.emit("rows", table.name))
        rows = self.scope.rows
        return RowRef(table.name, lambda name: self.graph.emit("lookup", rows, ours, index, theirs(name)))

    def _unless_others_speak(self) -> list[int]:
        """Conditions that leave a row to the rules that speak before this one."""
        conditions = []
        for name, span in self.rule.yields:
            if name not in self.lowerer.rules:
                raise unknown("rule", name, self.lowerer.rules, span)
            tables = {block.table for block in self.rule.blocks}
            if not tables & self.lowerer.rules[name]:
                raise MeaningError(f"{name} judges none of the tables of this rule, so it cannot speak first", span)
            if self.table.name in self.lowerer.rules[name]:
                fails = self.lowerer.fails(name, span, self.scope)
                conditions.append(self.graph.op("not", fails))
        return conditions

    def _place(self, place: tree.Place) -> tuple[str, int | None]:
        if place.row != self.block.row:
            raise unknown("row to point at", place.row, [self.block.row], place.span)
        declared = self.table.columns.get(place.column)
        if declared is None or not _can_point(self.table, place.column):
            can = [name for name in self.table.columns if _can_point(self.table, name)]
            raise unknown(f"column of {self.table.name} with a place", place.column, can, place.span)
        return place.column, self._condition(place.condition) if place.condition is not None else None

    def _evidence(self, expr: tree.Expr) -> int:
        value = self.lowerer.known(expr, self.scope)
        if value.kind.codes != "evidence":
            raise MeaningError(f"`rests on` takes evidence, and this is {describe(value)}", expr.span)
        return value.node

    def _impact(self, expr: tree.Expr | None) -> tuple[int, int | None, int | None] | None:
        if expr is None:
            return None
        value = self.lowerer.known(expr, self.scope)
        if not value.dimensions & RELEASE:
            raise MeaningError(f"an impact is a release, and this is {describe(value)}", expr.span)
        return value.node, value.dim, value.fixed_dim

    def _template(self, template: tree.Template | None) -> tuple[Any, ...]:
        if template is None:
            return ()
        return tuple(part if isinstance(part, str) else self._placeholder(part) for part in template.parts)

    def _placeholder(self, expr: tree.Expr) -> Placeholder:
        value = self.lowerer.known(expr, self.scope)
        if value.kind == YES_NO:
            raise MeaningError("a message cannot show a condition", expr.span)
        return self._shown(value)

    def _shown(self, value: Value) -> Placeholder:
        if not is_quantity(value.kind):
            return Placeholder(value.node, value.kind.codes or value.kind.name)
        number = value.part(".value") if value.part is not None else None
        unit = value.part(".unit") if value.part is not None else None
        if value.fixed_dim is not None:
            return Placeholder(value.node, "quantity", None, value.fixed_dim, number, unit)
        return Placeholder(value.node, "quantity", dim_node(self.graph, value, self.scope.rows), None, number, unit)


def _can_point(table: Table, column: str) -> bool:
    return bool(table.columns[column].at) or table.level in ("raw", "file")
