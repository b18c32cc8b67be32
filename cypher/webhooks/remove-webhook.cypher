// A subscription and its dead letters. $id. Columns: url; no row when there is none.
MATCH (w:WebhookSubscription {id: $id})
WITH w, w.url AS url
CALL (w) {
  MATCH (d:WebhookDeadLetter {webhookId: w.id})
  WHERE d.at IS NOT NULL
  DELETE d
  RETURN count(*) AS letters
}
DELETE w
RETURN url
