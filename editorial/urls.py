"""The staff's addresses and the house's own public pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import include, path

from articles.reading.elsewhere import files
from editorial.views import (
    answers,
    asked,
    assignments,
    authors,
    between,
    bringing,
    bulk,
    changes,
    correcting,
    deciding,
    desk,
    documents,
    exports,
    facts,
    figures,
    filters,
    findings,
    glossary,
    handling,
    harvesting,
    house,
    interests,
    listening,
    mailing,
    notices,
    offered,
    on_day,
    past,
    previewing,
    questions,
    reading,
    references,
    reviewing,
    saving,
    standing,
    versions,
    work,
    works,
    writing,
)

if TYPE_CHECKING:
    from typing import NoReturn

    from django.http import HttpRequest


def nothing(_request: HttpRequest, **_where: str) -> NoReturn:
    """Addresses of the account library that this house does not offer."""
    raise Http404


NOT_OFFERED = (
    "accounts/signup/",
    "accounts/email/",
    "accounts/confirm-email/",
    "accounts/confirm-email/<str:key>/",
    "accounts/2fa/webauthn/signup/",
)
"""An administrator gives accounts and vouches for their addresses."""

STORED = {
    "": "article",
    "versions/": "article-versions",
    "versions/<int:number>/": "article-version",
    "versions/<int:number>/canonical.json": "article-canonical",
    "record/": "article-record",
    "notices/<int:number>/": "article-notice",
}
"""The stored pages of an article, by what follows its own address."""

FILES = {
    **{suffix: f"article{suffix}" for suffix in files.BESIDE},
    **{f"/{name}": f"article-{name}" for name in files.BELOW},
}
"""The stored files of an article, by what follows its name."""

API = {
    "": ("api-article", ".json"),
    "/versions": ("api-versions", "/versions.json"),
    "/versions/<int:number>": ("api-version", "/versions/{number}/canonical.json"),
    "/references": ("api-references", "/references.csl.json"),
    "/record": ("api-record", "/record.json"),
}
"""By what is asked about an article, the name of that and where it is stored."""

urlpatterns = [
    *(path(address, nothing) for address in NOT_OFFERED),
    path("accounts/", include("allauth.urls")),
    path("desk/", desk.desk, name="desk"),
    path("desk/own/", desk.own, name="desk-own"),
    path("desk/export/", figures.export, name="desk-export"),
    path("desk/bulk/", bulk.bulk, name="desk-bulk"),
    path("desk/filters/save/", filters.save, name="desk-filter-save"),
    path("desk/filters/<int:pk>/delete/", filters.delete, name="desk-filter-delete"),
    path("desk/figures/", figures.page, name="desk-figures"),
    path("desk/figures/table/", figures.table, name="desk-figures-table"),
    path("desk/notices/", notices.notices, name="notifications"),
    path("desk/mail/", mailing.mail, name="desk-mail"),
    path("desk/notices/read/", notices.notices_read, name="notifications-read"),
    path("desk/notices/<int:pk>/open/", notices.notice_open, name="notification-open"),
    path("desk/effects/", notices.effects, name="desk-effects"),
    path("desk/effects/<int:pk>/settle/", notices.settle, name="desk-effect-settle"),
    path("desk/token/", saving.token, name="desk-token"),
    path("desk/reader-reports/<int:pk>/", listening.report, name="desk-reader-report"),
    path(
        "desk/reader-reports/<int:pk>/empty/",
        listening.empty,
        name="desk-reader-report-empty",
    ),
    path("desk/questions/<int:pk>/", questions.question, name="desk-question"),
    path(
        "desk/questions/<int:pk>/draft/",
        questions.open_draft,
        name="desk-question-draft",
    ),
    path(
        "desk/questions/<int:pk>/separate/",
        questions.separate,
        name="desk-question-separate",
    ),
    path(
        "desk/questions/<int:pk>/empty/",
        questions.empty,
        name="desk-question-empty",
    ),
    path("desk/works/", works.works, name="desk-works"),
    path("desk/works/<int:pk>/", work.work, name="desk-work"),
    path("desk/works/<int:pk>/correct/", correcting.correct, name="desk-work-correct"),
    path("desk/articles/new/", writing.new_article, name="desk-article-new"),
    path("desk/articles/new/save/", saving.save_new, name="desk-article-new-save"),
    path("desk/articles/new/word/", documents.into_article, name="desk-article-word"),
    path(
        "desk/articles/new/word/look-up/",
        documents.look_up_for_article,
        name="desk-article-word-look-up",
    ),
    path(
        "desk/articles/new/word/put/",
        documents.open_article,
        name="desk-article-word-put",
    ),
    path("desk/standing/<slug:slug>/", standing.of_slug, name="desk-standing-of"),
    path("desk/articles/<int:pk>/standing/", standing.standing, name="desk-standing"),
    path("desk/articles/<int:pk>/editor/", handling.editor, name="desk-editor"),
    path("desk/articles/<int:pk>/authors/", authors.authors, name="desk-authors"),
    path(
        "desk/articles/<int:pk>/authors/<slug:step>/",
        authors.authors_step,
        name="desk-authors-step",
    ),
    path(
        "desk/articles/<int:pk>/<slug:step>/",
        versions.article_step,
        name="desk-article-step",
    ),
    path("desk/versions/<int:pk>/", versions.version, name="desk-version"),
    path("desk/versions/<int:pk>/edit/", writing.edit, name="desk-version-edit"),
    path("desk/versions/<int:pk>/answers/", answers.answers, name="desk-answers"),
    path("desk/versions/<int:pk>/response/", answers.response, name="desk-response"),
    path(
        "desk/versions/<int:pk>/comments/<int:comment>/answer/",
        answers.answer,
        name="desk-answer",
    ),
    path("desk/versions/<int:pk>/findings/", findings.findings, name="desk-findings"),
    path(
        "desk/versions/<int:pk>/findings/<slug:finding>/answer/",
        answers.answer_finding,
        name="desk-finding-answer",
    ),
    path(
        "desk/versions/<int:pk>/findings/<slug:finding>/open/",
        answers.open_finding,
        name="desk-finding-open",
    ),
    path("desk/interests/", interests.mine, name="desk-interests"),
    path("desk/interests/name/", interests.be_named, name="desk-named"),
    path("desk/interests/away/", interests.be_away, name="desk-away"),
    path("desk/interests/away/<int:pk>/end/", interests.be_back, name="desk-back"),
    path("desk/facts/", facts.facts, name="desk-facts"),
    path("desk/facts/new/", facts.fact, name="desk-fact-new"),
    path("desk/facts/<int:pk>/", facts.fact, name="desk-fact"),
    path("desk/glossary/", glossary.terms, name="desk-terms"),
    path("desk/glossary/new/", glossary.term, name="desk-term-new"),
    path("desk/glossary/<int:pk>/", glossary.term, name="desk-term"),
    path("desk/glossary/<int:pk>/approve/", glossary.approve, name="desk-term-approve"),
    path("desk/glossary/<int:pk>/end/", glossary.end, name="desk-term-end"),
    path(
        "desk/versions/<int:pk>/references/",
        references.references,
        name="desk-references",
    ),
    path(
        "desk/versions/<int:pk>/references/read/",
        bringing.read,
        name="desk-references-read",
    ),
    path(
        "desk/versions/<int:pk>/references/look-up/",
        bringing.look_up,
        name="desk-references-look-up",
    ),
    path(
        "desk/versions/<int:pk>/references/add/",
        bringing.add,
        name="desk-references-add",
    ),
    path(
        "desk/versions/<int:pk>/references/remove/",
        references.remove,
        name="desk-references-remove",
    ),
    path(
        "desk/versions/<int:pk>/references/type/",
        references.classify,
        name="desk-references-type",
    ),
    path(
        "desk/versions/<int:pk>/references.<str:form>",
        exports.references_file,
        name="desk-references-file",
    ),
    path(
        "desk/versions/<int:pk>/word/",
        documents.into_draft,
        name="desk-version-word",
    ),
    path(
        "desk/versions/<int:pk>/word/look-up/",
        documents.look_up_for_draft,
        name="desk-version-word-look-up",
    ),
    path(
        "desk/versions/<int:pk>/word/put/",
        documents.put,
        name="desk-version-word-put",
    ),
    path("desk/versions/<int:pk>/save/", saving.save, name="desk-version-save"),
    path("desk/versions/<int:pk>/changes/", changes.page, name="desk-changes"),
    path("desk/versions/<int:pk>/looked/", changes.looked, name="desk-looked"),
    path("desk/versions/<int:pk>/history/", past.history, name="desk-version-history"),
    path(
        "desk/versions/<int:pk>/history/<int:revision>/",
        past.moment,
        name="desk-version-moment",
    ),
    path("desk/versions/<int:pk>/decide/", deciding.decide, name="desk-decide"),
    path(
        "desk/versions/<int:pk>/decide/<slug:step>/",
        deciding.step,
        name="desk-decide-step",
    ),
    path(
        "desk/versions/<int:pk>/preview/<slug:step>/",
        previewing.preview,
        name="desk-version-preview",
    ),
    path(
        "desk/versions/<int:pk>/<slug:step>/",
        versions.version_step,
        name="desk-version-step",
    ),
    path("desk/assignments/<int:pk>/", assignments.assignment, name="desk-assignment"),
    path(
        "desk/assignments/<int:pk>/save/", reviewing.save, name="desk-assignment-save"
    ),
    path(
        "desk/assignments/<int:pk>/look/", reviewing.look, name="desk-assignment-look"
    ),
    path(
        "desk/assignments/<int:pk>/<slug:step>/",
        assignments.assignment_step,
        name="desk-assignment-step",
    ),
    path("editorial-policy/", house.policy, name="editorial-policy"),
    path(
        "editorial-policy/<int:number>/", house.policy, name="editorial-policy-number"
    ),
    path("ask/send/", questions.send, name="ask-send"),
    path("ask/confirm/<str:token>/", questions.confirm, name="ask-confirm"),
    path("ask/sent/", questions.sent, name="ask-sent"),
    path("ask/", asked.ask, name="ask"),
    path("oai/", harvesting.oai, name="oai"),
    path("medical-advisory-board/", house.board, name="board"),
    path("glossary/", house.glossary, name="glossary"),
    path(
        "articles/<slug:slug>/for/<slug:audience>/", reading.rendition, name="rendition"
    ),
    path(
        "articles/<slug:slug>/report-error/",
        listening.report_error,
        name="article-report-error",
    ),
    path(
        "articles/<slug:slug>/report-error/thanks/",
        listening.heard,
        name="article-error-heard",
    ),
    path("articles/<slug:slug>/@/", on_day.asked, name="article-day"),
    path("articles/<slug:slug>/@<str:day>/", on_day.on_day, name="article-on-day"),
    path(
        "articles/<slug:slug>/versions/<int:first>..<int:second>/",
        between.between,
        name="article-between",
    ),
    *(
        path(f"articles/<slug:slug>/{tail}", reading.stored, name=name)
        for tail, name in STORED.items()
    ),
    path("articles/<slug:slug>.pdf", reading.on_paper, name="article.pdf"),
    *(
        path(f"articles/<slug:slug>{tail}", reading.stored, name=name)
        for tail, name in FILES.items()
    ),
    *(
        path(f"api/articles/<slug:slug>{asked}", offered.article, {"tail": tail}, name)
        for asked, (name, tail) in API.items()
    ),
]
