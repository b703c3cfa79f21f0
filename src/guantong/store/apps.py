"""The store as a Django application."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The application `store`; its tables begin with that word."""

    name = "guantong.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "贯通数据"
