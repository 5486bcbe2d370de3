"""The README's sample of the Python SDK, run as it is written, but for the URL of the system and the key."""

import re
import subprocess
import sys

from official_sdk import DOCUMENT, Sdk, settled


def test_sample_sends_its_event(url: str, api_key: str) -> None:
    readme = (DOCUMENT.parents[1] / "README.md").read_text()
    [sample] = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    there = sample.replace("http://127.0.0.1:4000", url).replace("sk_local_example", api_key)
    event_id = subprocess.run([sys.executable, "-c", there], capture_output=True, text=True, check=True).stdout.strip()
    found = settled(Sdk(url, api_key, is_async=False), event_id)
    assert found.event.properties == {"tokens": "1250"}
