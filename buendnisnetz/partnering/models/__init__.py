"""The data model of winning partners, introductions and exchange."""

from buendnisnetz.partnering.models.benefit import Benefit, PracticeCard
from buendnisnetz.partnering.models.exchange import (
    Booking,
    Exchange,
    GroupInterest,
    InterestProfile,
    Resource,
    ResourceWish,
)
from buendnisnetz.partnering.models.interest import HandOver, Interest, Notice, WithdrawalLink
from buendnisnetz.partnering.models.introduction import (
    ContactPoint,
    FirstContact,
    Introduction,
    IntroductionSide,
    LetterTemplate,
)
from buendnisnetz.partnering.models.prospect import (
    Prospect,
    ProspectStep,
    ProspectTask,
    SilenceSetting,
)
from buendnisnetz.partnering.models.stakeholder import (
    ContactNote,
    Stakeholder,
    StakeholderInvitation,
)
from buendnisnetz.partnering.models.strategy import StrategyAim, StrategyMeasure, StrategyMessage

__all__ = [
    "Benefit",
    "Booking",
    "ContactNote",
    "ContactPoint",
    "Exchange",
    "FirstContact",
    "GroupInterest",
    "HandOver",
    "Interest",
    "InterestProfile",
    "Introduction",
    "IntroductionSide",
    "LetterTemplate",
    "Notice",
    "PracticeCard",
    "Prospect",
    "ProspectStep",
    "ProspectTask",
    "Resource",
    "ResourceWish",
    "SilenceSetting",
    "Stakeholder",
    "StakeholderInvitation",
    "StrategyAim",
    "StrategyMeasure",
    "StrategyMessage",
    "WithdrawalLink",
]
