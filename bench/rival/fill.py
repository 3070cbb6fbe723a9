"""`python -m bench.rival.fill TITLE`: make the site; its article's body is read from stdin."""

import sys

import django

django.setup()

from django.core.management import call_command
from wagtail.models import Page, Site

from bench.rival.models import ArticlePage

call_command("makemigrations", "rival", verbosity=0)
call_command("migrate", verbosity=0)
home = Page.objects.get(depth=2)
title, body = sys.argv[1], sys.stdin.read()
article = ArticlePage(title=title, slug="article", body=body, show_in_menus=True)
home.add_child(instance=article)
Site.objects.update(hostname="127.0.0.1")
