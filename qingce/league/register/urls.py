from django.urls import path

from qingce.league.register import person_views, views

urlpatterns = [
    path("register/exports/", views.reconciliations, name="reconciliations"),
    path("register/exports/new/", views.new_reconciliation, name="reconciliation-new"),
    path("register/exports/<int:pk>/", views.reconciliation, name="reconciliation"),
    path("register/exports/<int:pk>/acceptance/", views.acceptance, name="reconciliation-acceptance"),
    path("register/differences/<int:pk>/acceptance/", views.decision, name="difference-acceptance"),
    path("register/differences/<int:pk>/keeping/", views.keeping, name="difference-keeping"),
    path("register/people/", person_views.people, name="people"),
    path("register/duplicates/", person_views.duplicates, name="duplicates"),
    path("register/duplicates/<int:one>/<int:other>/merge/", person_views.new_merge, name="duplicate-merge"),
    path("register/duplicates/<int:one>/<int:other>/apart/", person_views.apart, name="duplicate-apart"),
    path("register/merges/<int:pk>/undoing/", person_views.undoing, name="merge-undoing"),
]
