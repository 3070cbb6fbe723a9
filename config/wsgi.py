import os

from django.core.wsgi import get_wsgi_application

from config import celery, env, memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

with env.one_sentence():
    application = get_wsgi_application()
    celery.be_brief()
    memory.settle()
