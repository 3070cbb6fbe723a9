"""Addresses: a slug for every question, and none twice."""

from __future__ import annotations

import re

from django.utils.text import slugify

from articles.models import SLUG_LENGTH, Article, Topic

ROOM = 8
"""Characters kept free for the number that tells equal questions apart."""


def stem(text: str, fallback: str) -> str:
    """The slug of a text, cut at a word, with room for a number."""
    slug = slugify(text)[: SLUG_LENGTH - ROOM]
    if len(slug) == SLUG_LENGTH - ROOM and "-" in slug:
        slug = slug.rpartition("-")[0]
    return slug.strip("-") or fallback


def numbered(base: str, taken: set[str]) -> str:
    """`base`, or the first of base-2, base-3 … that is not taken; it is taken now."""
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug


def free(question: str) -> str:
    """A slug for a new article's question."""
    base = stem(question, "article")
    taken = Article.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    return numbered(base, set(taken))


def fits(slug: str, question: str) -> bool:
    """Whether the slug is the question's, with or without a number."""
    base = re.escape(stem(question, "article"))
    return re.fullmatch(f"{base}(-[0-9]+)?", slug) is not None


def topic(name: str) -> Topic:
    """The topic of that name, made if it is new."""
    name = " ".join(name.split())[:200]
    known = Topic.objects.filter(name__iexact=name).first()
    if known:
        return known
    base = stem(name, "topic")
    taken = Topic.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    return Topic.objects.create(name=name, slug=numbered(base, set(taken)))
