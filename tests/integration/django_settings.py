"""One process tests pages and store: the web's settings, with a secret that is written nowhere."""

import secrets

from guantong.web import django_settings as web

globals().update({name: value for name, value in vars(web).items() if name.isupper()})
SECRET_KEY = secrets.token_urlsafe(48)
