"""Who may open which page of the room ``upkeep``."""

from buendnisnetz.accounts.enums import Role
from tests.access.expected.groups import KEEPERS, PUBLIC, WITH_ALLIANCES, WITH_POSTS

# Whoever keeps an entry that anybody may propose a correction for.
WITH_ENTRIES = WITH_POSTS | {Role.MEMBER}

ROUTES = {
    "upkeep:correction_create": PUBLIC,
    "upkeep:correction_decide": WITH_ENTRIES,
    "upkeep:correction_detail": WITH_ENTRIES,
    "upkeep:correction_list": WITH_ENTRIES,
    "upkeep:correction_reopen": WITH_ENTRIES,
    "upkeep:double_again": WITH_ALLIANCES,
    "upkeep:double_create": WITH_ALLIANCES,
    "upkeep:double_detail": WITH_ALLIANCES,
    "upkeep:double_different": WITH_ALLIANCES,
    "upkeep:double_list": WITH_ALLIANCES,
    "upkeep:double_merge": KEEPERS,
    "upkeep:double_propose": WITH_ALLIANCES,
    "upkeep:double_search": KEEPERS,
    "upkeep:export": WITH_ALLIANCES,
    "upkeep:export_file": WITH_ALLIANCES,
    "upkeep:list_again": WITH_ALLIANCES,
    "upkeep:list_columns": WITH_ALLIANCES,
    "upkeep:list_columns_again": WITH_ALLIANCES,
    "upkeep:list_confirm": WITH_ALLIANCES,
    "upkeep:list_detail": WITH_ALLIANCES,
    "upkeep:list_discard": WITH_ALLIANCES,
    "upkeep:list_faulty_file": WITH_ALLIANCES,
    "upkeep:list_file": WITH_ALLIANCES,
    "upkeep:list_list": WITH_ALLIANCES,
    "upkeep:list_sheet": WITH_ALLIANCES,
    "upkeep:list_undo": WITH_ALLIANCES,
    "upkeep:list_upload": WITH_ALLIANCES,
    "upkeep:merge_detail": KEEPERS,
    "upkeep:merge_list": KEEPERS,
    "upkeep:merge_undo": KEEPERS,
    "upkeep:overview": WITH_ENTRIES,
    "upkeep:row_detail": WITH_ALLIANCES,
    "upkeep:row_list": WITH_ALLIANCES,
    "upkeep:rows_decide": WITH_ALLIANCES,
    "upkeep:rows_take": WITH_ALLIANCES,
}
