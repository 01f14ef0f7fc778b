"""Addresses of recording and of issues."""

from django.urls import path

from qingce.work.activities import views

urlpatterns = [
    path("activities/new/", views.kinds, name="activity-kinds"),
    path("activities/new/<slug:kind>/", views.new, name="activity-new"),
    path("issues/", views.issues, name="issues"),
    path("issues/<int:pk>/", views.issue, name="issue"),
    path("issues/<int:pk>/answer/", views.answer, name="issue-answer"),
]
