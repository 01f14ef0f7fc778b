"""Whether a request wrote anything, so that what was only refused need not be looked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

WRITES = ("INSERT", "UPDATE", "DELETE")


class Writing:
    """For `connection.execute_wrapper`: hears every statement."""

    def __init__(self) -> None:
        self.seen = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        self.seen = self.seen or sql.startswith(WRITES)
        return execute(sql, params, many, context)
