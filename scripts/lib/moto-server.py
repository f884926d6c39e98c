"""A moto server that takes one request after the other: moto.py PORT (0 is any free port), which it prints.

Of its own, moto answers requests at the same time and its DynamoDB transactions are not isolated from each other; DynamoDB's are.
"""

import sys

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

server = make_server("127.0.0.1", int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=False)
print(f"MOTO_ENDPOINT=http://127.0.0.1:{server.port}", flush=True)
server.serve_forever()
