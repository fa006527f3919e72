"""What downstream of crypto-live-pool-pipelines picks up: the live pool, and word of a new one.

Python 3.9 and its standard library. The rules are those of the TypeScript client; both give the
same results on the same golden vectors.
"""

from .accept import Candidate, ReaderSettings, describe_refusal, judge
from .files import FileSequence, MemorySequence, TextFile
from .google import firestore_document, firestore_rest_document, pull, storage_rest_object
from .load import load_live_pool
from .publication import Permanent, Publication
from .resolve import resolve
from .subscribe import DeadLetter, Settled, live_pool_published_callback, on_live_pool_published

__all__ = [
    "Candidate",
    "DeadLetter",
    "FileSequence",
    "MemorySequence",
    "Permanent",
    "Publication",
    "ReaderSettings",
    "Settled",
    "TextFile",
    "describe_refusal",
    "firestore_document",
    "firestore_rest_document",
    "judge",
    "live_pool_published_callback",
    "load_live_pool",
    "on_live_pool_published",
    "pull",
    "resolve",
    "storage_rest_object",
]
