"""The reader's own family of exceptions.

Each carries one German sentence that a volunteer understands and that says what to do
(S120). Nothing else leaves the library when a document is bad.
"""


class ReaderError(Exception):
    """A document that cannot be read; `sentence` is shown to the user as it stands."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class MissingFileError(ReaderError):
    """There is no readable file at this path."""


class EmptyDocumentError(ReaderError):
    """The file holds no text at all."""


class UnknownFormatError(ReaderError):
    """The content is none of the formats that the reader knows, whatever the name says."""


class BrokenFileError(ReaderError):
    """The format is right, the file is damaged."""


class EncryptedFileError(ReaderError):
    """The file asks for a password."""


class NoTextLayerError(ReaderError):
    """A PDF made of pictures."""


class TooLargeError(ReaderError):
    """More bytes, characters or unpacked bytes than the reader takes."""


class TooManyPagesError(ReaderError):
    """A PDF beyond the page limit."""


class TimeLimitError(ReaderError):
    """The child process was stopped because it took too long."""


class MemoryLimitError(ReaderError):
    """The child process was stopped because it needed too much memory."""
