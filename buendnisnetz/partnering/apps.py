from django.apps import AppConfig


class PartneringConfig(AppConfig):
    name = "buendnisnetz.partnering"
