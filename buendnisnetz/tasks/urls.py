"""Addresses of this room, below ``/aufgaben/``."""

from django.urls import path

from buendnisnetz.tasks.views import answers, lists, tasks

app_name = "tasks"

urlpatterns = [
    path("", lists.TaskListView.as_view(), name="task_list"),
    path("nie-erledigt/", lists.PromiseListView.as_view(), name="promise_list"),
    path("zahlen/", lists.task_figures, name="task_figures"),
    path("tafel/", lists.task_board, name="task_board"),
    path("neu/", tasks.task_create, name="task_create"),
    path("antwort/<str:token>/", answers.answer, name="answer"),
    path("<str:public_id>/", tasks.task_detail, name="task_detail"),
    path("<str:public_id>/bearbeiten/", tasks.task_edit, name="task_edit"),
    path("<str:public_id>/stand/", tasks.task_status, name="task_status"),
    path("<str:public_id>/kommentar/", tasks.task_comment, name="task_comment"),
    path("<str:public_id>/eingetreten/", tasks.task_happened, name="task_happened"),
    path("<str:public_id>/erinnern/", tasks.task_remind, name="task_remind"),
]
