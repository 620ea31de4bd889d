"""Those who may open a page, by name."""

from buendnisnetz.accounts.enums import Role

EVERY_ROLE = frozenset(Role)
# Also without a sign-in.
PUBLIC = frozenset({*Role, "public"})
# Also accounts that hold no role.
SIGNED_IN = frozenset({*Role, "signed in"})
KEEPERS = frozenset({Role.STATE_COORDINATION, Role.ADMINISTRATOR})
WITH_ALLIANCES = KEEPERS | {Role.ALLIANCE_COORDINATOR}
WITH_CHAMBERS = KEEPERS | {Role.CHAMBER}
WITH_MEMBERS = KEEPERS | {Role.CHAMBER, Role.MEMBER}
WITH_POSTS = KEEPERS | {Role.ALLIANCE_COORDINATOR, Role.DISTRICT_PLANNER, Role.CHAMBER}
WITH_ALLIANCES_AND_CHAMBERS = WITH_ALLIANCES | {Role.CHAMBER}
WITH_ORGANISATIONS = WITH_ALLIANCES | {Role.CHAMBER, Role.MEMBER}
ALL_BUT_THE_MINISTRY = EVERY_ROLE - {Role.MINISTRY}
