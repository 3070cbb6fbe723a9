from django.urls import path

from articles.reading import searching, views

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", views.articles, name="articles"),
    path("search/", searching.search, name="search"),
    path("articles/<slug:slug>/related/", views.related, name="related"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
]
