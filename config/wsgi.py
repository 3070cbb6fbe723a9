import os
import sys

from django.core.wsgi import get_wsgi_application

from config.env import Malformed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

try:
    application = get_wsgi_application()
except Malformed as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(2)
