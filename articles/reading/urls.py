from django.urls import path

from articles.reading import views

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", views.articles, name="articles"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
]
