"""A coverage-guided fuzzer for the reader, run by hand; see docs/reader.md.

python -m tests.reader.fuzz_reader -max_total_time=60
python -m tests.reader.fuzz_reader -runs=20000 CORPUS_FOLDER
"""

import sys

import atheris

with atheris.instrument_imports(include=["buendnisnetz.reader"]):
    from buendnisnetz.reader import ReaderError, load_document, read_entries, read_minutes
    from buendnisnetz.reader.document import LARGEST_FILE


def one_input(content: bytes) -> None:
    """Bytes as a file, and the same bytes as text; only the reader's own errors may come out."""
    try:
        text = load_document(content[:LARGEST_FILE], "fuzz")
    except ReaderError:
        text = atheris.FuzzedDataProvider(content).ConsumeUnicode(4_000)
    minutes = read_minutes(text)
    for item in (*minutes.decisions, *minutes.tasks, *minutes.participants, *minutes.agenda):
        if not 0 <= item.span[0] <= item.span[1] <= len(minutes.text):
            raise AssertionError(item)
    read_entries(text, minutes)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
