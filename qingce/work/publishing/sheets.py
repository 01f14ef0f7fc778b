"""The sheets of publications and of the positions in job bulletins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.exchange import Date, Fault, Integer, Outcome, Row, Text, YesNo
from qingce.foundation.privacy.fields import digest
from qingce.foundation.refusals import Refused
from qingce.foundation.words import folded
from qingce.ledger.kinds.catalogue import Kind
from qingce.ledger.records.belonging import BelongingSheet, record_column
from qingce.ledger.records.bringing import Draft
from qingce.ledger.records.sheets import Look, RecordSheet, word_column, words_column
from qingce.work.publishing.models import Position, Publication


class PublicationSheet(RecordSheet):
    code = "publications"
    label = gettext_lazy("Publications")
    order = 60
    family = "publishing"
    title = Text(
        "title",
        gettext_lazy("Headline"),
        synonyms=["标题", "文章标题", "名称"],
        required=True,
        max_length=160,
    )
    own = [
        Integer("issue_number", gettext_lazy("Issue number"), synonyms=["期号"], min=1, max=9999, unit="期"),
        word_column("outlet", gettext_lazy("Outlet"), "outlet", "媒体"),
        Text("author", gettext_lazy("Author or department"), synonyms=["作者或部门", "作者"], max_length=80),
        YesNo("original", gettext_lazy("Own text"), synonyms=["原创", "是否原创"]),
        Text(
            "reprint_of",
            gettext_lazy("Reprint of number"),
            synonyms=["转载自登记号"],
            code=True,
            max_length=80,
        ),
        Text("link", gettext_lazy("Link"), synonyms=["链接"], max_length=200),
        Date("valid_until", gettext_lazy("In force until"), synonyms=["有效期至"]),
        words_column("theme", gettext_lazy("Theme"), "theme", "主题"),
        words_column("subject", gettext_lazy("Subject matter"), "subject", "题材"),
        words_column("partner", gettext_lazy("Partner"), "partner", "联合单位"),
        words_column("audience", gettext_lazy("Audience"), "audience", "对象"),
    ]
    facts = {
        "issue_number": "issue_number",
        "outlet": "outlet",
        "author": "author",
        "link": "link",
        "valid_until": "valid_until",
    }
    facets = {name: name for name in ("theme", "subject", "partner", "audience")}

    def own_faults(self, row: Row, kind: Kind, look: Look) -> Iterable[Fault]:
        if "outlet" in kind.parts and not row["outlet"]:
            yield Fault("outlet", _("“%s” needs the outlet; fill it in.") % kind)
        if row["reprint_of"] and row["original"]:
            yield Fault("original", _("A reprint is not an own text; correct one of the two columns."))

    def draft(self, row: Row) -> Draft:
        draft = super().draft(row)
        original = row["original"]
        draft.defaults["original"] = not row["reprint_of"]
        if original is not None:
            draft.facts["original"] = original
        return draft

    def save(self, rows: Sequence[Row], *, by: Any, batch: Any) -> Outcome:
        """Originals are saved first, because reprints point at them."""
        total = Outcome()
        for reprints in (False, True):
            those = [row for row in rows if bool(row["reprint_of"]) is reprints]
            outcome = super().save(those, by=by, batch=batch)
            total.created += outcome.created
            total.updated += outcome.updated
            total.unchanged += outcome.unchanged
        return total

    def drafts(self, rows: Sequence[Row]) -> list[Draft]:
        drafts = super().drafts(rows)
        keys = {row["reprint_of"] for row in rows if row["reprint_of"]}
        originals = {one.source_key: one.pk for one in Publication.objects.filter(source_key__in=keys)}
        for row, draft in zip(rows, drafts, strict=True):
            key = row["reprint_of"]
            if key and key not in originals:
                raise Refused(
                    _("Row %(row)d: the original “%(key)s” is not known; import it first.")
                    % {"row": row.number, "key": key}
                )
            if key:
                draft.facts["reprint_of_id"] = originals[key]
        return drafts


class PositionSheet(BelongingSheet):
    code = "positions"
    label = gettext_lazy("Positions")
    order = 75
    family = "publishing"
    part = "positions"
    model = Position
    owner = "publication"
    natural = ("fingerprint",)
    facts = {
        "employer": "employer",
        "post": "post",
        "openings": "openings",
        "pay": "pay",
        "closes_on": "closes_on",
    }
    columns = [
        record_column("records.publishing", gettext_lazy("Own number"), "登记号", "台账编号"),
        Text(
            "employer",
            gettext_lazy("Employer"),
            synonyms=["用人单位", "招聘单位"],
            required=True,
            max_length=80,
        ),
        Text("post", gettext_lazy("Job"), synonyms=["岗位", "岗位名称"], required=True, max_length=80),
        Integer(
            "openings",
            gettext_lazy("Openings"),
            synonyms=["招聘人数"],
            min=1,
            max=100000,
            unit="人",
            required=True,
        ),
        Text("pay", gettext_lazy("Pay"), synonyms=["薪资", "薪资待遇"], max_length=40),
        Date("closes_on", gettext_lazy("Closing date"), synonyms=["截止日期"]),
    ]

    def told(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        every = super().told(rows)
        for facts in every:
            facts["fingerprint"] = fingerprint(facts["employer"], facts["post"])
        return every


def fingerprint(employer: str, post: str) -> str:
    """The same for the same job in whatever bulletin."""
    return digest(f"{_bare(employer)}\n{_bare(post)}")


def _bare(text: str) -> str:
    return "".join(folded(text).lower().split())


SHEETS = [PublicationSheet, PositionSheet]
