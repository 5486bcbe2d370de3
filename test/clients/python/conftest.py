"""The running system that the tests talk to comes from the environment, as test/clients/run.ts sets it."""

import os

import pytest


@pytest.fixture(scope="session")
def url() -> str:
    return os.environ["TOLLGATE_URL"]


@pytest.fixture(scope="session")
def api_key() -> str:
    return os.environ["TOLLGATE_API_KEY"]
