"""Pages of admissions: the board, one applicant with the next step, a batch, check sheets."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingce.foundation.refusals import Refused
from qingce.league.access.doors import page
from qingce.league.access.reach import Reach
from qingce.league.access.requests import reach_of, user_of
from qingce.ledger.notices.models import Notice
from qingce.work.membership.admission import actions as verbs
from qingce.work.membership.admission.acts import ACTS, APPROVE, KEEP, Act, next_act, notice_to_put_up
from qingce.work.membership.admission.batch import carry_out, rehearse
from qingce.work.membership.admission.checks import MOST, check_sheets, missing
from qingce.work.membership.admission.dossier import next_stage
from qingce.work.membership.admission.finding import admission_within_reach
from qingce.work.membership.admission.forms import AdmissionFilter, ApplicationForm, NoticeForm
from qingce.work.membership.admission.listing import Board, name_for
from qingce.work.membership.admission.notices import PUT_UP_AT, TITLES, put_up_notice
from qingce.work.membership.models import Admission, MemberCase
from qingce.work.membership.pages import recorded
from qingce.work.membership.step_pages import ending_page, say_at, step_page

PAGE_SIZE = 50
AT_ONCE = 200  # applicants of one batch


@page("record.see")
def admissions(request: HttpRequest) -> HttpResponse:
    """How many stand at which stage, and who."""
    reach = reach_of(request)
    board = Board(AdmissionFilter(request.GET, reach), reach)
    chosen = Paginator(board.rows(), PAGE_SIZE).get_page(request.GET.get("page"))
    said = {
        "board": board,
        "page_obj": chosen,
        "lines": list(board.lines(chosen.object_list)),
        "acts": [act for act in ACTS.values() if act.stage == board.stage and reach.holds(act.permission)],
        "notices": [p for p, stages in PUT_UP_AT.items() if board.stage in stages and reach.holds(KEEP)],
    }
    return render(request, "admission/board.html", said)


@page(KEEP)
def new(request: HttpRequest) -> HttpResponse:
    reach = reach_of(request)
    form = ApplicationForm(reach, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case, warnings = verbs.apply(**form.cleaned_data, today=reach.on, by=user_of(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            recorded(request, _("The application is taken in."), warnings)
            return redirect("admission", number=case.number)
    return render(request, "admission/new.html", {"form": form})


@page("record.see", on=admission_within_reach)
def admission(request: HttpRequest, admission: Admission) -> HttpResponse:
    """One applicant: the steps taken and to come, and the one thing that is due."""
    reach, case = reach_of(request), admission.member_case
    sheet = check_sheets([case], today=reach.on)[0]
    act, purpose = next_act(case), notice_to_put_up(case)
    due = next_stage(case.stage)
    notices = Notice.objects.filter(entries__record=case.number)
    said = {
        "case": case,
        "name": name_for(reach, case),
        "sheet": sheet,
        "facts": _facts(reach, admission),
        "act": act,
        "may_act": act is not None and reach.may(act.permission, admission),
        "may_keep": reach.may(KEEP, admission),
        "purpose": purpose,
        "purpose_label": TITLES.get(purpose, ""),
        "missing": missing(sheet, due, today=reach.on) if due and act else [],
        "notices": [(one, reach.covers(one)) for one in notices.order_by("opens_on")],
        "helpers": [(one.get_part_display(), one.person) for one in case.helpers.select_related("person")],
        "sees_names": reach.may(KEEP, admission) or reach.may("person.see", admission),
    }
    return render(request, "admission/admission.html", said)


@page(KEEP, on=admission_within_reach)
def step(request: HttpRequest, admission: Admission) -> HttpResponse:
    return _step(request, admission, decisions=False)


@page(APPROVE, on=admission_within_reach)
def decision(request: HttpRequest, admission: Admission) -> HttpResponse:
    return _step(request, admission, decisions=True)


def _step(request: HttpRequest, admission: Admission, *, decisions: bool) -> HttpResponse:
    """The form of what is due next, and its verb."""
    reach, case = reach_of(request), admission.member_case
    act = next_act(case)
    due = act if act is not None and act.is_decision == decisions else None
    sent = (request.POST or None, request.FILES or None)
    return step_page(request, "admission", case, due, lambda act: act.form([case], reach.on, *sent))


@page(KEEP, on=admission_within_reach)
def ending(request: HttpRequest, admission: Admission) -> HttpResponse:
    title, said = _("End this admission?"), _("The admission has ended; it stays to be read.")
    return ending_page(request, "admission", admission.member_case, verbs.end, title=title, said=said)


@page("record.see", on=admission_within_reach)
def check_sheet(request: HttpRequest, admission: Admission) -> HttpResponse:
    return _sheets(request, [admission.member_case])


@page("record.see")
def check_sheets_of_list(request: HttpRequest) -> HttpResponse:
    """The sheets of the admissions in the list, as many as one would print at a time."""
    reach = reach_of(request)
    board = Board(AdmissionFilter(request.GET, reach), reach)
    return _sheets(request, list(board.rows()[:MOST]))


def _sheets(request: HttpRequest, cases: list[MemberCase]) -> HttpResponse:
    reach = reach_of(request)
    sheets = [(name_for(reach, one.case), one) for one in check_sheets(cases, today=reach.on)]
    return render(request, "admission/check_sheets.html", {"sheets": sheets, "most": MOST})


@page(KEEP)
def steps(request: HttpRequest) -> HttpResponse:
    return _batch(request, decisions=False)


@page(APPROVE)
def decisions(request: HttpRequest) -> HttpResponse:
    return _batch(request, decisions=True)


def _batch(request: HttpRequest, *, decisions: bool) -> HttpResponse:
    """One step for those ticked: first what would happen to each, then, confirmed, all of it."""
    reach = reach_of(request)
    act = ACTS.get(request.GET.get("act", ""))
    if act is None or act.is_decision != decisions:
        return redirect("admissions")
    waiting = _waiting(reach, act)
    ticked = set(request.POST.getlist("cases"))
    chosen = [case for case in waiting if case.number in ticked]
    form = act.form(chosen or waiting, reach.on, request.POST or None)
    said: dict[str, Any] = {"act": act, "form": form, "ticked": ticked, "outcomes": []}
    if request.method == "POST" and form.is_valid():
        facts, by = form.facts(), user_of(request)
        try:
            if request.POST.get("confirmed"):
                recorded(request, _done(len(chosen)), carry_out(act, chosen, facts, today=reach.on, by=by))
                return redirect("admissions")
            if not chosen:
                raise Refused(_("Nobody is ticked; choose the applicants."))
            said["outcomes"] = [
                (name_for(reach, one.case), one)
                for one in rehearse(act, chosen, facts, today=reach.on, by=by)
            ]
        except Refused as refused:
            say_at(form, refused)
    said["waiting"] = [(name_for(reach, case), case) for case in waiting]
    said["passing"] = sum(not one.refusal for _name, one in said["outcomes"])
    return render(request, "admission/batch.html", said)


def _waiting(reach: Reach, act: Act) -> list[MemberCase]:
    """Admissions for which this act is due, within the reader's right to do it."""
    rows = MemberCase.objects.filter(
        stage=act.stage, admission__isnull=False, unit__in=reach.units(act.permission)
    )
    rows = rows.exclude(state="void").select_related("person", "unit", "admission")
    return [case for case in rows.order_by("unit", "pk")[:AT_ONCE] if next_act(case) is act]


def _done(count: int) -> str:
    said = ngettext(
        "The step is recorded for %d applicant.", "The step is recorded for %d applicants.", count
    )
    return said % count


@page(KEEP)
def notice_new(request: HttpRequest) -> HttpResponse:
    """A notice of everybody ticked who stands at its stage."""
    reach = reach_of(request)
    purpose = request.GET.get("purpose", "")
    if purpose not in PUT_UP_AT:
        return redirect("admissions")
    rows = MemberCase.objects.filter(
        stage__in=PUT_UP_AT[purpose], admission__isnull=False, unit__in=reach.units(KEEP)
    ).exclude(state="void")
    waiting = list(rows.select_related("person", "unit", "admission").order_by("unit", "pk")[:AT_ONCE])
    ticked = set(request.POST.getlist("cases")) or {request.GET.get("number", "")}
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = [case for case in waiting if case.number in ticked]
        try:
            notice, warnings = put_up_notice(chosen, purpose, by=user_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            recorded(request, _("The notice is up."), warnings)
            return redirect("notice", pk=notice.pk)
    said = {
        "form": form,
        "title": TITLES[purpose],
        "waiting": [(name_for(reach, case), case) for case in waiting],
        "ticked": ticked,
    }
    return render(request, "admission/notice_new.html", said)


def _facts(reach: Reach, admission: Admission) -> list[tuple[Any, Any]]:
    """What is known beside the steps; who talked is a name and shown to those who see names."""
    hidden = set() if reach.may("person.see", admission) else {_("Who talked")}
    return [(label, value) for label, value in admission.facts() if str(label) not in hidden]
