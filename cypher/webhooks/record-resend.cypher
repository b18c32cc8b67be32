// A dead letter that was tried once more, in vain. $id, $status, $error.
MATCH (d:WebhookDeadLetter {id: $id})
SET d.attempts = d.attempts + 1, d.status = $status, d.error = $error
