from django.urls import path

from articles.reading import searching, views
from articles.reading.outlets import corrections

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", views.articles, name="articles"),
    path("corrections/", corrections.notices, name="corrections"),
    path("corrections/<slug:kind>/", corrections.notices, name="corrections-of"),
    path("search/", searching.search, name="search"),
    path("articles/<slug:slug>/related/", views.related, name="related"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
]
