// What lists are ordered and filtered by.
CREATE INDEX artifact_state_created_at IF NOT EXISTS FOR (a:Artifact) ON (a.lifecycleState, a.createdAt);
CREATE INDEX artifact_created_at IF NOT EXISTS FOR (a:Artifact) ON (a.createdAt);
CREATE INDEX artifact_content_hash IF NOT EXISTS FOR (a:Artifact) ON (a.contentHash);
CREATE INDEX audit_event_at IF NOT EXISTS FOR (e:AuditEvent) ON (e.at);
CREATE INDEX audit_event_node_id IF NOT EXISTS FOR (e:AuditEvent) ON (e.nodeId);
