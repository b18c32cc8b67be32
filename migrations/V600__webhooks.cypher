// Who is told of changes, and what could not be delivered.
CREATE CONSTRAINT webhook_subscription_id IF NOT EXISTS FOR (w:WebhookSubscription) REQUIRE w.id IS UNIQUE;
CREATE CONSTRAINT webhook_dead_letter_id IF NOT EXISTS FOR (d:WebhookDeadLetter) REQUIRE d.id IS UNIQUE;
CREATE INDEX webhook_dead_letter_of IF NOT EXISTS FOR (d:WebhookDeadLetter) ON (d.webhookId, d.at);
