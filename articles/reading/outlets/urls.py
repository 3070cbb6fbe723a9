from django.urls import path

from articles.reading.outlets import feed, sitemap

urlpatterns = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.whole, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.part, name="sitemap-part"),
    path("feeds/articles.atom", feed.articles, name="feed-articles"),
]
