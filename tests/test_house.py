"""Rules of the house: what no type checker and no import checker sees."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.db.models import Field, Model

from qingce.__main__ import COMMANDS
from tools import locks, settings_doc

ROOT = settings.ROOT
NOT_OURS = {".git", "var", "vendor", "node_modules", "__pycache__"}
PLACE_OF_A_MACHINE = re.compile(
    r"(?<![\w.])/(?:home|Users|root|opt)/\w"
    r"|(?<![\w.])/work/(?:main|shared)|\.\./shared\b"
    r"|\b[A-Z]:\\Users"
)
REGISTRY = re.compile(
    r"https?://\S*(?:pypi\.|pythonhosted|npmjs|npmmirror|registry[./]|/simple\b)", re.IGNORECASE
)
# Work and figures stand side by side; neither knows the other.
HEIGHTS = {"foundation": 0, "league": 1, "ledger": 2, "work": 3, "figures": 3, "reports": 4, "desk": 5}


def test_foreign_keys_descend_like_imports() -> None:
    climbing = [
        f"{model._meta.label}.{field.name} points at {target._meta.label}, which lies above or "
        "beside it; let the upper app point down instead."
        for model, field, target in relations()
        if not may_point(model, target)
    ]
    assert climbing == []


def relations() -> Iterator[tuple[type[Model], Field, type[Model]]]:
    """Every forward relation of our models that ends at one of ours."""
    for model in apps.get_models(include_auto_created=True):
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            target = field.related_model
            if isinstance(target, type) and room(model) and room(target):
                yield model, field, target


def room(model: type[Model]) -> list[str]:
    """Layer and app of one of our models, such as ["work", "cases"]; empty for the libraries'."""
    package, *rooms = model._meta.app_config.name.split(".")
    return rooms if package == "qingce" else []


def may_point(model: type[Model], target: type[Model]) -> bool:
    here, there = room(model), room(target)
    if here[0] == there[0]:
        return here == there or here[0] != "work"
    return HEIGHTS[there[0]] < HEIGHTS[here[0]]


def test_the_relations_walked_are_those_of_every_layer_with_records() -> None:
    assert {"league", "ledger", "work"} <= {room(model)[0] for model, _field, _target in relations()}


def test_no_program_file_spells_the_name_of_a_kind() -> None:
    kinds = kind_codes()
    spelled = [
        f"{path.relative_to(ROOT)}:{line} spells {text!r}; a part of the kind is missing."
        for path in python_files()
        for line, text in texts(path)
        if text in kinds
    ]
    assert spelled == []


def kind_codes() -> set[str]:
    files = sorted((ROOT / "catalogue" / "kinds").glob("*.toml"))
    return {code for file in files for code in tomllib.loads(file.read_text(encoding="utf-8"))}


def python_files() -> Iterator[Path]:
    """The program, without its tests."""
    for path in our_files():
        if path.suffix == ".py" and "tests" not in path.parts:
            yield path


def texts(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_no_file_names_a_place_on_one_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number} names {match.group()!r}"
        for path in our_files()
        if path != Path(__file__)
        for number, line in enumerate(lines(path), 1)
        if (match := PLACE_OF_A_MACHINE.search(line) or REGISTRY.search(line))
    ]
    assert found == []


def our_files() -> Iterator[Path]:
    """Every file of the project itself, in a stable order."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        hidden = len(inside) > 1 and inside[0].startswith(".") and inside[0] != ".ci"
        if path.is_file() and not hidden and not NOT_OURS & set(inside):
            yield path


def lines(path: Path) -> list[str]:
    """The lines of a text; none of a picture or an archive."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []


def test_the_page_of_settings_says_what_the_program_reads() -> None:
    assert settings_doc.PAGE.read_text(encoding="utf-8") == settings_doc.page(), (
        "docs/settings.md is behind config/environment.py; run python -m tools.settings_doc."
    )


def test_every_variable_named_anywhere_is_on_the_page_of_settings() -> None:
    named = {
        name
        for path in our_files()
        if path.suffix == ".py" or path.parent.name == "bin"
        for name in re.findall(r"\bQINGCE_[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8"))
    }
    assert named - set(re.findall(r"\bQINGCE_[A-Z_]+\b", settings_doc.page())) == set()


def test_locks_carry_hashes_and_no_addresses() -> None:
    assert locks.complaints() == []


def test_help_lists_exactly_our_own_commands() -> None:
    ours = {name for name, app in get_commands().items() if app.startswith("qingce.")}
    assert set(COMMANDS) - {"migrate"} == ours
