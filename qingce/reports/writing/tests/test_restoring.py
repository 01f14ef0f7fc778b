"""An earlier version put back in force: the text, the order, the comments, and what stands in the way."""

from __future__ import annotations

import datetime as dt

import pytest

from qingce.foundation.audit.models import Entry
from qingce.foundation.refusals import Refused
from qingce.reports.writing import actions, remarks, reviewing
from qingce.reports.writing.actions import Stale
from qingce.reports.writing.models import Role, Version
from qingce.reports.writing.restoring import restore
from qingce.reports.writing.tests.conftest import NOW
from qingce.reports.writing.versions import content_of

LATER = NOW + dt.timedelta(hours=1)


def first(desk):
    """The version with which the document began."""
    return desk.draft.versions.order_by("at", "pk").first()


def shape(draft):
    return [(one["paragraph"], one["role"], one["runs"]) for one in content_of(draft)]


def put_back(desk, version, by="secretary", now=LATER):
    return restore(version, by=desk.user(by), now=now)


def test_text_roles_order_and_paragraphs_are_as_they_were(desk):
    before = shape(desk.draft)
    one, two, three = desk.texts()[:3]
    said = {"by": desk.user(), "now": LATER}
    desk.write(one, "改过的一段", role=Role.ITEM, now=LATER)
    actions.take_out(two, **said)
    actions.move(three, up=True, **said)
    added = actions.add(desk.draft, after=one, reach=desk.reach(), **said)

    put_back(desk, first(desk))

    assert shape(desk.draft) == before
    added.refresh_from_db()
    assert added.removed_at is not None


def test_a_new_version_is_made_and_the_text_before_it_is_kept(desk):
    desk.write(desk.texts()[0], "改过的一段", now=LATER)
    versions = desk.draft.versions.count()
    began = first(desk)

    put_back(desk, began)

    latest, written = desk.draft.versions.all()[:2]
    assert desk.draft.versions.count() == versions + 1
    assert (latest.sort, latest.restores, latest.by) == (Version.Sort.RESTORED, began, desk.user("secretary"))
    assert "改过的一段" in str(written.content)
    entry = Entry.objects.get(told="document.restored")
    assert entry.reference == desk.draft.reference
    assert entry.details["version"]
    put_back(desk, written, by="staff")  # and back again
    assert "改过的一段" in str(content_of(desk.draft))


def test_comments_stay_with_their_paragraphs(desk):
    kept, gone = desk.texts()[:2]
    for one in (kept, gone):
        remarks.comment(one, "请核对", by=desk.user("secretary"), now=NOW)
    actions.take_out(gone, by=desk.user(), now=LATER)
    put_back(desk, first(desk))
    assert [one.comments.count() for one in (kept, gone)] == [1, 1]
    assert gone.pk in {one.pk for one in desk.draft.standing()}


def test_it_waits_until_nobody_else_is_writing(desk):
    paragraph = desk.write(desk.texts()[0], "改过的一段", now=LATER)
    actions.hold(paragraph, by=desk.user(), now=LATER)
    with pytest.raises(Refused, match="小周"):
        put_back(desk, first(desk))
    assert put_back(desk, first(desk), by="staff")  # one's own paragraph stands in nobody's way


def test_whoever_writes_on_in_an_open_page_meets_the_restored_text(desk):
    paragraph = desk.write(desk.texts()[0], "改过的一段", now=LATER)
    put_back(desk, first(desk))
    with pytest.raises(Stale):
        desk.write(paragraph, "又改一次", now=LATER)


def test_a_text_never_saved_is_not_restored(desk):
    paragraph = desk.texts()[0]
    desk.write(paragraph, "先保存的文字")
    with pytest.raises(Stale):
        desk.write(paragraph, "后保存的文字", by="secretary")
    refused = Version.objects.get(sort=Version.Sort.REFUSED)
    with pytest.raises(Refused, match="复制"):
        put_back(desk, refused)


def test_what_reads_alike_is_not_restored(desk):
    with pytest.raises(Refused, match="一致"):
        put_back(desk, first(desk))


def test_a_text_under_review_stands_still(desk):
    desk.write(desk.texts()[0], "改过的一段")
    reviewing.submit(desk.draft, by=desk.user(), now=NOW, today=NOW.date())
    with pytest.raises(Refused, match="审核中"):
        put_back(desk, first(desk))


# The pages


def test_the_button_stands_on_the_comparison_and_asks_first(desk):
    desk.write(desk.texts()[0], "改过的一段", by="secretary")
    client, began = desk.client(), first(desk)
    address = f"/documents/versions/{began.pk}/restoration/"
    assert address in client.get(f"/documents/{desk.draft.pk}/versions/").content.decode()

    asked = client.get(address).content.decode()
    assert "1段恢复为当时的文字" in asked
    assert "改过的一段" in str(content_of(desk.draft))
    answer = client.post(address, follow=True)
    assert answer.redirect_chain[-1][0] == f"/documents/{desk.draft.pk}/"
    assert "改过的一段" not in answer.content.decode()
    listed = client.get(f"/documents/{desk.draft.pk}/versions/").content.decode()
    assert "恢复较早版本" in listed


def test_the_page_says_what_stands_in_the_way(desk):
    address = f"/documents/versions/{first(desk).pk}/restoration/"
    asked = desk.client().get(address).content.decode()
    assert "一致" in asked
    assert '<button class="btn danger"' not in asked
    assert "一致" in desk.client().post(address, follow=True).content.decode()


def test_a_neighbour_does_not_know_of_the_version(desk):
    address = f"/documents/versions/{first(desk).pk}/restoration/"
    assert desk.client("neighbour").post(address).status_code == 404
