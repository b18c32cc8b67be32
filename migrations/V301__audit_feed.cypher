// The changes of one actor and of one kind, in the order in which they happened.
CREATE INDEX audit_event_actor_at IF NOT EXISTS FOR (e:AuditEvent) ON (e.actor, e.at);
CREATE INDEX audit_event_action_at IF NOT EXISTS FOR (e:AuditEvent) ON (e.action, e.at);
