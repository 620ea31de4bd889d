"""What this room keeps: what ought to be there, how alliances are looked after, self-checks."""

from buendnisnetz.insight.models.care import AllianceTopic, SponsorTalk
from buendnisnetz.insight.models.composition import Requirement, StateSettings
from buendnisnetz.insight.models.coverage import NoContactMark
from buendnisnetz.insight.models.self_check import CheckAnswer, CheckTask, SelfCheck

__all__ = [
    "AllianceTopic",
    "CheckAnswer",
    "CheckTask",
    "NoContactMark",
    "Requirement",
    "SelfCheck",
    "SponsorTalk",
    "StateSettings",
]
