"""The WSGI application that granian serves."""

import gc

# Nothing of what is loaded here is ever freed: collecting during the start, or going through it
# again with every later collection, would only cost time.
gc.disable()

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
gc.freeze()
gc.enable()
