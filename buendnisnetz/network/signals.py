"""What this room announces to the rooms above."""

from django.dispatch import Signal

# Sent after commit, with term_id, post_id, person_id and last_day: a hint that may be lost.
# Whoever must not miss it also asks domain.queries.holders.
term_ended = Signal()

# Sent inside the transaction, with post, reason (a ContactTrouble), words and now: a contact has to
# be asked by a person. Whoever listens writes in the same transaction.
contact_troubled = Signal()

# Sent within the transaction, with alliance (public id): its profile says something else, also
# whether everybody may see it.
alliance_edited = Signal()

# Sent within the transaction, with person (public id): a job queued by a receiver is not lost.
consent_changed = Signal()
