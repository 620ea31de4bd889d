"""The WSGI application that granian serves."""

import gc
import os

# Nothing of what is loaded here is ever freed: collecting during the start, or going through it
# again with every later collection, would only cost time.
gc.disable()

# What splits compound words takes 40 MB and half a second to load, while somebody waits: the worker
# has it anyway and does it within the minute.
os.environ["BUENDNISNETZ_SPLIT_COMPOUNDS"] = "0"

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
gc.freeze()
gc.enable()
