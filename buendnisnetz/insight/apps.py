from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "buendnisnetz.insight"
