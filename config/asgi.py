import os

from django.core.asgi import get_asgi_application

from config import celery, env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

with env.one_sentence():
    application = get_asgi_application()
    celery.be_brief()
