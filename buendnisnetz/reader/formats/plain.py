"""Plain text in whatever encoding it was saved."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What German offices saved text in before UTF-8.
_OLD_ENCODINGS = ["cp1252", "cp850", "mac_roman", "cp1250"]
_SAMPLE = 40_000


def read(content: bytes, name: str) -> str:
    """The text of a plain file."""
    return decode(content, name)


def decode(content: bytes, name: str) -> str:
    """Decode by mark, as UTF-8, as UTF-16 without a mark, or by likelihood.

    Bytes that fit nowhere become replacement signs: a document with one broken letter is still
    worth reading.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\x00" in content[:4_000]:
        wide = _wide(content)
        if wide is not None:
            return wide
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _likely(content)


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    sample = content[:4_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.3 * len(sample) / 2 or min(even, odd) > 0.1 * len(sample):
        return None
    return content.decode("utf-16-le" if odd > even else "utf-16-be", errors="replace")


def _likely(content: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- only old files need it

    match = from_bytes(content[:_SAMPLE], cp_isolation=_OLD_ENCODINGS).best()
    return content.decode(match.encoding if match else "cp1252", errors="replace")
