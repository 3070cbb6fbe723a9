import threading

from django.db import connection
from django.db.models import QuerySet, Value
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Version
from articles.prepared import Prepared
from tests import make


def of_an_article(article: int, asker: int) -> QuerySet[Version]:
    rows = Version.objects.select_related("article").annotate(asker=Value(asker))
    return rows.filter(article=article)


def test_it_answers_each_time_for_the_numbers_given(db: None) -> None:
    first, second = make.draft(), make.draft()
    ask = Prepared(of_an_article, count=2)

    answers = [ask(first.article_id, 7), ask(second.article_id, 8), ask(0, 9)]

    found = [[(row.pk, row.asker) for row in rows] for rows in answers]
    assert found == [[(first.pk, 7)], [(second.pk, 8)], []]


def test_a_row_is_as_it_is_now_with_what_belongs_to_it(db: None) -> None:
    version = make.draft()
    ask = Prepared(of_an_article, count=2)
    (before,) = ask(version.article_id, 1)
    Article.objects.filter(pk=version.article_id).update(specialty="oncology")

    with CaptureQueriesContext(connection) as queries:
        (after,) = ask(version.article_id, 1)
        specialties = [row.article.specialty for row in (before, after)]

    assert specialties == ["", "oncology"]
    assert after is not before
    assert len(queries) == 1


def test_threads_do_not_get_each_others_answers(transactional_db: None) -> None:
    versions = [make.draft() for _ in range(2)]
    ask = Prepared(of_an_article, count=2)
    found: dict[int, set[int]] = {}

    def often(version: Version) -> None:
        answers = [ask(version.article_id, 1) for _ in range(50)]
        found[version.pk] = {row.pk for rows in answers for row in rows}
        connection.close()

    threads = [threading.Thread(target=often, args=[v]) for v in versions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {version.pk: {version.pk} for version in versions}
