"""The official SDK as its users have it. Every answer is also held against the SDK's types strictly, without the
conversions that its own reading allows."""

import asyncio
import importlib
import inspect
import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_type_hints

import httpx
from flexprice import Flexprice
from flexprice.models import errors
from pydantic import TypeAdapter

DOCUMENT = Path(__file__).parents[3] / "docs" / "openapi.json"


def _route(method: str, path: str) -> tuple[str, str]:
    return method.upper(), re.sub(r"\{\w+\}", "{}", path)


def methods_in_scope() -> set[str]:
    """The names, as in `events.ingest_event`, of those methods of the SDK whose routes this system has."""
    paths = json.loads(DOCUMENT.read_text())["paths"]
    routes = {_route(method, path) for path, methods in paths.items() for method in methods}
    return {
        f"{resource}.{name}"
        for resource, (module, kind) in Flexprice._sub_sdk_map.items()
        for name, source in _sources(getattr(importlib.import_module(module), kind))
        if (request := re.search(r'method="(\w+)",\s*path="([^"]+)"', source))
        and _route(request[1], request[2]) in routes
    }


def _sources(resource: type) -> Iterator[tuple[str, str]]:
    for name, method in inspect.getmembers(resource, inspect.isfunction):
        if not name.startswith("_") and not name.endswith("_async"):
            yield name, inspect.getsource(method)


def _without_blanks(answered: str) -> str:
    """Of the choices of the upstream "" is none, which its SDK's types do not say."""
    return json.dumps(json.loads(answered, object_pairs_hook=lambda pairs: {key: of for key, of in pairs if of != ""}))


class _Resource:
    def __init__(self, call: Callable[[str, dict[str, Any]], Any]) -> None:
        self._call = call

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda **arguments: self._call(name, arguments)


class Sdk:
    """`sdk.events.ingest_event(…)` calls that method, or `ingest_event_async` and waits for it."""

    def __init__(self, url: str, api_key: str, *, is_async: bool) -> None:
        self.called: set[str] = set()
        self._is_async = is_async
        self._runner = asyncio.Runner()
        self._answered = ""
        self._flexprice = Flexprice(
            server_url=f"{url}/v1",
            api_key_auth=api_key,
            client=httpx.Client(event_hooks={"response": [self._keep]}),
            async_client=httpx.AsyncClient(event_hooks={"response": [self._keep_async]}),
        )

    def _keep(self, response: httpx.Response) -> None:
        self._answered = response.read().decode()

    async def _keep_async(self, response: httpx.Response) -> None:
        self._answered = (await response.aread()).decode()

    def __getattr__(self, resource: str) -> _Resource:
        return _Resource(lambda name, arguments: self._call(resource, name, arguments))

    def _call(self, resource: str, name: str, arguments: dict[str, Any]) -> Any:
        method = getattr(getattr(self._flexprice, resource), name)
        if self._is_async:
            coroutine = getattr(getattr(self._flexprice, resource), f"{name}_async")
            answer = self._runner.run(coroutine(**arguments))
        else:
            answer = method(**arguments)
        self.called.add(f"{resource}.{name}")
        if answer is not None:
            TypeAdapter(get_type_hints(method)["return"]).validate_json(_without_blanks(self._answered), strict=True)
        return answer

    def close(self) -> None:
        self._runner.close()


def settled(sdk: Sdk, event_id: str) -> Any:
    """The event once it is processed: until then it is not found, or `processing`."""
    now = datetime.now(UTC)
    deadline = time.monotonic() + 20
    while True:
        try:
            found = sdk.events.get_event(
                id=event_id,
                external_customer_id="",
                start_time=(now - timedelta(days=1)).isoformat(),
                end_time=(now + timedelta(days=1)).isoformat(),
            )
            if found.status != "processing":
                return found
        except errors.FlexpriceError as error:
            assert error.status_code == 404
        assert time.monotonic() < deadline, f"{event_id} is not processed"
        time.sleep(0.05)
