"""One process tests both doors' pages and the store: the web's settings with what the store brings."""

from guantong.store.configuration import APPS, django_parts
from guantong.web import django_settings as web

_store = django_parts(web.GUANTONG)
globals().update({name: value for name, value in vars(web).items() if name.isupper()})
globals().update(_store)
INSTALLED_APPS = list(dict.fromkeys([*web.INSTALLED_APPS, *APPS]))
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W003"]
