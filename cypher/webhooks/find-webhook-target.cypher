// Where a subscription sends and what it signs with. $id. Columns: url, secret.
MATCH (w:WebhookSubscription {id: $id})
RETURN w.url AS url, w.secret AS secret
