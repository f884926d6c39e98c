"""Sends every sample event to a function in the runtime interface emulator and checks the responses.

try-package.py ADDRESS FOLDER [--without-dynamodb]: with the last, those that need the table of agents are left out.
"""

import json
import pathlib
import sys
import time
import urllib.error
import urllib.request

address, folder = sys.argv[1], pathlib.Path(sys.argv[2])
without = "--without-dynamodb" in sys.argv
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def send(event):
    """Returns the response; retries while the emulator does not listen yet."""
    until = time.monotonic() + 60
    while True:
        try:
            request = urllib.request.Request(address, json.dumps(event).encode())
            with opener.open(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.URLError as problem:
            if isinstance(problem, urllib.error.HTTPError) or time.monotonic() > until:
                raise
            time.sleep(0.05)


passed, wrong, sets = 0, [], set()
begun = time.monotonic()
for path in sorted(folder.glob("*.json")):
    event = json.loads(path.read_text())
    if event.get("agents"):
        continue  # stands in for a table that is not filled here
    expected = event.pop("expect")
    try:
        answer = send(event)
    except (OSError, ValueError) as problem:
        sys.exit(f"{path.name}: no answer: {problem}")
    headers = {name.lower(): value for name, value in (answer.get("headers") or {}).items()}
    if answer.get("statusCode") != expected["status"]:
        wrong.append(f"{path.name}: {answer.get('statusCode')} {answer.get('errorMessage') or ''} and not {expected['status']}")
        continue
    if not headers.get("decision-id"):
        wrong.append(f"{path.name}: no Decision-Id")
        continue
    for name, value in (expected.get("headers") or {}).items():
        if name.lower() != "location" and headers.get(name.lower(), "") != value:
            wrong.append(f"{path.name}: {name} is {headers.get(name.lower())!r} and not {value!r}")
    if "policy-set" in headers:
        sets.add(headers["policy-set"])
    passed += 1

what = "with DynamoDB stopped" if without else "with DynamoDB"
print(f"{what}: {passed} responses as expected, {len(wrong)} not, in {time.monotonic() - begun:.1f} s")
for line in wrong:
    print("  " + line)
if len(sets) != 1:
    print(f"  decided by {len(sets)} policy sets and not by one: {sorted(sets)}")
sys.exit(1 if wrong or len(sets) != 1 or not passed else 0)
