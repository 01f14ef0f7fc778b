"""Addresses of documents in writing."""

from __future__ import annotations

from django.urls import path, re_path

from qingce.reports.renderers import MEDIA_TYPES
from qingce.reports.writing import (
    comment_views,
    figure_views,
    paragraph_views,
    review_views,
    version_views,
    views,
)

ENDINGS = "|".join(ending.lstrip(".") for ending in MEDIA_TYPES)

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/new/", views.new, name="document-new"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/side/", views.side, name="document-side"),
    path("documents/<int:pk>/paper/", views.paper, name="document-paper"),
    path("documents/<int:pk>/sheet/", views.sheet, name="document-sheet"),
    re_path(rf"^documents/(?P<pk>\d+)/file\.(?P<ending>{ENDINGS})$", views.file, name="document-file"),
    path("documents/<int:pk>/paragraphs/", paragraph_views.paragraphs, name="document-paragraphs"),
    path("documents/<int:pk>/figures/", figure_views.choices, name="document-figures"),
    path("documents/<int:pk>/forms/", figure_views.forms, name="document-forms"),
    path("documents/<int:pk>/units/", figure_views.units, name="document-units"),
    path("documents/<int:pk>/versions/", version_views.versions, name="document-versions"),
    path("documents/versions/<int:pk>/restoration/", version_views.restoration, name="document-restoration"),
    path("documents/<int:pk>/submission/", review_views.submission, name="document-submission"),
    path("documents/<int:pk>/withdrawal/", review_views.withdrawal, name="document-withdrawal"),
    path("documents/<int:pk>/return/", review_views.returning, name="document-return"),
    path("documents/<int:pk>/approval/", review_views.approval, name="document-approval"),
    path("documents/<int:pk>/issue/", review_views.issuing, name="document-issue"),
    path("paragraphs/<int:pk>/", paragraph_views.paragraph, name="paragraph"),
    path("paragraphs/<int:pk>/text/", paragraph_views.text, name="paragraph-text"),
    path("paragraphs/<int:pk>/hold/", paragraph_views.hold, name="paragraph-hold"),
    path("paragraphs/<int:pk>/place/", paragraph_views.place, name="paragraph-place"),
    path("paragraphs/<int:pk>/comments/", comment_views.comments, name="paragraph-comments"),
    path("comments/<int:pk>/", comment_views.comment, name="comment"),
]
