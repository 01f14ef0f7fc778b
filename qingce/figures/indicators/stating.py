"""Pages for what is stated by hand: stating a figure, and taking a statement back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.figures.indicators import actions
from qingce.figures.indicators.definitions import Indicator, indicators
from qingce.figures.indicators.drawer import Drawer
from qingce.figures.indicators.models import Statement
from qingce.figures.indicators.question import Question
from qingce.figures.indicators.views import of_figure
from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach


class StatementForm(forms.ModelForm):
    """The value as the paper says it; unit, period, who and when are known."""

    class Meta:
        model = Statement
        fields = ["value", "because", "paper"]

    def __init__(self, indicator: Indicator, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = (
            f"{indicator}（{indicator.measure_word}）" if indicator.unit else indicator.label
        )
        self.fields["value"].widget.attrs["min"] = 0
        self.fields["because"].help_text = gettext_lazy(
            "For example: published by the level above and not kept in the ledger."
        )


class VoidingForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


@of_figure("figure.state")
def statement(request: HttpRequest, drawer: Drawer) -> HttpResponse:
    if not drawer.indicator.stated:
        raise Http404
    form = StatementForm(drawer.indicator, request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("value", "because", "paper")}
        try:
            question = drawer.question
            actions.state(drawer.indicator, question.unit, question.period, by=request.user, **facts)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Stated. It is marked as such wherever it is shown."))
            return redirect(drawer.own_address)
    return _asking(request, "indicators/statement.html", {"form": form, "drawer": drawer})


def statement_within_reach(reach: Reach, *, pk: int) -> Statement | None:
    """The statement of this key when its unit lies within any post of the reader."""
    return Statement.objects.select_related("unit", "by").filter(pk=pk, unit__in=reach.units()).first()


@page("figure.state", on=statement_within_reach)
def voiding(request: HttpRequest, statement: Statement) -> HttpResponse:
    form = VoidingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.void(statement, because=form.cleaned_data["because"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Void; the figure is again what is counted."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(_address(statement))
    said = {"form": form, "statement": statement, "back": _address(statement)}
    return _asking(request, "indicators/statement_voiding.html", said)


def _address(statement: Statement) -> str:
    """The drawer of the figure; the board when the catalogue knows the figure no longer."""
    question = Question(statement.unit, statement.period_asked)
    known = statement.code in indicators()
    return question.address("figure", statement.code) if known else question.address("figures")


def _asking(request: HttpRequest, template: str, said: dict[str, Any]) -> HttpResponse:
    answer = render(request, template, said)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
