package updategateway.policy.parse;

import updategateway.policy.source.Document;

/** Something, and the document that it was read from. */
record Parsed<T>(T value, Document document) {}
