package updategateway.policy.file;

import updategateway.policy.document.Document;

/** Something, and the document that it was read from. */
record Written<T>(T value, Document document) {}
