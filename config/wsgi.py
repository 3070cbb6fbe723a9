import os

from django.core.wsgi import get_wsgi_application

from config import celery, env, memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

with env.one_sentence():
    behind = get_wsgi_application()

# Django is made ready above, before its models are read.
from config.front import Front

application = Front(behind)
celery.be_brief()
memory.settle()
