"""Who may open which page of the room ``tasks``."""

from tests.access.expected.groups import EVERY_ROLE, PUBLIC, WITH_ALLIANCES

ROUTES = {
    "tasks:answer": PUBLIC,
    "tasks:promise_list": EVERY_ROLE,
    "tasks:task_board": EVERY_ROLE,
    "tasks:task_comment": EVERY_ROLE,
    "tasks:task_create": WITH_ALLIANCES,
    "tasks:task_detail": EVERY_ROLE,
    "tasks:task_edit": EVERY_ROLE,
    "tasks:task_figures": EVERY_ROLE,
    "tasks:task_happened": EVERY_ROLE,
    "tasks:task_list": EVERY_ROLE,
    "tasks:task_remind": EVERY_ROLE,
    "tasks:task_status": EVERY_ROLE,
}
