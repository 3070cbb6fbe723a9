from django.urls import path

from articles.reading.outlets import corrections, feed, listing, openapi, sitemap

urlpatterns = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.whole, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.part, name="sitemap-part"),
    path("api/articles", listing.articles, name="api-articles"),
    path("api/openapi.json", openapi.document, name="api-openapi"),
    path("feeds/articles.atom", feed.articles, name="feed-articles"),
    path("feeds/corrections.atom", corrections.feed, name="feed-corrections"),
]
