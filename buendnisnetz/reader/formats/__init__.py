"""One module per file format, each with `read(content, name) -> str`; loaded only when needed."""
