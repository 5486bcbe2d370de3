"""The newest official SDK, synchronous and asynchronous, through every method that this system has a route for."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flexprice.models import errors
from official_sdk import Sdk, methods_in_scope, settled

NOW = datetime.now(UTC)
YESTERDAY = (NOW - timedelta(days=1)).isoformat()

TERMS = {
    "entity_type": "PLAN",
    "currency": "usd",
    "billing_model": "FLAT_FEE",
    "billing_period": "MONTHLY",
    "billing_period_count": 1,
    "invoice_cadence": "ARREAR",
    "price_unit_type": "FIAT",
}
USAGE = {**TERMS, "type_": "USAGE", "start_date": YESTERDAY}
FIXED = {**TERMS, "type_": "FIXED", "start_date": YESTERDAY}


def unique(name: str) -> str:
    return f"{name}-{uuid.uuid4()}"


@pytest.fixture(scope="module", params=["sync", "async"])
def sdk(request: pytest.FixtureRequest, url: str, api_key: str) -> Iterator[Sdk]:
    opened = Sdk(url, api_key, is_async=request.param == "async")
    yield opened
    opened.close()


@pytest.fixture
def customer(sdk: Sdk) -> Any:
    return sdk.customers.create_customer(external_id=unique("customer"), name="Example", email="user@example.com")


@pytest.fixture
def feature(sdk: Sdk) -> Any:
    name = unique("tokens")
    return sdk.features.create_feature(
        name=name,
        type_="metered",
        unit_singular="token",
        unit_plural="tokens",
        meter={
            "name": "Tokens",
            "event_name": name,
            "aggregation": {"type": "SUM", "field": "tokens"},
            "filters": [{"key": "model", "values": ["large", "small"]}],
            "reset_usage": "BILLING_PERIOD",
        },
    )


@pytest.fixture
def plan(sdk: Sdk) -> Any:
    return sdk.plans.create_plan(name=unique("Plan"), lookup_key=unique("plan"))


def subscribe(sdk: Sdk, plan: Any, customer: Any, **fields: Any) -> Any:
    start = {} if fields.get("subscription_status") == "draft" else {"start_date": YESTERDAY}
    return sdk.subscriptions.create_subscription(
        plan_id=plan.id,
        customer_id=customer.id,
        currency="usd",
        billing_period="MONTHLY",
        **start,
        **fields,
    )


def send(sdk: Sdk, customer: Any, feature: Any, tokens: list[str]) -> list[str]:
    events = [
        {
            "event_id": unique("evt/1"),
            "event_name": feature.name,
            "external_customer_id": customer.external_id,
            "timestamp": datetime.now(UTC).isoformat(),
            "source": "sdk",
            "properties": {"model": "large", "tokens": count},
        }
        for count in tokens
    ]
    accepted = sdk.events.ingest_events_bulk(events=events)
    assert "message" in accepted
    for event in events:
        settled(sdk, event["event_id"])
    return [event["event_id"] for event in events]


def test_events_are_explained_listed_and_added_up(sdk: Sdk, customer: Any, feature: Any, plan: Any) -> None:
    price = sdk.prices.create_price(**USAGE, entity_id=plan.id, meter_id=feature.meter_id, amount="0.01")
    subscription = subscribe(sdk, plan, customer)
    event_id = unique("evt/1")
    accepted = sdk.events.ingest_event(
        event_id=event_id,
        event_name=feature.name,
        external_customer_id=customer.external_id,
        properties={"model": "small", "tokens": "12.5"},
        source="sdk",
    )
    assert accepted["event_id"] == event_id
    found = settled(sdk, event_id)
    assert (found.status, found.event.id, found.event.source) == ("processed", event_id, "sdk")
    assert found.event.properties == {"model": "small", "tokens": "12.5"}
    [billed] = found.processed_events
    assert (billed.customer_id, billed.subscription_id) == (customer.id, subscription.id)
    assert (billed.price_id, billed.meter_id, billed.feature_id) == (price.id, feature.meter_id, feature.id)
    assert float(billed.qty_total) == 12.5

    ids = send(sdk, customer, feature, ["1", "1"])
    page = sdk.events.list_raw_events(external_customer_id=customer.external_id, page_size=2)
    assert (len(page.events), page.has_more, page.total_count) == (2, True, 3)
    rest = sdk.events.list_raw_events(external_customer_id=customer.external_id, iter_last_key=page.iter_last_key)
    assert sorted(event.id for event in page.events + rest.events) == sorted([event_id, *ids])

    asked = {"external_customer_id": customer.external_id}
    usage = sdk.events.get_usage_statistics(
        **asked, event_name=feature.name, aggregation_type="SUM", property_name="tokens", window_size="MONTH"
    )
    assert (usage.type, usage.value, sum(window.value for window in usage.results)) == ("SUM", 14.5, 14.5)
    assert sdk.events.get_usage_by_meter(**asked, meter_id=feature.meter_id).value == 14.5
    analytics = sdk.events.get_usage_analytics(**asked, group_by=["properties.model"], window_size="DAY")
    assert (analytics.total_cost, analytics.currency) == ("0.145", "usd")
    shares = sorted((item.properties["model"], item.total_usage, item.event_count) for item in analytics.items)
    assert shares == [("large", "2", 2), ("small", "12.5", 1)]
    assert {sum(float(point.usage) for point in item.points) for item in analytics.items} == {2, 12.5}


def test_events_that_are_not_billed_tell_the_cause(sdk: Sdk, customer: Any, feature: Any, plan: Any) -> None:
    sdk.prices.create_price(**USAGE, entity_id=plan.id, meter_id=feature.meter_id, amount="0.01")

    def cause(**fields: str) -> Any:
        event = {"event_name": feature.name, "external_customer_id": customer.external_id, **fields}
        sent = sdk.events.ingest_event(**event, properties={"model": "large", "tokens": "1"})
        found = settled(sdk, sent["event_id"])
        assert found.status == "failed"
        return found.debug_tracker.failure_point

    assert cause(external_customer_id=unique("stranger")).failure_point_type == "customer_lookup"
    assert cause(event_name=unique("other")).failure_point_type == "meter_lookup"
    unsubscribed = cause()
    assert unsubscribed.failure_point_type == "subscription_line_item_lookup"
    assert unsubscribed.error.http_status_code >= 400


def test_what_is_owed_granted_and_used(sdk: Sdk, customer: Any, feature: Any, plan: Any) -> None:
    tiers = [{"up_to": 1, "unit_amount": "0.5"}, {"unit_amount": "0.25"}]
    tiered = {**USAGE, "billing_model": "TIERED", "tier_mode": "SLAB", "tiers": tiers}
    price = sdk.prices.create_price(**tiered, entity_id=plan.id, meter_id=feature.meter_id)
    granted = sdk.entitlements.create_entitlement(
        plan_id=plan.id, feature_id=feature.id, feature_type="metered", usage_limit=1, usage_reset_period="MONTHLY"
    )
    assert (granted.feature.id, granted.usage_limit) == (feature.id, 1)
    assert sdk.entitlements.update_entitlement(id=granted.id, usage_limit=2).usage_limit == 2
    assert sdk.entitlements.get_entitlement(id=granted.id).usage_limit == 2
    seats = sdk.features.create_feature(name=unique("seats"), type_="static")
    items = [{"plan_id": plan.id, "feature_id": seats.id, "feature_type": "static", "static_value": "5"}]
    [static] = sdk.entitlements.create_entitlements_bulk(items=items).items
    assert static.static_value == "5"
    found = sdk.entitlements.query_entitlement(plan_ids=[plan.id], is_enabled=True)
    assert {item.id for item in found.items} == {granted.id, static.id}
    assert {item.id for item in sdk.entitlements.get_plan_entitlements(id=plan.id).items} == {granted.id, static.id}

    committed = {"commitment_amount": "10", "overage_factor": "2", "enable_true_up": True}
    subscription = subscribe(sdk, plan, customer, **committed)
    assert (subscription.commitment_amount, subscription.enable_true_up) == ("10", True)
    send(sdk, customer, feature, ["1", "3"])
    usage = sdk.subscriptions.get_subscription_usage(subscription_id=subscription.id)
    assert (usage.amount, usage.has_overage, usage.commitment_utilized) == (0.75, False, 0.75)
    assert [(charge.quantity, charge.price.id) for charge in usage.charges] == [(4, price.id)]
    # 4 units less 2 that are free, at 0.5 and 0.25; and what the usage lacks to the commitment.
    invoice = sdk.invoices.get_invoice_preview(subscription_id=subscription.id)
    assert [(line.price_type, line.amount) for line in invoice.line_items] == [("USAGE", "0.75"), ("FIXED", "9.25")]
    assert (invoice.subtotal, invoice.amount_due) == ("10", "10")

    asked = {"feature_ids": [feature.id, seats.id], "subscription_ids": [subscription.id, "none"]}
    summary = sdk.customers.get_customer_usage_summary(customer_lookup_key=customer.external_id, **asked)
    used = {item.feature.id: (item.total_limit, item.current_usage) for item in summary.features}
    assert used[feature.id] == (2, "4")
    of_features = {"id": subscription.id, "feature_ids": [feature.id, seats.id]}
    of_subscription = sdk.subscriptions.get_subscription_entitlements(**of_features)
    of_customer = sdk.customers.get_customer_entitlements(id=customer.id)
    by_external_id = sdk.customers.get_customer_entitlements_by_external_id(external_id=customer.external_id)
    for answer in (of_subscription, of_customer, by_external_id):
        limits = {item.feature.id: item.entitlement for item in answer.features}
        assert limits[feature.id].usage_limit == 2
        assert limits[seats.id].static_values == ["5"]
    assert sdk.entitlements.delete_entitlement(id=static.id).message
    assert [item.id for item in sdk.entitlements.get_plan_entitlements(id=plan.id).items] == [granted.id]


def test_customers_features_and_plans(sdk: Sdk, customer: Any, feature: Any, plan: Any) -> None:
    assert sdk.customers.get_customer(id=customer.id).email == "user@example.com"
    assert sdk.customers.get_customer_by_external_id(external_id=customer.external_id).id == customer.id
    assert [item.id for item in sdk.customers.query_customer(external_id=customer.external_id).items] == [customer.id]
    assert sdk.customers.update_customer(id=customer.id, name="Renamed").name == "Renamed"
    sdk.prices.create_price(**FIXED, entity_id=plan.id, amount="20")
    subscription = subscribe(sdk, plan, customer)
    listed = sdk.customers.get_subscriptions_for_customer(external_id=customer.external_id)
    assert [item.id for item in listed.items] == [subscription.id]
    stranger = sdk.customers.create_customer(external_id=unique("stranger"), name="Stranger")
    sdk.customers.delete_customer(id=stranger.id)
    with pytest.raises(errors.FlexpriceError):
        sdk.customers.get_customer(id=stranger.id)

    assert [item.id for item in sdk.features.query_feature(name_contains=feature.name).items] == [feature.id]
    assert sdk.features.update_feature(id=feature.id, description="Tokens").description == "Tokens"
    assert sdk.features.delete_feature(id=feature.id).message

    assert sdk.plans.get_plan(id=plan.id).lookup_key == plan.lookup_key
    assert [item.id for item in sdk.plans.query_plan(plan_ids=[plan.id]).items] == [plan.id]
    assert sdk.plans.update_plan(id=plan.id, description="Ours").description == "Ours"
    assert sdk.plans.delete_plan(id=plan.id).message
    assert sdk.plans.get_plan(id=plan.id).status == "archived"


def test_prices_and_line_items(sdk: Sdk, customer: Any, feature: Any, plan: Any) -> None:
    lookup_key = unique("price")
    usage = {**{key: value for key, value in USAGE.items() if key != "type_"}, "type": "USAGE"}
    fields = {**usage, "entity_id": plan.id, "meter_id": feature.meter_id}
    packages, tiered = sdk.prices.create_prices_bulk(
        items=[
            {
                **fields,
                "billing_model": "PACKAGE",
                "amount": "5",
                "transform_quantity": {"divide_by": 10, "round": "up"},
                "lookup_key": lookup_key,
            },
            {**fields, "billing_model": "TIERED", "tier_mode": "VOLUME", "tiers": [{"unit_amount": "0.5"}]},
        ]
    ).items
    assert (packages.billing_model, tiered.billing_model) == ("PACKAGE", "TIERED")
    assert sdk.prices.get_price_by_lookup_key(lookup_key=lookup_key).id == packages.id
    assert sdk.prices.get_price(id=tiered.id).tier_mode == "VOLUME"
    fee = sdk.prices.create_price(**FIXED, entity_id=plan.id, amount="10")
    assert {item.id for item in sdk.prices.query_price(plan_ids=[plan.id]).items} == {packages.id, tiered.id, fee.id}

    subscription = subscribe(sdk, plan, customer, subscription_status="draft", billing_cycle="calendar")
    assert subscription.subscription_status == "draft"
    activated = sdk.subscriptions.activate_subscription(id=subscription.id, start_date=YESTERDAY)
    assert activated.subscription_status == "active"
    added = sdk.subscriptions.create_subscription_line_item(id=subscription.id, price_id=packages.id)
    assert added.price_id == packages.id
    changed = sdk.subscriptions.update_subscription_line_item(id=added.id, amount="7")
    assert changed.id != added.id
    found = sdk.subscriptions.query_subscription_line_items(subscription_ids=[subscription.id])
    assert changed.id in {item.id for item in found.items}
    ended = sdk.subscriptions.delete_subscription_line_item(id=changed.id)
    assert (ended.id, ended.end_date is None) == (changed.id, False)

    changed_price = sdk.prices.update_price(id=fee.id, amount="12")
    assert (changed_price.amount, changed_price.parent_price_id) == ("12", fee.id)
    assert sdk.prices.delete_price(id=changed_price.id).message
    assert sdk.prices.get_price(id=changed_price.id).end_date


def test_price_units(sdk: Sdk, plan: Any) -> None:
    code = uuid.uuid4().hex[:3]
    unit = sdk.price_units.create_price_unit(
        name="Credits", code=code, symbol="C", base_currency="usd", conversion_rate="0.01"
    )
    assert (unit.code, unit.conversion_rate) == (code, "0.01")
    assert sdk.price_units.get_price_unit(id=unit.id).code == code
    assert sdk.price_units.get_price_unit_by_code(code=code).id == unit.id
    assert sdk.price_units.update_price_unit(id=unit.id, name="Points").name == "Points"
    assert [item.id for item in sdk.price_units.query_price_unit(price_unit_ids=[unit.id]).items] == [unit.id]
    assert unit.id in {item.id for item in sdk.price_units.list_price_units().items}
    custom = {**FIXED, "price_unit_type": "CUSTOM"}
    config = {"price_unit": code, "amount": "1500"}
    price = sdk.prices.create_price(**custom, entity_id=plan.id, price_unit_config=config)
    assert (price.amount, price.price_unit_amount) == ("15", "1500")
    assert sdk.price_units.delete_price_unit(id=unit.id).message
    assert sdk.price_units.get_price_unit(id=unit.id).status == "archived"


def test_subscriptions(sdk: Sdk, customer: Any, plan: Any) -> None:
    sdk.prices.create_price(**FIXED, entity_id=plan.id, amount="20")
    subscription = subscribe(sdk, plan, customer)
    assert sdk.subscriptions.get_subscription(id=subscription.id).plan.id == plan.id
    cancel_at = (NOW + timedelta(days=5)).isoformat()
    changed = sdk.subscriptions.update_subscription(id=subscription.id, cancel_at=cancel_at, cancel_at_period_end=True)
    assert (changed.cancel_at_period_end, changed.end_date) == (True, changed.cancel_at)
    expand = "subscription_line_items,plan,customer"
    expanded = sdk.subscriptions.get_subscription_v2(id=subscription.id, expand=expand)
    assert (expanded.customer.id, len(expanded.line_items)) == (customer.id, 1)
    found = sdk.subscriptions.query_subscription(external_customer_id=customer.external_id)
    assert [item.id for item in found.items] == [subscription.id]
    cancelled = sdk.subscriptions.cancel_subscription(id=subscription.id, cancellation_type="immediate")
    assert (cancelled.subscription_id, cancelled.status) == (subscription.id, "cancelled")


def test_api_keys(sdk: Sdk) -> None:
    created = sdk.secrets.create_api_key(name="second", type_="private_key")
    assert created.api_key.startswith("sk_")
    assert created.secret.id in {item.id for item in sdk.secrets.list_api_keys(limit=1000).items}
    sdk.secrets.delete_api_key(id=created.secret.id)


def test_errors_have_the_one_shape(sdk: Sdk, url: str) -> None:
    with pytest.raises(errors.FlexpriceError) as unknown:
        sdk.customers.get_customer(id="unknown")
    assert unknown.value.status_code == 404
    with pytest.raises(errors.ErrorResponse) as empty:
        sdk.events.ingest_event(event_name="", external_customer_id="")
    assert (empty.value.status_code, empty.value.data.code) == (400, "validation_error")
    stranger = Sdk(url, "sk_unknown", is_async=False)
    with pytest.raises(errors.FlexpriceError) as refused:
        stranger.events.list_raw_events()
    assert refused.value.status_code == 401
    stranger.close()


def test_every_method_in_scope_was_called(sdk: Sdk) -> None:
    assert len(methods_in_scope()) > 60
    assert sdk.called >= methods_in_scope()
