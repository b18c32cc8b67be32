// Root lists of GraphQL are read newest first from an index, also those of one agent and of runs of one status.
CREATE INDEX artifact_agent_created_at IF NOT EXISTS FOR (a:Artifact) ON (a.createdByAgent, a.createdAt);
CREATE INDEX run_created_at IF NOT EXISTS FOR (r:Run) ON (r.createdAt);
CREATE INDEX run_status_created_at IF NOT EXISTS FOR (r:Run) ON (r.status, r.createdAt);
CREATE INDEX step_created_at IF NOT EXISTS FOR (s:Step) ON (s.createdAt);
CREATE INDEX story_created_at IF NOT EXISTS FOR (s:Story) ON (s.createdAt);
