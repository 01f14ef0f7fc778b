"""Bringing many records at once: new ones are entered, known ones brought in step in the open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from qingce.foundation.audit.telling import Told, tell
from qingce.foundation.exchange import Outcome
from qingce.foundation.exchange.models import Batch
from qingce.foundation.exchange.saving import Changes, Gathering
from qingce.foundation.privacy.fields import SealedText
from qingce.foundation.refusals import Refused
from qingce.ledger.kinds.catalogue import taxonomy
from qingce.ledger.records.actions import Places, prepare
from qingce.ledger.records.models import Correction, Evidence, Record, State

Key = tuple[str, str]  # kind, source key
Model = type[models.Model]

# Where a state may go by importing a file again; what counted never quietly becomes a draft.
MOVES: Mapping[str, set[str]] = {
    State.DRAFT: {State.SUBMITTED, State.CONFIRMED, State.VOID},
    State.SUBMITTED: {State.CONFIRMED, State.VOID},
    State.CONFIRMED: {State.VOID},
    State.VOID: set(),
}
TOLD_OF_STATE: Mapping[str, Told] = {
    State.SUBMITTED: Told.RECORD_SUBMITTED,
    State.CONFIRMED: Told.RECORD_CONFIRMED,
    State.VOID: Told.RECORD_VOIDED,
}


@dataclass
class Draft:
    """What one row says of one record."""

    row: int
    facts: dict[str, Any]  # columns of the record
    defaults: dict[str, Any]  # for a new record, where the row says nothing
    parts: dict[Model, dict[str, Any]] = field(default_factory=dict)
    words: dict[str, Sequence[str]] = field(default_factory=dict)  # facet → words
    papers: Sequence[str] = ()

    @property
    def key(self) -> Key:
        return self.facts["kind"], self.facts["source_key"]


class Bringing:
    """Records of one family on their way into the ledger."""

    def __init__(self, model: type[Record], *, by: Any, batch: Batch) -> None:
        self.model = model
        self.by = by
        self.batch = batch
        self.trail = Trail(by=by, batch=batch)
        self.outcome = Outcome()

    def bring(self, drafts: Sequence[Draft]) -> None:
        known = known_records(self.model, [draft.key for draft in drafts])
        fresh = [draft for draft in drafts if draft.key not in known]
        again = [(known[draft.key], draft) for draft in drafts if draft.key in known]
        entered = self._enter(fresh)
        changed = self._bring_again([pair for pair in again if pair[0].state != State.VOID])
        self._file_papers([*entered, *again])
        self.trail.save()
        self.outcome.created += len(fresh)
        self.outcome.updated += changed
        self.outcome.unchanged += len(again) - changed

    def _enter(self, drafts: Sequence[Draft]) -> list[tuple[Record, Draft]]:
        records = [self.model(**{**draft.defaults, **draft.facts, "batch": self.batch}) for draft in drafts]
        prepare(records, by=self.by)
        gathering = Gathering(self.model)
        gathering.fresh = records
        gathering.save()
        pairs = list(zip(records, drafts, strict=True))
        self._add_parts(pairs)
        self._add_words(pairs)
        return pairs

    def _add_parts(self, pairs: Iterable[tuple[Record, Draft]]) -> None:
        by_model: dict[Model, list[models.Model]] = {}
        for record, draft in pairs:
            for model, facts in draft.parts.items():
                by_model.setdefault(model, []).append(model(pk=record.pk, **facts))
        for model, parts in by_model.items():
            gathering = Gathering(model)
            gathering.fresh = parts
            gathering.save()

    def _add_words(self, pairs: Iterable[tuple[Record, Draft]]) -> None:
        tags = _tags_of(self.model)
        if tags is None:
            return
        gathering = Gathering(tags.related_model)
        for record, draft in pairs:
            for facet, words in draft.words.items():
                for word in words:
                    gathering.add(
                        tags.related_model(**{tags.field.attname: record.pk}, facet=facet, word=word)
                    )
        gathering.save(keyless=True)

    def _bring_again(self, pairs: Sequence[tuple[Record, Draft]]) -> int:
        """Bring known records in step; how many of them changed."""
        if not pairs:
            return 0
        held = _Held(self.model, [record for record, _draft in pairs], pairs)
        records = Gathering(self.model)
        places: Places | None = None
        changed = 0
        for record, draft in pairs:
            was_confirmed = record.state == State.CONFIRMED
            facts = dict(draft.facts)
            state, reason = facts.pop("state", record.state), facts.pop("state_reason", "")
            changes = records.change(record, facts)
            if changes.keys() & {"unit_id", "happened_on"}:
                places = places or Places()
                record.place = places.on(record.unit_id, record.happened_on)
            record.fill()
            changes |= held.bring(record, draft)
            if was_confirmed and changes:
                self.trail.correct(record, changes)
            moved = self._move(records, record, state, reason)
            changed += bool(changes) or moved
        records.save("initials", "place")
        held.save()
        return changed

    def _move(self, records: Gathering[Any], record: Record, state: str, reason: str) -> bool:
        """Advance the state; the checks have seen to it that this may be."""
        if state == record.state:
            return False
        records.change(record, {"state": state, "state_reason": reason})
        self.trail.tell(TOLD_OF_STATE[state], record, {"because": reason})
        return True

    def _file_papers(self, pairs: Sequence[tuple[Record, Draft]]) -> None:
        """Note the papers that rows name, and which records still lack a required one."""
        wanting = [pair for pair in pairs if pair[1].papers or pair[0].kind_of_work.evidence]
        held: dict[str, set[str]] = {}
        numbers = [record.number for record, _draft in wanting]
        for number, label in Evidence.objects.filter(record__in=numbers).values_list("record", "label"):
            held.setdefault(number, set()).add(label)
        records, papers = Gathering(self.model), Gathering(Evidence)
        for record, draft in wanting:
            mine = held.setdefault(record.number, set())
            for label in draft.papers:
                if label not in mine:
                    mine.add(label)
                    papers.add(self._paper(record, label))
            lacks = record.is_counted and not set(record.kind_of_work.evidence) <= mine
            records.change(record, {"paper_missing": lacks})
        papers.save()
        records.save()

    def _paper(self, record: Record, label: str) -> Evidence:
        kept_at = _("Came with the sheet “%s”") % self.batch.file_name
        return Evidence(record=record.number, label=label, kept_at=kept_at[:120], added_by=self.by)


class _Held:
    """Parts and words that known records have already."""

    def __init__(
        self,
        model: type[Record],
        records: Sequence[Record],
        pairs: Iterable[tuple[Record, Draft]],
    ) -> None:
        keys = [record.pk for record in records]
        wanted = {part for _record, draft in pairs for part in draft.parts}
        self.parts = {part: part._default_manager.in_bulk(keys) for part in wanted}
        self.gatherings: dict[Model, Gathering[Any]] = {part: Gathering(part) for part in wanted}
        self.tags = _tags_of(model)
        self.words: dict[tuple[int, str], dict[str, Any]] = {}
        self.new_tags: list[Any] = []
        self.old_tags: list[Any] = []
        if self.tags is not None:
            owner = self.tags.field.attname
            rows = self.tags.related_model._default_manager.filter(**{f"{owner}__in": keys})
            for tag in rows:
                self.words.setdefault((getattr(tag, owner), tag.facet), {})[tag.word] = tag

    def bring(self, record: Record, draft: Draft) -> Changes:
        changes: Changes = {}
        for part, facts in draft.parts.items():
            held = self.parts[part].get(record.pk)
            if held is None:
                self.gatherings[part].add(part(pk=record.pk, **facts))
                changed: Changes = {name: (None, after) for name, after in facts.items()}
            else:
                changed = self.gatherings[part].change(held, facts)
            changes |= {f"{part._meta.model_name}.{name}": pair for name, pair in changed.items()}
        for facet, words in draft.words.items():
            changes |= self._bring_words(record, facet, words)
        return changes

    def _bring_words(self, record: Record, facet: str, words: Sequence[str]) -> Changes:
        held = self.words.get((record.pk, facet), {})
        if self.tags is None or set(held) == set(words):
            return {}
        owner = {self.tags.field.attname: record.pk}
        self.new_tags += [
            self.tags.related_model(**owner, facet=facet, word=word) for word in words if word not in held
        ]
        self.old_tags += [tag.pk for word, tag in held.items() if word not in words]
        return {facet: (_listed(facet, held), _listed(facet, words))}

    def save(self) -> None:
        for gathering in self.gatherings.values():
            gathering.save()
        if self.tags is not None:
            rows = self.tags.related_model._default_manager
            rows.filter(pk__in=self.old_tags).delete()
            rows.bulk_create(self.new_tags)


class Trail:
    """What an import changes in records that count: corrections with a reason, and the log."""

    def __init__(self, *, by: Any, batch: Batch) -> None:
        self.by = by
        self.because = (_("Imported again from “%s”") % batch.file_name)[:200]
        self.corrections: list[tuple[str, Model, str, Any, Any]] = []

    def correct(self, record: Any, changes: Changes, of: Model | None = None) -> None:
        """Keep what a confirmed record said before; nobody corrects without a name."""
        if self.by is None:
            raise Refused(
                _(
                    "“%s” is confirmed and the file says something else; state who corrects it "
                    "(on the command line --by USERNAME)."
                )
                % record.title
            )
        model = of or type(record)
        for name, (before, after) in changes.items():
            self.corrections.append((record.number, model, name, before, after))
        self.tell(Told.RECORD_CORRECTED, record, {"because": self.because, "fields": list(changes)})

    def tell(self, told: Told, record: Any, details: dict[str, Any]) -> None:
        tell(told, by=self.by, about=record.title, reference=record.number, details=details)

    def save(self) -> None:
        names = _Names(self.corrections)
        Correction.objects.bulk_create(
            [
                Correction(
                    record=number,
                    field=name.removesuffix("_id")[:40],
                    before=names.shown(model, name, before),
                    after=names.shown(model, name, after),
                    because=self.because,
                    by=self.by,
                )
                for number, model, name, before, after in self.corrections
            ],
            batch_size=500,
        )
        self.corrections = []


class _Names:
    """How corrected values are shown: things by their names, sealed texts not at all."""

    def __init__(self, corrections: Iterable[tuple[str, Model, str, Any, Any]]) -> None:
        keys: dict[Model, set[Any]] = {}
        for _number, model, name, before, after in corrections:
            column = _column(model, name)
            if isinstance(column, models.ForeignKey):
                keys.setdefault(column.related_model, set()).update({before, after} - {None})
        self.things = {model: model._default_manager.in_bulk(pks) for model, pks in keys.items()}

    def shown(self, model: Model, name: str, value: Any) -> str:
        column = _column(model, name)
        if value is None:
            return ""
        if isinstance(column, models.ForeignKey):
            return str(self.things[column.related_model].get(value, value))[:500]
        return str(column.to_python(value) if isinstance(column, SealedText) else value)[:500]


def known_records(model: type[Record], keys: Sequence[Key]) -> dict[Key, Any]:
    """Records that were brought before, by kind and source key."""
    rows = model._default_manager.filter(source_key__in=[key for _kind, key in keys])
    wanted = set(keys)
    return {
        (record.kind, record.source_key): record
        for record in rows
        if (record.kind, record.source_key) in wanted
    }


def _tags_of(model: type[Record]) -> Any:
    """The relation to the table of words; None for a family without words."""
    names = {relation.name: relation for relation in model._meta.related_objects}
    return names.get("tags")


def _listed(facet: str, words: Iterable[str]) -> str:
    return "、".join(taxonomy().word(facet, word) for word in words)


def _column(model: Model, name: str) -> Any:
    """The column that a correction names, also one of a part; None for a word or another table."""
    part, _dot, own = name.rpartition(".")
    if part:
        parts = {one.related_model._meta.model_name: one for one in model._meta.related_objects}
        if part not in parts:
            return None
        model = parts[part].related_model
    columns = {column.attname: column for column in model._meta.concrete_fields}
    return columns.get(own)
