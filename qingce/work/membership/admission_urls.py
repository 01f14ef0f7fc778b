"""Addresses of admissions, of the quota, and of recommendations."""

from django.urls import path

from qingce.work.membership import admission_views as admissions
from qingce.work.membership import quota_views as quota
from qingce.work.membership import recommending_views as recommending

urlpatterns = [
    path("admissions/", admissions.admissions, name="admissions"),
    path("admissions/new/", admissions.new, name="admission-new"),
    path("admissions/steps/", admissions.steps, name="admission-steps"),
    path("admissions/decisions/", admissions.decisions, name="admission-decisions"),
    path("admissions/notices/new/", admissions.notice_new, name="admission-notice-new"),
    path("admissions/check-sheets/", admissions.check_sheets_of_list, name="admission-check-sheets"),
    path("admissions/<str:number>/", admissions.admission, name="admission"),
    path("admissions/<str:number>/step/", admissions.step, name="admission-step"),
    path("admissions/<str:number>/decision/", admissions.decision, name="admission-decision"),
    path("admissions/<str:number>/ending/", admissions.ending, name="admission-ending"),
    path("admissions/<str:number>/check-sheet/", admissions.check_sheet, name="admission-check-sheet"),
    path("quota/", quota.quota, name="quota"),
    path("quota/<int:pk>/parts/new/", quota.part, name="quota-part"),
    path("quota/<int:pk>/taking-back/", quota.taking_back, name="quota-taking-back"),
    path("units/<str:code>/quota/new/", quota.receipt, name="quota-receipt"),
    path("recommendations/", recommending.recommendations, name="recommendations"),
    path("recommendations/new/pioneer/", recommending.new_pioneer, name="recommendation-new-pioneer"),
    path("recommendations/new/party/", recommending.new_party, name="recommendation-new-party"),
    path("recommendations/<str:number>/", recommending.recommendation, name="recommendation"),
    path("recommendations/<str:number>/step/", recommending.step, name="recommendation-step"),
    path("recommendations/<str:number>/decision/", recommending.decision, name="recommendation-decision"),
    path("recommendations/<str:number>/ending/", recommending.ending, name="recommendation-ending"),
]
