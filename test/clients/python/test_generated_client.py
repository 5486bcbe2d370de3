"""A client that openapi-python-client makes of docs/openapi.json: without a warning, and it works."""

import importlib
import json
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from official_sdk import DOCUMENT


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("generated")
    command = ["generate", "--path", DOCUMENT, "--output-path", folder, "--overwrite", "--fail-on-warning"]
    program = Path(sys.executable).with_name("openapi-python-client")
    path = {"PATH": str(program.parent)}
    made = subprocess.run([program, *command], capture_output=True, text=True, env=path)
    assert (made.returncode, "WARNING" in made.stdout) == (0, False), made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    return importlib.import_module("tollgate_client")


def test_has_every_operation(generated: ModuleType) -> None:
    paths = json.loads(DOCUMENT.read_text())["paths"]
    operations = [operation for methods in paths.values() for operation in methods.values()]
    made = list(Path(generated.__path__[0]).glob("api/*/[!_]*.py"))
    assert len(made) == len(operations)


def test_makes_ten_calls(generated: ModuleType, url: str, api_key: str) -> None:
    client = generated.AuthenticatedClient(
        base_url=f"{url}/v1",
        token=api_key,
        prefix="",
        auth_header_name="x-api-key",
        raise_on_unexpected_status=True,
    )
    models = importlib.import_module("tollgate_client.models")

    def call(tag: str, operation: str, /, **arguments: Any) -> Any:
        answer = importlib.import_module(f"tollgate_client.api.{tag}.{operation}").sync(client=client, **arguments)
        assert not isinstance(answer, models.Problem), answer
        return answer

    def body(tag: str, operation: str, model: str, /, **fields: Any) -> Any:
        return call(tag, operation, body=getattr(models, model).from_dict(fields))

    run = f"generated-{time.time_ns()}"
    customer = body("customers", "create_customer", "CreateCustomer", external_id=run, name="Acme Inc.")
    aggregation = {"type": "SUM", "field": "tokens"}
    meter = body(
        "meters",
        "create_meter",
        "CreateMeter",
        name="Tokens",
        event_name=run,
        aggregation=aggregation,
        reset_usage="BILLING_PERIOD",
    )
    plan = body("plans", "create_plan", "CreatePlan", name=run)
    price = body(
        "prices",
        "create_price",
        "CreatePrice",
        entity_type="PLAN",
        entity_id=plan.id,
        type="USAGE",
        meter_id=meter.id,
        currency="usd",
        amount="0.02",
        billing_model="FLAT_FEE",
        billing_period="MONTHLY",
        billing_period_count=1,
        invoice_cadence="ARREAR",
    )
    terms = {"plan_id": plan.id, "currency": "usd", "billing_period": "MONTHLY"}
    subscription = body("subscriptions", "create_subscription", "CreateSubscription", customer_id=customer.id, **terms)
    assert [item.price_id for item in subscription.line_items] == [price.id]

    sent = {"event_name": run, "external_customer_id": run, "properties": {"tokens": 12.5}}
    accepted = body("events", "ingest_event", "Event", **sent)
    deadline = time.monotonic() + 20
    look_up = importlib.import_module("tollgate_client.api.events.get_event")
    found = look_up.sync(client=client, id=accepted.event_id)
    while isinstance(found, models.Problem) or found.status == "processing":
        assert time.monotonic() < deadline
        time.sleep(0.05)
        found = look_up.sync(client=client, id=accepted.event_id)
    assert (found.status, found.event.properties["tokens"]) == ("processed", 12.5)
    assert [item.price_id for item in found.processed_events] == [price.id]

    assert body("usage", "query_meter_usage", "MeterUsageRequest", meter_id=meter.id).value == 12.5
    invoice = body("charges", "preview_invoice", "InvoicePreviewRequest", subscription_id=subscription.id)
    assert [(line.quantity, line.amount) for line in invoice.line_items] == [("12.5", "0.25")]
    listed = call("events", "list_events", external_customer_id=run)
    assert [event.id for event in listed.events] == [accepted.event_id]
