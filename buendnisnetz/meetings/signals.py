"""What this room announces to the rooms above."""

from django.dispatch import Signal

# Sent inside the transaction, with poll, meeting (that it became) and actor. Whoever listens writes in
# the same transaction.
poll_decided = Signal()
