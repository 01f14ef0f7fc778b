"""The tool that keeps the Chinese complete must notice every way in which it can fall behind."""

from __future__ import annotations

from gettext import GNUTranslations
from pathlib import Path

import pytest

from tools import messages

PAGE = """{% load i18n %}<h1>{% translate "Ledger" %}</h1>
{% blocktranslate count n=rows trimmed %}
  {{ n }} record
{% plural %}
  {{ n }} records
{% endblocktranslate %}"""
CODE = 'from django.utils.translation import gettext as _\nprint(_("%(name)s is confirmed."))\n'
COMPLETE = {
    "Ledger": "台账",
    "%(n)s record": "%(n)s 条记录",
    "%(name)s is confirmed.": "“%(name)s”已确认。",
}


@pytest.fixture(autouse=True)
def a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one page and one file of code, in a folder of its own."""
    (tmp_path / "qingce").mkdir()
    (tmp_path / "qingce" / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "qingce" / "code.py").write_text(CODE, encoding="utf-8")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "CATALOGUE", tmp_path / "locale" / "django.po")
    monkeypatch.setattr(messages, "PARTS", tmp_path / "parts")
    return tmp_path


def translated(words: dict[str, str], *, also: str = "") -> None:
    """Bring the catalogue in step, with these translations, and `also` written at its end."""
    messages.update()
    text = messages.CATALOGUE.read_text(encoding="utf-8")
    for message, chinese in words.items():
        before, _found, after = text.partition(f'msgid "{message}"\n')
        text = before + f'msgid "{message}"\n' + after.replace('""', f'"{chinese}"', 1)
    messages.CATALOGUE.write_text(text + also, encoding="utf-8")


def test_messages_are_found_in_pages_and_in_code() -> None:
    assert {messages._key(one) for one in messages.extracted() if one.id} == set(COMPLETE)


def test_a_complete_catalogue_passes_and_stays_as_it_is() -> None:
    translated(COMPLETE)
    before = messages.CATALOGUE.read_text(encoding="utf-8")
    assert messages.check() == 0
    assert messages.update() == 0
    assert messages.CATALOGUE.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("message", sorted(COMPLETE))
def test_a_message_without_chinese_is_named(message: str, capsys: pytest.CaptureFixture[str]) -> None:
    translated({one: chinese for one, chinese in COMPLETE.items() if one != message})
    assert messages.check() == 1
    assert f"not translated: {message!r}" in capsys.readouterr().out


def test_a_lost_placeholder_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    translated(COMPLETE | {"%(name)s is confirmed.": "已确认。"})
    assert messages.check() == 1
    assert "placeholders differ" in capsys.readouterr().out


def test_a_doubtful_translation_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    translated(COMPLETE)
    text = messages.CATALOGUE.read_text(encoding="utf-8")
    doubtful = text.replace('msgid "Ledger"', '#, fuzzy\nmsgid "Ledger"')
    messages.CATALOGUE.write_text(doubtful, encoding="utf-8")
    assert messages.check() == 1
    assert "doubtful: 'Ledger'" in capsys.readouterr().out


@pytest.mark.parametrize("mark", ["", "#~ "])
def test_what_the_source_no_longer_says_is_named(mark: str, capsys: pytest.CaptureFixture[str]) -> None:
    translated(COMPLETE, also=f'\n{mark}msgid "Gone"\n{mark}msgstr "旧词"\n')
    assert messages.check() == 1
    assert "'Gone'" in capsys.readouterr().out


def test_parts_are_taken_in_and_disagreement_is_told(
    a_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, chinese in [("a", "台账"), ("b", "总账")]:
        part = a_project / "parts" / f"{name}.po"
        part.parent.mkdir(exist_ok=True)
        part.write_text(f'msgid "Ledger"\nmsgstr "{chinese}"\n', encoding="utf-8")
    messages.update()
    assert "'Ledger' is '台账' in a.po and '总账' in b.po" in capsys.readouterr().out
    assert "总账" in messages.CATALOGUE.read_text(encoding="utf-8")


def test_what_is_compiled_can_be_read_by_django() -> None:
    translated(COMPLETE)
    messages.compile_()
    with messages.CATALOGUE.with_suffix(".mo").open("rb") as file:
        words = GNUTranslations(file)
    assert words.gettext("Ledger") == "台账"
    assert words.ngettext("%(n)s record", "%(n)s records", 3) == "%(n)s 条记录"
