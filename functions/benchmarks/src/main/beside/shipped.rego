# The shipped policy's rules (functions/policies/us-icts-2021-002.yaml), for OPA. Times in milliseconds since the epoch.
package shipped

import rego.v1

places := {"US", "PR", "GU", "VI", "AS", "MP", "UM"}

exempt_products := {"threat-intelligence", "security-training"}

exempt_activities := {"informational"}

phases := [
	{"from": 1721448000000, "refuses": {"new-agreement"}},
	{
		"from": 1727582400000,
		"refuses": {
			"signature-update", "patch-update", "telemetry", "resale",
			"integration", "licensing", "unclassified",
		},
	},
]

applies if {
	not input.product in exempt_products
	not input.activity in exempt_activities
	some phase in phases
	input.time >= phase.from
	input.activity in phase.refuses
}

reached if input.located in places

reached if {
	some country in input.registered
	country in places
}

default outcome := "serve"

outcome := "refuse" if {
	applies
	reached
}

outcome := "undetermined" if {
	applies
	not reached
	input.located == ""
}

# Of many requests at once, to compare.
outcomes := [decided |
	some request in input.requests
	decided := outcome with input as request
]
