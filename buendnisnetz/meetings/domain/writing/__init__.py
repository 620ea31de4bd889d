"""Writing minutes while people speak: several at once, with lost connections, and no word lost."""
