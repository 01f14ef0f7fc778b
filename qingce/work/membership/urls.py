"""Addresses of everything that happens to a membership, from admission to leaving."""

from django.urls import path

from qingce.work.membership.admission import views as admissions
from qingce.work.membership.branch import views as branch_views
from qingce.work.membership.discipline import lifting_views
from qingce.work.membership.discipline import views as discipline_views
from qingce.work.membership.dues import views as dues_views
from qingce.work.membership.leaving import views as leaving_views
from qingce.work.membership.quota import views as quota
from qingce.work.membership.recommending import views as recommending
from qingce.work.membership.reviews import scoring_views
from qingce.work.membership.reviews import views as review_views
from qingce.work.membership.transfers import request_views
from qingce.work.membership.transfers import views as transfer_views

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
    path("branches/<str:code>/", branch_views.branch, name="branch"),
    path("branches/<str:code>/numbers/", branch_views.numbers, name="branch-numbers"),
    path("branches/<str:code>/panel/", branch_views.panel, name="branch-panel"),
    path("transfers/", transfer_views.listing, name="transfers"),
    path("transfers/approval/", transfer_views.approving_many, name="transfers-approval"),
    path("transfers/<str:number>/", transfer_views.one, name="transfer"),
    path("transfers/<str:number>/begun/", transfer_views.begun, name="transfer-begun"),
    path("transfers/<str:number>/sending/", transfer_views.sending, name="transfer-sending"),
    path("transfers/<str:number>/reception/", transfer_views.reception, name="transfer-reception"),
    path("transfers/<str:number>/request/", request_views.asked, name="transfer-request"),
    path("transfers/<str:number>/answer/", request_views.answer, name="transfer-answer"),
    path("branches/<str:code>/transfers/request/", request_views.new, name="transfer-request-new"),
    path("branches/<str:code>/transfers/new/", transfer_views.new, name="transfer-new"),
    path("branches/<str:code>/transfers/from-outside/", transfer_views.newcomer, name="transfer-newcomer"),
    path("branches/<str:code>/graduates/", transfer_views.graduates, name="graduates"),
    path("leaving/", leaving_views.leaving, name="leaving"),
    path("leaving/confirmation/", leaving_views.confirmation, name="leaving-confirmation"),
    path("matters/", discipline_views.listing, name="matters"),
    path("matters/<str:number>/", discipline_views.one, name="matter"),
    path("matters/<str:number>/hearing/", discipline_views.hearing, name="matter-hearing"),
    path("matters/<str:number>/voting/", discipline_views.voting, name="matter-voting"),
    path("matters/<str:number>/approval/", discipline_views.approval, name="matter-approval"),
    path("matters/<str:number>/refusal/", discipline_views.refusal, name="matter-refusal"),
    path("matters/<str:number>/lifting/", lifting_views.proposal, name="matter-lifting"),
    path("matters/<str:number>/lifting/decision/", lifting_views.decision, name="matter-lifting-decision"),
    path("matters/<str:number>/lifting/refusal/", lifting_views.refusal, name="matter-lifting-refusal"),
    path("branches/<str:code>/matters/new/", discipline_views.new, name="matter-new"),
    path("reviews/", review_views.listing, name="reviews"),
    path("reviews/new/", review_views.opening, name="review-opening"),
    path("reviews/<int:pk>/", review_views.one, name="review"),
    path("reviews/<int:pk>/approval/", review_views.approving_many, name="review-approval"),
    path("reviews/<int:pk>/<str:code>/", review_views.branch, name="review-branch"),
    path("reviews/<int:pk>/<str:code>/answer/", review_views.answer, name="review-answer"),
    path("reviews/<int:pk>/<str:code>/decision/", review_views.decision, name="review-decision"),
    path("reviews/<int:pk>/<str:code>/scores/", scoring_views.scores, name="review-scores"),
    path("reviews/<int:pk>/<str:code>/minutes/", review_views.minutes, name="review-minutes"),
    path("branches/<str:code>/dues/", dues_views.statement, name="dues"),
    path("branches/<str:code>/dues/payment/", dues_views.payment, name="dues-payment"),
    path("branches/<str:code>/dues/waiver/", dues_views.waiver, name="dues-waiver"),
    path("branches/<str:code>/dues/handing-up/", dues_views.handing_up, name="dues-handing-up"),
    path("branches/<str:code>/dues/terms/", dues_views.terms, name="dues-terms"),
    path("dues/<int:pk>/reversal/", dues_views.reversal, name="dues-reversal"),
]
