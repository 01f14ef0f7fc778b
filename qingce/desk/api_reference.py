"""The API as a page to read, made from its own description."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from qingce.league.access.doors import SIGNED_IN, page

Describe = Callable[[], dict[str, Any]]


@dataclass(frozen=True)
class Operation:
    """One thing the API does."""

    method: str
    path: str
    summary: str
    parameters: list[dict[str, Any]]
    body: dict[str, Any]
    answers: list[str]


def reference(describe: Describe) -> Callable[..., HttpResponseBase]:
    """The page; `describe` gives the OpenAPI description, which only the top of the house knows."""

    @page(SIGNED_IN)
    def api_reference(request: HttpRequest) -> HttpResponse:
        description = describe()
        return render(
            request,
            "desk/api.html",
            {"operations": list(_operations(description)), "base": request.build_absolute_uri("/")[:-1]},
        )

    return api_reference


def _operations(description: dict[str, Any]) -> Iterator[Operation]:
    schemas = description.get("components", {}).get("schemas", {})
    for path, methods in description["paths"].items():
        for method, said in methods.items():
            yield Operation(
                method.upper(),
                path,
                said.get("summary", ""),
                [_parameter(one) for one in said.get("parameters", [])],
                _body(said, schemas),
                sorted(str(code) for code in said.get("responses", {})),
            )


def _parameter(said: dict[str, Any]) -> dict[str, Any]:
    schema = said.get("schema", {})
    return {
        "name": said["name"],
        "where": said["in"],
        "type": schema.get("type", ""),
        "required": said.get("required", False),
        "default": schema.get("default", ""),
    }


def _body(said: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The fields of what is sent: name → type, in the order of the description."""
    content = said.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    fields = schemas.get(name, {}).get("properties", {})
    return {field: _type(schema) for field, schema in fields.items()}


def _type(schema: dict[str, Any]) -> str:
    kinds = [one.get("type", "") for one in schema.get("anyOf", [schema])]
    return " | ".join(kind for kind in kinds if kind and kind != "null")
