from django.urls import path

from articles.reading import views

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", views.articles, name="articles"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("articles/<slug:slug>/", views.stored, name="article"),
    path(
        "articles/<slug:slug>/for/<slug:audience>/", views.rendition, name="rendition"
    ),
    path("articles/<slug:slug>/versions/", views.stored, name="article-versions"),
    path(
        "articles/<slug:slug>/versions/<int:number>/",
        views.stored,
        name="article-version",
    ),
    path(
        "articles/<slug:slug>/versions/<int:number>/canonical.json",
        views.stored,
        name="article-canonical",
    ),
    path("articles/<slug:slug>/record/", views.stored, name="article-record"),
]
