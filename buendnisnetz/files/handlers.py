"""The limit for uploads in one request, enforced while they are read."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class LimitHandler(FileUploadHandler):
    """Stops keeping a file that grows over the limit; the other fields of the form are still read,
    and ``request.upload_too_large`` tells the form."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._size += len(raw_data)
        if self._size > settings.LARGEST_UPLOAD:
            request: Any = self.request
            request.upload_too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one keep the file."""
