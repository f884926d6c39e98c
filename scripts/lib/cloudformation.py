"""CloudFormation as far as DescribeStacks goes: cloudformation.py FILE; prints its address.

FILE holds the stack's parameters and outputs as JSON, read anew at each call; while it is not there, neither is the stack.
"""

import http.server
import json
import pathlib
import sys
from xml.sax.saxutils import escape

file = pathlib.Path(sys.argv[1])
SPACE = 'xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"'


def members(kind, values):
    return "".join(
        f"<member><{kind}Key>{escape(name)}</{kind}Key><{kind}Value>{escape(value)}</{kind}Value></member>"
        for name, value in values.items()
    )


class Answers(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        if file.exists():
            stack = json.loads(file.read_text())
            status, body = 200, (
                f"<DescribeStacksResponse {SPACE}><DescribeStacksResult><Stacks><member><StackName>ci</StackName>"
                "<StackId>arn:aws:cloudformation:us-east-1:123456789012:stack/ci/1</StackId>"
                f"<StackStatus>UPDATE_COMPLETE</StackStatus><Parameters>{members('Parameter', stack['parameters'])}</Parameters>"
                f"<Outputs>{members('Output', stack['outputs'])}</Outputs></member></Stacks></DescribeStacksResult>"
                "</DescribeStacksResponse>"
            )
        else:
            status, body = 400, (
                f"<ErrorResponse {SPACE}><Error><Type>Sender</Type><Code>ValidationError</Code>"
                "<Message>Stack with id ci does not exist</Message></Error></ErrorResponse>"
            )
        self.send_response(status)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
