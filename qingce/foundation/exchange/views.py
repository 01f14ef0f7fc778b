"""Importing by page: send a file, say what its columns mean, look, confirm.

The views state no permission: whoever wires them in wraps each with a lock (see `urls`).
"""

from __future__ import annotations

import datetime as dt
import io
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from qingce.foundation.exchange import sheets
from qingce.foundation.exchange.blanks import write_blank
from qingce.foundation.exchange.checking import examine
from qingce.foundation.exchange.columns import Choice, Column, IdNumber, Many, Phone
from qingce.foundation.exchange.examinations import Examination, FileExamination, SheetExamination
from qingce.foundation.exchange.forms import MappingForm, UploadForm
from qingce.foundation.exchange.importing import FileResult, carry_out, rehearse, remember_columns
from qingce.foundation.exchange.models import Batch, Upload
from qingce.foundation.exchange.sheets import Outcome, Pending, Sheet

KEPT = dt.timedelta(days=1)
SHOWN_ROWS = 10
SHOWN_REFUSALS = 100
PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def history(request: HttpRequest) -> HttpResponse:
    """Everything imported, newest first."""
    batches = Paginator(Batch.objects.select_related("by"), PAGE)
    page = batches.get_page(request.GET.get("page"))
    return render(request, "exchange/history.html", {"page": page})


def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; templates to fill in are offered beside it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _forget_old()
        kept = _keep(form.cleaned_data["file"], form.cleaned_data["kind"], request.user)
        return redirect("import-preview", key=kept.key)
    return render(request, "exchange/upload.html", {"form": form, "sheets": sheets.sheets()})


def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the file would bring, or everything that stands against it; nothing is written."""
    kept = _own(request, key)
    file = _examined(kept)
    result = _rehearsed(file, request.user)
    return render(
        request,
        "exchange/preview.html",
        {
            "upload": kept,
            "file": file,
            "parts": [_shown(part, outcome) for part, outcome in result.outcomes],
            "total": result.total,
            "refusals": file.refusals[:SHOWN_REFUSALS],
            "unshown": max(0, file.refusal_count - SHOWN_REFUSALS),
            "remarks": [remark for part in file.sheets for remark in part.remarks][:SHOWN_REFUSALS],
            "notes": [*file.notes, *(note for part in file.sheets for note in part.notes)],
        },
    )


def mapping(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say what each column of an unrecognised worksheet means; remembered for its heads."""
    kept = _own(request, key)
    unmapped = _examined(kept).unmapped
    if not unmapped:
        return redirect("import-preview", key=key)
    found = unmapped[0]
    sheet = _chosen_sheet(request, kept, found.sheet)
    form = MappingForm(found, sheet, request.POST or None) if sheet else None
    if sheet and form and request.method == "POST" and form.is_valid():
        remember_columns(sheet, form.cleaned_data["name"], form.mapped())
        return redirect("import-preview", key=key)
    return render(
        request,
        "exchange/mapping.html",
        {"upload": kept, "form": form, "found": found, "sheet": sheet, "sheets": sheets.sheets()},
    )


def confirmation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Import the file; when it no longer passes, go back to the reasons."""
    kept = _own(request, key)
    if request.method != "POST":
        return redirect("import-preview", key=key)
    if request.POST.get("discard"):
        kept.forget()
        return redirect("import-upload")
    [result] = carry_out(examine([kept.path], kept.kind or None, by=request.user), by=request.user)
    if result.refused:
        messages.error(request, _("The file was refused; nothing of it was imported."))
        return redirect("import-preview", key=key)
    kept.forget()
    messages.success(
        request,
        _("Imported: %(created)d created, %(updated)d updated, %(unchanged)d unchanged.")
        % vars(result.total),
    )
    return redirect("imports")


def marked_copy(request: HttpRequest, key: UUID) -> FileResponse:
    """The refused workbook with its cells marked and the reasons in it."""
    kept = _own(request, key)
    file = _examined(kept)
    _rehearsed(file, request.user)
    if not file.refused:
        raise Http404
    # Loaded only here: openpyxl would take a fifth of the server's start.
    from qingce.foundation.exchange.annotate import annotate, annotated_path

    copy = annotate(file, annotated_path(kept.path))
    return FileResponse(copy.open("rb"), as_attachment=True, filename=copy.name, content_type=XLSX)


def template(request: HttpRequest, code: str) -> FileResponse:
    """The blank form of a sheet."""
    sheet = sheets.sheet(code)
    if sheet is None:
        raise Http404
    out = io.BytesIO()
    write_blank(sheet, out)
    out.seek(0)
    name = _("%s (template).xlsx") % sheet.label
    return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)


def _forget_old() -> None:
    for old in Upload.objects.filter(at__lt=timezone.now() - KEPT):
        old.forget()


def _keep(sent: UploadedFile, kind: str, by: Any) -> Upload:
    name = get_valid_filename(PurePath(sent.name or "").name or "file")[-120:]
    kept = Upload.objects.create(file_name=name, kind=kind, by=by)
    kept.folder.mkdir(parents=True, mode=0o700)
    with kept.path.open("wb") as out:
        for chunk in sent.chunks():
            out.write(chunk)
    return kept


def _own(request: HttpRequest, key: UUID) -> Upload:
    """Only who sent a file may look at it."""
    kept = get_object_or_404(Upload, key=key, by=request.user)
    if not kept.path.exists():
        kept.forget()
        raise Http404
    return kept


def _examined(kept: Upload) -> FileExamination:
    return examine([kept.path], kept.kind or None, by=kept.by).files[0]


def _rehearsed(file: FileExamination, by: Any) -> FileResult:
    [result] = rehearse(Examination([file]), by=by)
    return result


def _shown(part: SheetExamination, outcome: Outcome) -> dict[str, Any]:
    """The head and first rows of one sheet, for the eye."""
    columns = list(part.recognised.fields.values())
    return {
        "label": part.sheet.label,
        "title": part.title,
        "count": len(part.rows),
        "outcome": outcome,
        "heads": [column.label for column in columns],
        "rows": [
            (row.number, [_legible(row[column.name], column) for column in columns])
            for row in part.rows[:SHOWN_ROWS]
        ],
    }


def _legible(value: Any, column: Column) -> str:
    """A value for the preview; identity and telephone numbers keep only their ends."""
    if isinstance(column, IdNumber | Phone) and value:
        return f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}"
    if isinstance(column, Choice):
        return column.label_of(value)
    if isinstance(value, Pending):
        return value.text
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(column, Many):
        return "、".join(column.label_of(one) for one in value or ())
    return "" if value is None else str(value)


def _chosen_sheet(request: HttpRequest, kept: Upload, found: Sheet | None) -> Sheet | None:
    code = request.GET.get("sheet") or request.POST.get("sheet") or kept.kind
    return sheets.sheet(code) if code else found
