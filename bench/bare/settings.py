"""The smallest Django project that shows a list: what every Django site costs at least."""

from buendnisnetz.config.settings.base import DATABASES as OURS

SECRET_KEY = "bench"
DATABASES = OURS
INSTALLED_APPS = ["bench.bare"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "bench.bare.urls"
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
LANGUAGE_CODE = "de"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
