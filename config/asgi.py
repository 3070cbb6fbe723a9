import os
import sys

from django.core.asgi import get_asgi_application

from config.env import Malformed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

try:
    application = get_asgi_application()
except Malformed as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(2)
