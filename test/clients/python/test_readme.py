"""The README's sample of the Python SDK, run as it is written."""

import re
import subprocess
import sys

from official_sdk import DOCUMENT, Sdk, settled


def test_sample_sends_its_event(url: str, api_key: str) -> None:
    readme = (DOCUMENT.parents[1] / "README.md").read_text()
    [sample] = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    env = {"TOLLGATE_URL": url, "TOLLGATE_API_KEY": api_key}
    command = [sys.executable, "-c", sample]
    event_id = subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout.strip()
    found = settled(Sdk(url, api_key, is_async=False), event_id)
    assert found.event.properties == {"tokens": "1250"}
