// Lists of one type of artifact are read newest first from the index, with or without a state.
CREATE INDEX artifact_type_created_at IF NOT EXISTS FOR (a:Artifact) ON (a.type, a.createdAt);
CREATE INDEX artifact_type_state_created_at IF NOT EXISTS FOR (a:Artifact) ON (a.type, a.lifecycleState, a.createdAt);
