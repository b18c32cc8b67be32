// A dead letter that was delivered after all. $id.
MATCH (d:WebhookDeadLetter {id: $id})
DELETE d
