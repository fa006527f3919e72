"""Hearing of every promotion once, and only of what has been proven."""

import threading
from typing import Any, Callable, Dict, NamedTuple, Optional

from .files import MemorySequence
from .publication import PermanentError, Publication, ReadObject, decode_event, verify


class DeadLetter(NamedTuple):
    """A message that nothing can be done with, and why."""

    message_id: str
    data: bytes
    attributes: Dict[str, str]
    reason: str


def delivery_problem(message: Any) -> Optional[str]:
    """Why not every part of a message can be read, or None. Such a message is not a broken event:
    what could be kept as a dead letter would not be what was published."""
    identity, data, attributes = message.message_id, message.data, message.attributes
    if not isinstance(identity, str) or not identity:
        return f"message: expected an id, got {identity!r}"
    if not isinstance(data, (bytes, bytearray, memoryview)):
        return f"message: expected data as bytes, got {str(data)[:80]!r}"
    # Google's own client hands over a mapping that is no dict.
    if not hasattr(attributes, "keys") or not all(
        isinstance(text, str) for pair in dict(attributes).items() for text in pair
    ):
        return f"message: expected attributes as texts, got {str(attributes)[:80]!r}"
    return None


class DeliveryResult(NamedTuple):
    """How one message ended: handled, dropped, dead_letter, or again."""

    outcome: str
    message_id: str
    promotion_seq: Optional[int] = None
    reason: Optional[str] = None


def live_pool_published_callback(
    handler: Callable[[Publication], None],
    read_object: ReadObject,
    dead_letter: Callable[[DeadLetter], None],
    sequence: Any = None,
    report: Callable[[DeliveryResult], None] = lambda settled: None,
) -> Callable[[Any], DeliveryResult]:
    """A callback for ``google.cloud.pubsub_v1``'s ``subscriber.subscribe(path, callback)``.

    Calls ``handler`` once for each promotion that is later than the last one handled, with
    everything it names fetched and proven. One message at a time. A duplicate or an earlier
    promotion is acknowledged and dropped; what is broken goes to ``dead_letter`` and is
    acknowledged; where a store, the handler or the dead letter fails, or the message itself cannot
    be read, it comes again.
    ``read_object`` returns the bytes at a ``gs://`` URI, or None if there is no such object.
    """
    seen = MemorySequence() if sequence is None else sequence
    one_at_a_time = threading.Lock()

    def send_to_dead_letters(message: Any, seq: Optional[int], error: PermanentError) -> DeliveryResult:
        attributes = dict(message.attributes)
        dead_letter(DeadLetter(message.message_id, message.data, attributes, str(error)))
        return DeliveryResult("dead_letter", message.message_id, seq, str(error))

    def take(message: Any) -> DeliveryResult:
        seq = None
        problem = delivery_problem(message)
        if problem is not None:
            return DeliveryResult("again", str(message.message_id), None, problem)
        try:
            event = decode_event(message.data)
            seq = event["payload"]["promotion_seq"]
            last = seen.read()
            if seq <= last:
                reason = f"promotion {last} was handled before"
                return DeliveryResult("dropped", message.message_id, seq, reason)
            publication = verify(event, read_object)
        except PermanentError as error:
            return send_to_dead_letters(message, seq, error)
        handler(publication)
        seen.write(seq)
        return DeliveryResult("handled", message.message_id, seq)

    def callback(message: Any) -> DeliveryResult:
        with one_at_a_time:
            try:
                settled = take(message)
            except Exception as error:  # a store, the handler: it may succeed later
                settled = DeliveryResult("again", message.message_id, None, str(error))
            if settled.outcome == "again":
                message.nack()
            else:
                message.ack()
        report(settled)
        return settled

    return callback


def on_live_pool_published(subscribe: Callable[[Callable[[Any], Any]], Any], *args: Any,
                           **kwargs: Any) -> Any:
    """Subscribes the callback: ``subscribe`` is e.g. ``partial(subscriber.subscribe, path)``. The
    other arguments go to ``live_pool_published_callback``. Returns what ``subscribe`` returns."""
    return subscribe(live_pool_published_callback(*args, **kwargs))
