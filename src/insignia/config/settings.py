"""Django's settings, read from the environment; `docs/operate/settings.md` explains each name.

Three places, the first that has a value wins: the process environment; `settings.env` in the secrets folder, which
`insignia init` writes; the defaults below. Secrets have no default: without one the process may run checks and
migrations, and `insignia serve` refuses to start.
"""

import os
import secrets
from pathlib import Path

from environs import Env

PACKAGE = Path(__file__).resolve().parent.parent

env = Env()
DATA_FOLDER = Path(env.str("INSIGNIA_DATA", "data")).expanduser().resolve()
# Beside the data folder, never inside it: a copy of the data alone must not be able to sign.
SECRETS_FOLDER = (
    Path(env.str("INSIGNIA_SECRETS", "") or DATA_FOLDER.with_name(DATA_FOLDER.name + ".secrets")).expanduser().resolve()
)
if (SECRETS_FOLDER / "settings.env").is_file():
    env.read_env(str(SECRETS_FOLDER / "settings.env"), recurse=False, override=False)


def secret(name: str) -> str:
    """The value of `name`, of the file that `name_FILE` points to, or of the file `name` in the secrets folder; else ""."""
    if value := env.str(name, ""):
        return value
    path = Path(env.str(f"{name}_FILE", "") or SECRETS_FOLDER / name.lower().removeprefix("insignia_"))
    try:
        return path.read_text().strip()
    except (FileNotFoundError, PermissionError, NotADirectoryError):
        return ""


DEBUG = env.bool("INSIGNIA_DEBUG", False)
DEMO = env.bool("INSIGNIA_DEMO", False)

SECRET_KEY = secret("INSIGNIA_SECRET_KEY")
SECRET_KEY_IS_EPHEMERAL = not SECRET_KEY
if SECRET_KEY_IS_EPHEMERAL:
    SECRET_KEY = secrets.token_urlsafe(48)
SECRET_KEY_FALLBACKS: list[str] = env.list("INSIGNIA_SECRET_KEY_FALLBACKS", [])
KEY_ENCRYPTION_FILE = Path(env.str("INSIGNIA_KEY_ENCRYPTION_FILE", "") or SECRETS_FOLDER / "key-encryption")

PUBLIC_URL = env.str("INSIGNIA_PUBLIC_URL", "http://localhost:8000").rstrip("/")
_scheme, _, _authority = PUBLIC_URL.partition("://")
_host = _authority.rsplit(":", 1)[0] if not _authority.endswith("]") else _authority
ALLOWED_HOSTS = [_host, "localhost", "127.0.0.1", "[::1]", *env.list("INSIGNIA_HOSTS", [])]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
if _scheme == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("INSIGNIA_REDIRECT_TO_HTTPS", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "insignia.edges.web",
    "django_cotton",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "insignia.domain.journal",
    "insignia.domain.people",
    "insignia.domain.institutions",
    "insignia.domain.frameworks",
    "insignia.domain.catalog",
    "insignia.domain.credentials",
    "insignia.domain.awards",
    "insignia.domain.proposals.forms",
    "insignia.domain.proposals.bodies",
    "insignia.domain.proposals.writing",
    "insignia.domain.proposals.intents",
    "insignia.domain.proposals.workflow",
    "insignia.domain.proposals.meetings",
    "insignia.domain.proposals.production",
    "insignia.domain.notifications",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "insignia.edges.web.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "insignia.edges.web.http.ErrorPages",
    "insignia.edges.web.uploads.BodyLimit",
    "insignia.edges.web.tenant.TenantOfUrl",
    "insignia.edges.web.second_factor.SecondFactor",
]

ROOT_URLCONF = "insignia.demo.urls" if DEMO else "insignia.config.urls"
WSGI_APPLICATION = "insignia.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Each audience keeps its pages beside its views.
        "DIRS": [
            PACKAGE / "edges/web/templates",
            *sorted(PACKAGE.glob("edges/web/*/templates")),
            PACKAGE / "demo/templates",
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "insignia.edges.web.context.site",
            ],
            "builtins": ["insignia.edges.web.templatetags.insignia", "django.templatetags.i18n"],
        },
    }
]
COTTON_DIR = "components"
# A component knows what it is given, and nothing of the page around it.
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database: SQLite unless DATABASE_URL names another. `insignia doctor` reads the profile back.
SQLITE_PROFILE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;",
}
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_FOLDER / 'insignia.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = SQLITE_PROFILE
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People and sign-in
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "insignia.edges.web.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _scheme
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _scheme == "http"
MFA_TOTP_ISSUER = "Insignia"
SOCIALACCOUNT_ONLY = False
# An address asserted by an identity provider never links accounts by itself.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": env.json("INSIGNIA_OIDC", [])}}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_home"
SECOND_FACTOR_REQUIRED = env.bool("INSIGNIA_SECOND_FACTOR_REQUIRED", True)
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "insignia.edges.web.http.csrf_failure"

# --- Words and times
LANGUAGE_CODE = env.str("INSIGNIA_LANGUAGE", "en")
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("INSIGNIA_STATIC", "") or DATA_FOLDER / "static")
_manifest = (STATIC_ROOT / "staticfiles.json").is_file()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _manifest
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _manifest
WHITENOISE_MAX_AGE = 60 if not _manifest else 3600
MEDIA_ROOT = DATA_FOLDER / "files"
# A roster of 5 MB and its form; anything larger is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# --- Mail
_mail = env.dj_email_url("INSIGNIA_MAIL_URL", "smtp://localhost:25")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("INSIGNIA_MAIL_FROM", "Insignia <insignia@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_PER_MINUTE = env.int("INSIGNIA_MAIL_PER_MINUTE", 60)
MAIL_RETURN = env.str("INSIGNIA_MAIL_RETURN", "")

# --- Background work and the outside
ENGINE = env.str("INSIGNIA_ENGINE", "embedded")
BROKER_URL = env.str("INSIGNIA_BROKER_URL", "")
# How long a worker that fell silent is believed to be at work; another then takes what it had in hand.
LEASE_SECONDS = env.float("INSIGNIA_LEASE_SECONDS", 30.0)
FETCH_ALLOW: list[str] = env.list("INSIGNIA_FETCH_ALLOW", [])
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("INSIGNIA_LOG_LEVEL", "INFO")},
}
if "PYTEST_VERSION" in os.environ:
    # Hashing costs what it should in production; in tests it would be most of the time.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
