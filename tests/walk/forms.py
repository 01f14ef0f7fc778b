"""The forms of a page, with something likely in every field; and each field with a stranger's thing in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

LIKELY = {"date": "2023-06-01", "number": "3", "datetime-local": "2023-06-01T09:00", "checkbox": "on"}
NOT_SENT = {"csrfmiddlewaretoken", "language"}


@dataclass
class Form:
    action: str
    fields: dict[str, str] = field(default_factory=dict)

    def turned(self, foreign: list[str]) -> Iterator[dict[str, str]]:
        """The form once for each field and each foreign word, all else as it stands."""
        for name in self.fields:
            for word in foreign:
                yield self.fields | {name: word}


class Forms(HTMLParser):
    """Collects every form that is sent by POST."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[Form] = []
        self._now: Form | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self._now = Form(said.get("action") or self.address)
            self.found.append(self._now)
        elif self._now is not None:
            self._field(tag, said)

    def _field(self, tag: str, said: dict[str, str]) -> None:
        assert self._now is not None
        name = said.get("name", "")
        if tag == "option" and self._select:
            if said.get("value") and not self._now.fields[self._select]:
                self._now.fields[self._select] = said["value"]
        elif tag in {"input", "select", "textarea", "button"} and name and name not in NOT_SENT:
            self._select = name if tag == "select" else ""
            usual = "" if tag == "select" else LIKELY.get(said.get("type", "text"), "某某")
            self._now.fields.setdefault(name, said.get("value") or usual)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._now = None
        elif tag == "select":
            self._select = ""
