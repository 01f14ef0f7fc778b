"""Formulas over indicators: + - * / and brackets between names and numbers, nothing else."""

from __future__ import annotations

import ast
import operator
from collections.abc import Mapping
from decimal import Decimal

OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class FormulaRefused(ValueError):
    """The formula says something other than arithmetic on names and numbers."""


def names(formula: str) -> list[str]:
    """The indicators that a formula speaks of, in order, each once; FormulaRefused if unreadable."""
    found = [node.id for node in ast.walk(_tree(formula)) if isinstance(node, ast.Name)]
    return list(dict.fromkeys(found))


def value(formula: str, values: Mapping[str, Decimal | None]) -> Decimal | None:
    """The value of `formula`; None when a part is not known or a divisor is 0."""
    if any(values[name] is None for name in names(formula)):
        return None
    try:
        return _value(_tree(formula), values)
    except ArithmeticError:
        return None


def _tree(formula: str) -> ast.expr:
    try:
        tree = ast.parse(formula, mode="eval").body
    except SyntaxError:
        raise FormulaRefused(f"“{formula}” cannot be read as arithmetic") from None
    if not all(_readable(node) for node in ast.walk(tree)):
        raise FormulaRefused(f"“{formula}” holds more than + - * / between names and numbers")
    return tree


def _readable(node: ast.AST) -> bool:
    match node:
        case ast.BinOp(op=sign):
            return type(sign) in OPERATIONS
        case ast.Constant(value=number):
            return type(number) in {int, float}
    return isinstance(node, ast.Name | ast.operator | ast.Load)


def _value(node: ast.expr, values: Mapping[str, Decimal | None]) -> Decimal:
    match node:
        case ast.Name(id=name):
            return Decimal(values[name] or 0)
        case ast.Constant(value=number):
            return Decimal(str(number))
        case ast.BinOp(left=left, op=sign, right=right):
            result: Decimal = OPERATIONS[type(sign)](_value(left, values), _value(right, values))
            return result
    raise FormulaRefused(f"“{ast.unparse(node)}” is not arithmetic")
