from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import path
from django.utils import translation
from django.views.i18n import set_language

from qingce.foundation.ui import navigation, numbers, panels
from qingce.foundation.ui.components import COMPONENTS, Component
from qingce.foundation.ui.templatetags import ui
from qingce.foundation.ui.views import drawn, patterns

HERE = Path(__file__).resolve().parent.parent
STATIC = HERE / "static"


def place(request: Any, **words: Any) -> None:
    """A page that only has an address."""


urlpatterns = [
    path("", place, name="first"),
    path("books/", place, name="books"),
    path("books/late/", place, name="books-late"),
    path("books/<int:pk>/notes/", place, name="book-notes"),
    path("sign-in/", place, name="account_login"),
    path("sign-out/", place, name="account_logout"),
    path("language/", set_language, name="set_language"),
]


@pytest.fixture
def own_addresses(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the places of this file exist, and nobody has offered an entry or a panel yet."""
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_search", [])
    monkeypatch.setattr(navigation, "_shelves", [])
    monkeypatch.setattr(panels, "_offered", {})


def asked(address: str = "/", *, holding: str = "", signed_in: bool = True, **headers: str) -> Any:
    """A request as the middleware leaves it."""
    request = RequestFactory().get(address, headers=headers)
    request.user = SimpleNamespace(  # type: ignore[assignment]
        is_authenticated=signed_in, get_full_name=lambda: "林晓", get_short_name=lambda: "林"
    )
    request.holds = lambda permission: permission == holding  # type: ignore[attr-defined]
    return request


def rendered(source: str, request: Any = None, **context: Any) -> str:
    return engines["django"].from_string(source).render(context, request or asked())


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_every_component_shows_itself_in_every_condition(component: Component) -> None:
    shown = drawn(component, asked())
    assert len(shown) == len(component.conditions)
    for label, _source, result in shown:
        assert "<" in result, f"{component.name}, {label}: nothing is drawn"
        assert not re.search(r"\sstyle=|<script|\son\w+=", result), f"{component.name}: {label}"


def test_every_built_in_tag_stands_on_the_patterns_page() -> None:
    sources = "".join(one.source for component in COMPONENTS for one in component.conditions)
    unseen = {name for name in ui.register.tags if f"{{% {name} " not in sources}
    assert unseen == {"panels"}


def test_patterns_page_shows_all_and_opens_its_drawer(own_addresses: None) -> None:
    page = patterns(asked()).content.decode()
    assert all(f'id="{component.name}"' in page for component in COMPONENTS)
    part = patterns(asked("/?part=figure", **{"HX-Request": "true"})).content.decode()
    full = patterns(asked("/?part=figure")).content.decode()
    assert "<html" not in part
    assert "<html" in full
    whole = part.strip().replace("<h2>", "<h1>", 1).replace("</h2>", "</h1>", 1)
    assert whole in full


def test_no_template_of_any_app_carries_style_or_script_of_its_own() -> None:
    for template in (settings.ROOT / "qingce").rglob("templates/**/*.html"):
        if template.name == "standalone.html":  # a document that travels alone carries its style
            continue
        text = template.read_text()
        assert not re.search(r'\sstyle="|<style|\son[a-z]+="|<script(?![^>]*\ssrc=)', text), template


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_page_has_a_way_out_and_shows_no_trace(name: str, own_addresses: None) -> None:
    needs_nothing = name in {"400", "403_csrf", "429", "500"}
    page = get_template(f"{name}.html").render({}, None if needs_nothing else asked("/nowhere/"))
    assert '<a class="btn main" href="/">' in page
    assert "Traceback" not in page
    assert "{{" not in page


def test_closed_door_says_who_holds_the_key(own_addresses: None) -> None:
    page = get_template("403.html").render({"because": "由 <县级> 管理员办理。"}, asked())
    assert "由 &lt;县级&gt; 管理员办理。" in page


def test_components_escape_what_they_are_given() -> None:
    bad = "<b>&"
    drawn_ones = [
        ui.figure_link(bad, bad, bad),
        ui.figure_link(1, "", bad, bad, bad),
        ui.state(bad, bad),
        ui.evidence(bad, bad),
        ui.badge(bad, bad),
        ui.refusal(bad),
        ui.empty(bad, bad, bad, bad),
        ui.crumbs(bad, bad, bad),
        ui.progress(1, 2, bad),
    ]
    assert [text for text in drawn_ones if bad in text] == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% figure_link 143 '场次' '/f/' %}", '<a class="figure" href="/f/">143<small>场次</small></a>'),
        ("{% figure_link 143 '' '/f/' '140余场次' %}", '<a class="figure" href="/f/">140余场次</a>'),
        ("{% figure_link 143 '' '/f/' '' 'warn' %}", '<a class="figure warn" href="/f/">143</a>'),
        (
            "{% figure_link 9 '件' '/f/' '' 'closed' %}",
            '<span class="figure closed">9<small>件</small></span>',
        ),
        ("{% refusal '' %}", ""),
    ],
)
def test_component_says(source: str, said: str) -> None:
    assert rendered(source) == said


def test_paging_and_sorting_keep_the_question() -> None:
    page = Paginator(range(531), 50).page(2)
    text = rendered("{% pages page %}", asked("/?q=团课&page=2"), page=page)
    assert "531" in text
    assert 'rel="prev" href="?q=%E5%9B%A2%E8%AF%BE&amp;page=1"' in text
    head = rendered("{% sort_header '日期' 'day' %}", asked("/?sort=day&page=3&q=a"))
    assert 'aria-sort="ascending"' in head
    assert 'href="?sort=-day&amp;q=a"' in head


def test_chosen_chip_takes_itself_away() -> None:
    chosen = rendered("{% chip '已确认' 'state' 'confirmed' %}", asked("/?state=confirmed&q=a"))
    other = rendered("{% chip '草稿' 'state' 'draft' %}", asked("/?state=confirmed&q=a"))
    assert chosen == '<a class="chip" href="?q=a" aria-current="true">已确认</a>'
    assert other == '<a class="chip" href="?state=draft&amp;q=a">草稿</a>'


def test_tallest_bar_fills_the_chart_and_a_month_to_come_is_marked() -> None:
    svg = rendered("{% sparkline values %}", values=[1, 4, None])
    assert re.findall(r"v-(\d+)", svg) == ["6", "22", "1"]
    assert svg.count('class="yet"') == 1


def test_mix_leaves_out_empty_parts_and_fills_the_bar() -> None:
    svg = rendered("{% mix parts %}", parts=[("系统记录", 89), ("估算", 0), ("手工", 11)])
    assert "估算" not in svg
    assert sum(float(width) for width in re.findall(r' width="([\d.]+)"', svg)) == pytest.approx(400)


def test_share_of_nothing_has_no_per_cent() -> None:
    assert "96.4%" in ui.charts.share(512, 531)
    assert "—" in ui.charts.share(0, 0)


def test_numbers_and_days_are_written_as_officials_write_them() -> None:
    assert numbers.number(5270) == "5270"
    assert numbers.number(Decimal("12480.50")) == "12480.5"
    assert numbers.number(Decimal("1E+3")) == "1000"
    assert numbers.number(0) == "0"
    assert numbers.number(None) == "—"
    day = dt.date(2023, 7, 6)
    with translation.override("zh-hans"):
        assert numbers.short_day(day) == "2023年7月6日"


def test_fifty_rows_of_components_cost_no_template_of_their_own() -> None:
    compiled = engines["django"].from_string("{% state 'draft' 'x' %}{% figure_link 1 '' '/f/' %}")
    assert {type(node).__name__ for node in compiled.template.nodelist} == {"SimpleNode"}


def test_navigation_shows_what_the_reader_may_open_in_order(own_addresses: None) -> None:
    navigation.add("books-late", "逾期", order=20, permission="book.see")
    navigation.add("books", "书", order=10, count=lambda request: 12)
    navigation.add("first", "首页", order=1, permission="book.burn")
    shown = navigation.shown(asked("/books/late/7/", holding="book.see"))
    assert [(entry.label, entry.current, entry.count) for entry in shown] == [
        ("书", False, 12),
        ("逾期", True, 0),
    ]


def test_what_stands_on_a_shelf_is_found_on_the_page_of_the_shelves(own_addresses: None) -> None:
    navigation.add("first", "书房", order=1)
    navigation.shelves_stand_at("first")
    assert navigation.shown(asked("/", holding="book.see")) == []
    navigation.add("books", "书", order=10, permission="book.see", shelf="文学", count=lambda request: 3)
    navigation.add("books-late", "逾期", order=20, permission="book.burn", shelf="文学")
    request = asked("/books/", holding="book.see")
    assert [(entry.label, entry.current) for entry in navigation.shown(request)] == [("书房", True)]
    assert {word: [one.label for one in those] for word, those in navigation.shelves(request).items()} == {
        "文学": ["书"]
    }
    assert [(one.label, one.count) for one in navigation.waiting_on_shelves(request)] == [("书", 3)]
    assert navigation.shelves(asked("/books/")) == {}
    navigation.add("books-late", "逾期", order=20)
    navigation.add("books", "书", order=10, shelf="文学", beneath="books-late")
    shown = navigation.shown(asked("/books/"))
    assert [(entry.label, entry.current) for entry in shown] == [("书房", False), ("逾期", True)]


def test_first_page_is_not_around_the_others(own_addresses: None) -> None:
    navigation.add("first", "首页", order=1)
    assert [entry.current for entry in navigation.shown(asked("/books/"))] == [False]
    assert [entry.current for entry in navigation.shown(asked("/"))] == [True]


def test_without_a_lock_keeper_locked_entries_stay_hidden(own_addresses: None) -> None:
    navigation.add("books", "书", order=1, permission="book.see")
    request = asked()
    del request.holds
    assert navigation.shown(request) == []


def test_panels_lead_to_the_object_of_the_page(own_addresses: None) -> None:
    panels.add("book", route="book-notes", title="批注")
    panels.add("book", route="book-notes", title="密件", permission="book.burn")
    text = rendered("{% panels 'book' 7 %}")
    assert 'hx-get="/books/7/notes/"' in text
    assert "密件" not in text


def test_head_of_a_page_offers_search_menu_and_signing_out(own_addresses: None) -> None:
    navigation.add("books", "书", order=1)
    navigation.add("books-late", "令牌", order=2, in_menu=True)
    navigation.search_leads_to("books")
    page = get_template("404.html").render({}, asked())
    bar = page.split("<nav")[1].split("</nav>")[0]
    assert ("书" in bar, "令牌" in bar) == (True, False)
    assert '<form class="search" role="search" action="/books/">' in page
    assert 'action="/sign-out/"' in page
    assert '<a class="skip" href="#main">' in page


def test_who_may_not_search_has_no_search_box(own_addresses: None) -> None:
    navigation.search_leads_to("books", permission="book.burn")
    page = get_template("404.html").render({}, asked())
    assert 'class="search"' not in page


def test_visitor_sees_the_way_in_and_no_search(own_addresses: None) -> None:
    page = get_template("404.html").render({}, asked(signed_in=False))
    assert 'href="/sign-in/"' in page
    assert 'class="search"' not in page


def test_stylesheet_and_script_stay_small() -> None:
    assert (STATIC / "qingce/qingce.css").stat().st_size < 30_000
    assert (STATIC / "qingce/qingce.js").stat().st_size < 6_144


def test_stylesheet_takes_its_colours_from_the_tokens() -> None:
    rules = (STATIC / "qingce/qingce.css").read_text()
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,}\s])", rules) == []
    tokens = set(re.findall(r"(--[\w-]+):", (STATIC / "qingce/tokens.css").read_text()))
    assert set(re.findall(r"var\((--[\w-]+)\)", rules)) <= tokens


def test_vendored_files_are_the_locked_ones() -> None:
    listed = (STATIC / "vendor/VERSIONS.md").read_text()
    packages = json.loads((settings.ROOT / "package-lock.json").read_text())["packages"]
    files = dict(re.findall(r"^\| (\S+\.js) \|.*\| (\w{64}) \|$", listed, re.M))
    assert set(files) == {file.name for file in (STATIC / "vendor").glob("*.js")}
    for file, digest in files.items():
        assert hashlib.sha256((STATIC / "vendor" / file).read_bytes()).hexdigest() == digest
    made_from = re.findall(r"\b([a-z][\w.-]+) (?:\| )?(\d+\.\d+\.\d+)\b", listed)
    assert len(made_from) > len(files)
    for package, version in made_from:
        assert packages[f"node_modules/{package}"]["version"] == version
    assert "resolved" not in str(packages)
