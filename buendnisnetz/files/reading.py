"""Reading files that lie in pieces elsewhere."""

import io


class AnyPlace:
    """Where in a file one reads, for files that are read from any place on."""

    size: int
    _at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        beginning = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, beginning + offset)
        return self._at
