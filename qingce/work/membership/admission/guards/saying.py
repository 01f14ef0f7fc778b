"""How guards say what they found."""

from __future__ import annotations

from django.db.models import TextChoices

from qingce.league.rules import Ruling
from qingce.work.membership.guarding import Found


def word(choices: type[TextChoices], code: str) -> str:
    return str(choices(code).label) if code in choices.values else ""


def given(said: object, sentence: str) -> Found:
    return Found(said or "—", "" if said else sentence)


def numbered(figure: object, said: Ruling, sentence: str) -> Found:
    return Found(plain(figure), "" if said.allows(figure) else f"{sentence} ({plain(figure)})")


def plain(figure: object) -> str:
    text = str(figure)
    return text.rstrip("0").rstrip(".") if "." in text else text


def part_of(part: int, whole: int) -> str:
    return f"{part}/{whole}"
