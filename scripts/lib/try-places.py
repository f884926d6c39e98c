"""Sends requests from two addresses to a function in the runtime interface emulator; a database has to locate them.

try-places.py FUNCTION FRONT: FRONT is address (an HTTP API's event) or alb (a load balancer's).
"""

import json
import sys
import time
import urllib.error
import urllib.request

function, front = sys.argv[1:]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PATH = "/bases/main.cvd"
# Networks that have been where they are for decades: Google's in the US, the German National Library's.
CASES = [("8.8.8.8", 451, "US"), ("193.175.100.1", 302, "DE"), ("192.168.1.1", 451, "unknown")]


def event(client):
    # What clients write themselves, on the left of what the load balancer appends or in headers of an edge, counts for nothing.
    if front == "alb":
        return {
            "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/x/1"}},
            "httpMethod": "GET",
            "path": PATH,
            "multiValueQueryStringParameters": {},
            "multiValueHeaders": {"x-forwarded-for": ["193.175.100.1, " + client], "cloudfront-viewer-country": ["DE"]},
            "body": "",
            "isBase64Encoded": False,
        }
    return {
        "version": "2.0",
        "rawPath": PATH,
        "rawQueryString": "",
        "headers": {"x-forwarded-for": "193.175.100.1, 193.175.100.1", "cloudfront-viewer-country": "DE"},
        "requestContext": {
            "requestId": "places",
            "timeEpoch": 1790000000000,
            "http": {"method": "GET", "path": PATH, "sourceIp": client},
        },
        "isBase64Encoded": False,
    }


def send(client):
    """Returns the response; retries while the emulator does not listen yet."""
    until = time.monotonic() + 60
    while True:
        try:
            request = urllib.request.Request(function, json.dumps(event(client)).encode())
            with opener.open(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.URLError as problem:
            if isinstance(problem, urllib.error.HTTPError) or time.monotonic() > until:
                raise
            time.sleep(0.05)


wrong = []
for client, status, place in CASES:
    try:
        answer = send(client)
    except (OSError, ValueError) as problem:
        sys.exit(f"no answer: {problem}")
    if answer.get("statusCode") != status or status == 451 and f"region: {place}" not in answer.get("body", ""):
        wrong.append(f"{client}: {json.dumps(answer)[:600]}")
print(f"{front}, with an address database: {len(CASES) - len(wrong)} responses as expected, {len(wrong)} not")
for line in wrong:
    print("  " + line)
sys.exit(1 if wrong else 0)
