"""Writes what the request models of the official Python SDK send: by operation that Tollgate serves, the names in query and body.

    python3 -m venv /tmp/sdk && /tmp/sdk/bin/pip install flexprice==VERSION
    /tmp/sdk/bin/python test/support/sdk/python-sdk-fields.py > test/fixtures/python-sdk-fields.json

`a[].b` is a field of the items of a list, `a{}.b` one of the values of a map. test/contract/sdk-requests.test.ts reads it.
"""

import inspect
import json
import pathlib
import re
import typing
from importlib.metadata import version

import flexprice
from flexprice import models
from flexprice.types import BaseModel
from flexprice.utils.metadata import FieldMetadata

repository = pathlib.Path(__file__).parents[2]


def template(method: str, path: str) -> str:
    """The operation without the names of its path parameters."""
    return f"{method.upper()} {re.sub(r'{[^}]*}', '{}', path)}"


def models_in(annotation: object) -> list:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in typing.get_args(annotation) for model in models_in(argument)]


def container(annotation: object) -> str:
    origin = typing.get_origin(annotation)
    if origin in (list, dict):
        return "[]" if origin is list else "{}"
    return next((kind for argument in typing.get_args(annotation) if (kind := container(argument))), "")


def fields_of(model: type, above: tuple = ()) -> list[str]:
    if model in above:
        return []
    fields = []
    for name, field in model.model_fields.items():
        wire = field.alias or name
        fields.append(wire)
        for inner in models_in(field.annotation):
            fields += [f"{wire}{container(field.annotation)}.{below}" for below in fields_of(inner, (*above, model))]
    return fields


def request_of(model: type) -> dict:
    places = {
        name: [item for item in field.metadata if isinstance(item, FieldMetadata)]
        for name, field in model.model_fields.items()
    }
    if not any(places.values()):
        return {"query": [], "body": sorted(set(fields_of(model)))}
    query, body = [], []
    for name, metadata in places.items():
        field = model.model_fields[name]
        if any(item.query for item in metadata):
            query.append(field.alias or name)
        if any(item.request for item in metadata):
            body += [name for inner in models_in(field.annotation) for name in fields_of(inner)]
    return {"query": sorted(query), "body": sorted(set(body))}


def requests() -> dict:
    found: dict = {}
    for file in sorted(pathlib.Path(flexprice.__file__).parent.glob("*.py")):
        for method in re.split(r"\n    (?:async )?def ", file.read_text())[1:]:
            path, verb = re.search(r'path="([^"]+)"', method), re.search(r'method="(\w+)"', method)
            sent = re.search(r"\n        request = models\.(\w+)\(", method) or re.search(
                r"unmarshal\(request, models\.(\w+)\)", method
            )
            if path and verb:
                request = request_of(getattr(models, sent[1])) if sent else {"query": [], "body": []}
                found.setdefault(template(verb[1], path[1]), request)
    return found


description = json.loads((repository / "docs" / "openapi.json").read_text())
served = {template(verb, path) for path, item in description["paths"].items() for verb in item}
operations = {name: request for name, request in sorted(requests().items()) if name in served}
print(json.dumps({"version": version("flexprice"), "operations": operations}, indent=2))
