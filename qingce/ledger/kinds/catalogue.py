"""The taxonomy: kinds of work, the parts they choose, series, and the words records may use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from qingce.foundation.stanzas import CatalogueRefused, Labelled, Stanza, could_be, stanzas
from qingce.league.rules.catalogue import rules

FAMILIES = {
    "organising": ("组织建设", "Organising"),
    "membership": ("团员管理", "Membership"),
    "activities": ("活动", "Activities"),
    "programmes": ("项目与荣誉", "Programmes"),
    "cases": ("事项", "Cases"),
    "publishing": ("发布", "Publishing"),
}

# What a kind may choose, and the families that can hold it. A part is code: columns, a sheet, a form.
PARTS = {
    "head_count": {"activities"},
    "tags": {"activities", "publishing", "cases"},
    "answers_issue": {"activities"},
    "meeting": {"activities"},
    "talk": {"activities"},
    "sessions": {"activities"},
    "participants": {"activities"},
    "hours": {"activities"},
    "counts_as_lesson": {"activities"},
    "guardian_consent": {"activities", "programmes"},
    "host_site": {"activities"},
    "broadcast": {"activities"},
    "applicant_person": {"programmes"},
    "applicant_unit": {"programmes"},
    "site": {"programmes"},
    "tier": {"programmes"},
    "placement": {"programmes"},
    "payments": {"programmes"},
    "verdict": {"programmes"},
    "validity": {"programmes", "publishing"},
    "steps": {"programmes", "cases", "membership"},
    "deadline": {"cases"},
    "person_helped": {"cases"},
    "contacts": {"cases"},
    "sealed_text": {"cases"},
    "person": {"membership"},
    "development_number": {"membership"},
    "admission": {"membership"},
    "pioneer_squad": {"membership"},
    "party_vote": {"membership"},
    "transfer": {"membership"},
    "registration": {"membership"},
    "leaving": {"membership"},
    "at_age": {"membership"},
    "matter": {"membership"},
    "lapse": {"membership"},
    "on_request": {"membership"},
    "struck_off": {"membership"},
    "penalty": {"membership"},
    "subject_unit": {"organising"},
    "election": {"organising"},
    "founding": {"organising"},
    "renaming": {"organising"},
    "relocation": {"organising"},
    "merging": {"organising"},
    "splitting": {"organising"},
    "dissolution": {"organising"},
    "deferral": {"organising"},
    "congress": {"organising"},
    "issue_number": {"publishing"},
    "positions": {"publishing"},
    "outlet": {"publishing"},
    "triple_review": {"publishing"},
}

HOLDERS = ("branch", "district")  # which units a rhythm speaks of
TAGS = "tags"  # the part by which a record carries words


@dataclass(frozen=True)
class Kind(Labelled):
    """A kind of work: the family that holds it, the parts it chose, its stages, its evidence."""

    family: str
    parts: frozenset[str]
    facets: tuple[str, ...]  # lists of words that the short form offers
    stages: tuple[str, ...]  # the first is where a record begins
    done: str  # the stage in which the work has happened
    evidence: tuple[str, ...]
    confidential: bool
    sensitive: bool  # goes by code name outside the team that handles it; small numbers are covered
    rhythm: tuple[str, ...]  # rules that say how often a unit holds it
    held_by: str  # which units do
    asked_from: str  # a rule with the members from which it is asked of a branch
    short_form: bool  # may be entered in the one short form
    retired: bool


@dataclass(frozen=True)
class Series(Labelled):
    """A named run of records of one kind; `addressed` when its issues are tasks for branches."""

    kind: str
    addressed: bool


@dataclass(frozen=True)
class Facet(Labelled):
    """A closed list of words, such as themes or forms of study."""

    words: Mapping[str, Labelled]


@dataclass(frozen=True)
class Taxonomy:
    kinds: Mapping[str, Kind]
    series: Mapping[str, Series]
    facets: Mapping[str, Facet]

    def family(self, family: str) -> list[Kind]:
        """The kinds of one family that are in use, in catalogue order."""
        return [kind for kind in self.kinds.values() if kind.family == family and not kind.retired]

    def with_part(self, part: str) -> list[Kind]:
        return [kind for kind in self.kinds.values() if part in kind.parts]

    def word(self, facet: str, code: str) -> str:
        """The reader's name of a word; the code itself when the word is no longer listed."""
        words = self.facets[facet].words
        return str(words[code]) if code in words else code


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy of this installation; stops the program when it cannot be understood."""
    return read_taxonomy(settings.CATALOGUE)


def purposes_name_kinds() -> None:
    """The purposes of processing lie below and know no kinds; that theirs exist is seen from here."""
    complaints: list[str] = []
    for purpose in stanzas(settings.CATALOGUE, "purposes", complaints):
        for kind in purpose.words("kinds"):
            purpose.check_word("kinds", kind, taxonomy().kinds)
    if complaints:
        raise CatalogueRefused(complaints)


def read_taxonomy(catalogue: Path) -> Taxonomy:
    complaints: list[str] = []
    facets = {one.name: _facet(one) for one in stanzas(catalogue, "words", complaints)}
    stages = facets["stage"].words if "stage" in facets else {}
    kinds = {one.name: _kind(one, stages, facets) for one in stanzas(catalogue, "kinds", complaints)}
    series = {one.name: _series(one, kinds) for one in stanzas(catalogue, "series", complaints)}
    if complaints:
        raise CatalogueRefused(complaints)
    return Taxonomy(kinds, series, facets)


def _facet(stanza: Stanza) -> Facet:
    words = {}
    for code, names in stanza.table_of("words").items():
        if isinstance(names, list) and len(names) == 2:
            words[code] = Labelled(code, names[0], names[1])
        else:
            stanza.complain(f"words.{code}: expected [“Chinese”, “English”]")
    facet = Facet(stanza.name, stanza.text("label"), stanza.text("label_en"), words)
    stanza.finish()
    return facet


def _kind(stanza: Stanza, stages: Mapping[str, Labelled], facets: Collection[str]) -> Kind:
    family = stanza.word("family", among=FAMILIES)
    parts = stanza.words("parts", among=PARTS)
    for part in parts:
        if part in PARTS and family and family not in PARTS[part]:
            stanza.complain(f"parts: “{part}” belongs to {', '.join(sorted(PARTS[part]))}, not to {family}")
    walked = stanza.words("stages", among=stages, default=("planned", "held"))
    done = stanza.word("done", among=stages, default=walked[-1] if walked else "")
    if walked and done not in walked:
        stanza.complain(f"done: “{done}” is not among the stages{could_be(done, walked)}")
    kind = Kind(
        code=stanza.name,
        label=stanza.text("label"),
        label_en=stanza.text("label_en"),
        family=family,
        parts=frozenset(parts),
        facets=_offered(stanza, parts, facets),
        stages=walked,
        done=done,
        evidence=stanza.words("evidence"),
        confidential=stanza.flag("confidential"),
        sensitive=stanza.flag("sensitive") or stanza.flag("confidential"),
        rhythm=stanza.words("rhythm", among=rules()),
        held_by=stanza.word("held_by", among=HOLDERS, default=HOLDERS[0]),
        asked_from=stanza.word("asked_from", among=rules(), default=""),
        short_form=stanza.flag("short_form"),
        retired=stanza.flag("retired"),
    )
    stanza.finish()
    return kind


def _offered(stanza: Stanza, parts: Collection[str], facets: Collection[str]) -> tuple[str, ...]:
    """The facets of a kind that carries words; none for the others."""
    offered = stanza.words("facets", among=facets)
    if offered and TAGS not in parts:
        stanza.complain(f"facets: a kind offers words only with the part “{TAGS}”")
    return offered


def _series(stanza: Stanza, kinds: Mapping[str, Kind]) -> Series:
    series = Series(
        stanza.name,
        stanza.text("label"),
        stanza.text("label_en"),
        stanza.word("kind", among=kinds),
        stanza.flag("addressed"),
    )
    stanza.finish()
    return series
