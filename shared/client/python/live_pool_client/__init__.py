"""What downstream of crypto-live-pool-pipelines picks up: the live pool, and word of a new one.

Python 3.9 and its standard library. The TypeScript client applies the same rules; both give the
same results on the same golden vectors.
"""

from .acceptance import Candidate, ReaderSettings, describe_rejection, validate_candidate
from .files import FileSequence, MemorySequence, TextFile
from .google import firestore_document, firestore_rest_document, pull, storage_rest_object
from .load import load_live_pool
from .publication import PermanentError, Publication
from .resolve import resolve
from .subscribe import DeadLetter, DeliveryResult, live_pool_published_callback, on_live_pool_published

# Former names, kept for one release.
Permanent = PermanentError
Settled = DeliveryResult
describe_refusal = describe_rejection
judge = validate_candidate

__all__ = [
    "Candidate",
    "DeadLetter",
    "DeliveryResult",
    "FileSequence",
    "MemorySequence",
    "Permanent",
    "PermanentError",
    "Publication",
    "ReaderSettings",
    "Settled",
    "TextFile",
    "describe_refusal",
    "describe_rejection",
    "firestore_document",
    "firestore_rest_document",
    "judge",
    "live_pool_published_callback",
    "load_live_pool",
    "on_live_pool_published",
    "pull",
    "resolve",
    "storage_rest_object",
    "validate_candidate",
]
