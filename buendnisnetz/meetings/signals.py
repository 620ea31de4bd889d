"""What this room announces to the rooms above."""

from django.dispatch import Signal

# Sent inside the transaction, with poll, meeting (that it became) and actor. Whoever listens writes in
# the same transaction.
poll_decided = Signal()
# Sent within the transaction, with meeting (public id): its public copy is new, says something else,
# is printed, or is gone. A job queued by a receiver is not lost.
public_copy_changed = Signal()
