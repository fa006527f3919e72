"""Ready-made readers: Google's own clients, handed in, or their REST interfaces over urllib."""

import base64
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Callable, Dict, List, Optional

DOCUMENT = "strategy/CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL"


def firestore_document(
    client: Any, path: str = DOCUMENT, timeout: float = 10.0
) -> Callable[[], Optional[Dict[str, Any]]]:
    """Reads the document with a ``google.cloud.firestore.Client``."""
    return lambda: client.document(path).get(timeout=timeout).to_dict()


def _call(url: str, body: Any, token: Optional[str], timeout: float) -> Optional[bytes]:
    """None for 404. ``token`` is an OAuth access token; emulators need none."""
    headers = {"Content-Type": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode("utf-8")
    request = urllib.request.Request(url, data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return response.read()
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


def _base(variable: str, real: str) -> str:
    host = os.environ.get(variable)
    if not host:
        return f"https://{real}"
    return host if "://" in host else f"http://{host}"


def _value(typed: Dict[str, Any]) -> Any:
    """A value of Firestore's REST interface, which names the type of each."""
    ((kind, value),) = typed.items()
    if kind == "mapValue":
        return {name: _value(member) for name, member in value.get("fields", {}).items()}
    if kind == "arrayValue":
        return [_value(member) for member in value.get("values", [])]
    return int(value) if kind == "integerValue" else value


def firestore_rest_document(
    project: str,
    path: str = DOCUMENT,
    database: str = "(default)",
    token: Optional[str] = None,
    timeout: float = 10.0,
) -> Callable[[], Optional[Dict[str, Any]]]:
    """Reads the document over REST; at FIRESTORE_EMULATOR_HOST if that is set."""
    base = _base("FIRESTORE_EMULATOR_HOST", "firestore.googleapis.com")
    url = f"{base}/v1/projects/{project}/databases/{database}/documents/{path}"

    def read() -> Optional[Dict[str, Any]]:
        found = _call(url, None, token, timeout)
        return None if found is None else _value({"mapValue": json.loads(found)})

    return read


def storage_rest_object(
    token: Optional[str] = None, timeout: float = 60.0
) -> Callable[[str], Optional[bytes]]:
    """Reads objects by their gs:// URI over REST; at STORAGE_EMULATOR_HOST if that is set."""
    base = _base("STORAGE_EMULATOR_HOST", "storage.googleapis.com")

    def read(uri: str) -> Optional[bytes]:
        bucket, _, name = uri[len("gs://") :].partition("/")
        quoted = urllib.parse.quote(name, safe="")
        return _call(f"{base}/storage/v1/b/{bucket}/o/{quoted}?alt=media", None, token, timeout)

    return read


def _bytes_of(data: Any) -> Any:
    """Decodes base64, strictly: without that, what is not base64 would be skipped."""
    try:
        return base64.b64decode(data, validate=True)
    except (TypeError, ValueError):
        return data


class RestMessage:
    """A pulled message, as the callback of a subscription expects it."""

    def __init__(self, call: Callable[[str, Any], Any], received: Dict[str, Any]) -> None:
        # What cannot be read is left as it is: the callback refuses it without acknowledging it,
        # and one odd message does not keep the others of the pull from being read.
        message = received.get("message") or {}
        self.message_id = message.get("messageId")
        self.data = _bytes_of(message.get("data", ""))
        self.attributes = message.get("attributes", {})
        self._ids = {"ackIds": [received["ackId"]]}
        self._call = call

    def ack(self) -> None:
        self._call("acknowledge", self._ids)

    def nack(self) -> None:
        self._call("modifyAckDeadline", {**self._ids, "ackDeadlineSeconds": 0})


def pull(
    project: str,
    subscription: str,
    maximum: int = 1,
    token: Optional[str] = None,
    timeout: float = 90.0,
) -> List[RestMessage]:
    """Messages of a pull subscription over REST; at PUBSUB_EMULATOR_HOST if that is set. May come
    back empty-handed after a while: then pull again."""
    base = _base("PUBSUB_EMULATOR_HOST", "pubsub.googleapis.com")
    at = f"{base}/v1/projects/{project}/subscriptions/{subscription}"

    def call(verb: str, body: Any) -> Any:
        answer = _call(f"{at}:{verb}", body, token, timeout)
        if answer is None:
            raise LookupError(f"there is no subscription {subscription} in {project}")
        return json.loads(answer or b"{}")

    received = call("pull", {"maxMessages": maximum}).get("receivedMessages", [])
    return [RestMessage(call, one) for one in received]
