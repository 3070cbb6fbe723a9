"""Every setting, once, safe by default. What an operator may change is in env."""

from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from csp.constants import NONCE

from config import env, logs, places, secret, services

# Where, and for whom

BASE_DIR = places.BASE
VAR_DIR = places.var()
PORT = env.integer("PORT", 8000, least=1, most=65535)
SITE_URL = env.site("SITE_URL", f"http://localhost:{PORT}")
SECURE = SITE_URL.startswith("https://")
BEHIND_PROXY = env.boolean("BEHIND_PROXY")
DEBUG = env.boolean("DEBUG")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", (*LOOPBACK, urlsplit(SITE_URL).hostname or "")
)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# Secrets

SECRET_KEY = env.string("SECRET_KEY") or secret.kept(VAR_DIR / "secret-key")
SIGNING_KEY = env.hex_key("SIGNING_KEY") or secret.kept(
    VAR_DIR / "signing-key",
    lambda: Ed25519PrivateKey.generate().private_bytes_raw().hex(),
)
SIGNING_KEYS_RETIRED = env.hex_keys("SIGNING_KEYS_RETIRED")
CHECKPOINT_FILE = env.string("CHECKPOINT_FILE", str(VAR_DIR / "checkpoints.jsonl"))

# What is installed

INSTALLED_APPS = [
    "editorial.apps.EditorialConfig",
    "reviews.apps.ReviewsConfig",
    "articles.apps.ArticlesConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_prose_editor",  # for its static files
    "simple_history",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.caching.NobodyKeeps",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.sent.Storable",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "editorial.context.house",
            ],
        },
    },
]

# Rows. No ATOMIC_REQUESTS: a deed opens its own short transaction.

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": services.database("DATABASE_URL", VAR_DIR / "db.sqlite3")
    | {"ATOMIC_REQUESTS": False},
}
CACHES = {
    # In the database: limits on signing in must hold while the broker is down.
    "default": {
        "BACKEND": "config.limits.Limits",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
SIMPLE_HISTORY_REVERT_DISABLED = True

# People

AUTH_USER_MODEL = "editorial.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600

ACCOUNT_ADAPTER = "config.accounts.AccountAdapter"
ACCOUNT_FORMS = {"login": "config.sign_in.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator vouches for the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key,10/h/key",  # a key: account and network
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/h/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "confirm_email": "1/3m/key",
    "manage_email": "10/m/user",
    "signup": "10/h/ip",
    "look_up": "200/h/user,1000/d/user",  # works asked for at Crossref or PubMed
    "report_error": "5/h/ip,20/d/ip,100/d/key",  # a key: an article
    "write_to": "3/d/key",  # a key: an address that a reader left
    "ask": "60/m/ip",
    "keep": "10/h/key,30/d/key",  # what was sent after a session had ended
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Imprimatur"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

# Sessions and forms

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "editorial.views.stale.refused"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a review of a long article
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = [
    "config.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# What browsers are told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", NONCE],  # said only where a page asks for one
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = SECURE and BEHIND_PROXY
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.HashedStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# Stored pages are sent from below all of the above; see config.front

PAGE_MEMORY = env.integer("PAGE_MEMORY", 64, least=1, most=65536) * 1024 * 1024
PDF = env.boolean("PDF", default=True)
NUMBERS_CHECKED_ON = env.day("NUMBERS_CHECKED_ON")

# Mail

globals().update(services.email("EMAIL_URL", VAR_DIR / "mail"))  # EMAIL_*
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", "Imprimatur <desk@demo.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Looking works up at Crossref and PubMed: off, unless the house wants it

WORK_LOOKUP = env.boolean("WORK_LOOKUP")
WORK_LOOKUP_CONTACT = env.mailbox("WORK_LOOKUP_CONTACT")

# The queue. A message is a doorbell: the job is a row, so a lost message is a delay.
# No eta and no countdown: what is due later is found by the schedule.

REDIS_URL = services.redis("REDIS_URL", places.broker_socket(VAR_DIR))
CELERY_BROKER_URL = services.celery_broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 1,
    "socket_connect_timeout": 0.25,
    "socket_keepalive": True,
    "health_check_interval": 25,
    "max_retries": 0,
}
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 240  # below the visibility timeout, or a task runs twice
CELERY_TASK_SOFT_TIME_LIMIT = 200
CELERY_WORKER_CONCURRENCY = env.integer("WORKER_PROCESSES", 2, least=1, most=64)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "editorial.tasks.sweep", "schedule": 15},
    "publish_due": {"task": "editorial.tasks.publish_due", "schedule": 60},
    "remind": {"task": "editorial.tasks.remind", "schedule": 15 * 60},
    "checkpoint": {"task": "editorial.tasks.checkpoint", "schedule": 5 * 60},
    "forget_sessions": {"task": "editorial.tasks.forget_sessions", "schedule": 3600},
    "forget_limits": {"task": "editorial.tasks.forget_limits", "schedule": 3600},
}

# Logs: no locals, no addresses of people, no query strings

LOG_FORMAT = env.choice("LOG_FORMAT", "line", among=("line", "json"))
LOG_LEVEL = env.choice("LOG_LEVEL", "info", among=("debug", "info", "warning", "error"))
LOGGING = logs.configuration(LOG_FORMAT, LOG_LEVEL)
