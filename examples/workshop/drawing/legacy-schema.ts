/** The tables of the old workshop, as it left them: stories and sessions, and beside them its own artifact tables. */
export const legacySchema = `
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id TEXT UNIQUE NOT NULL, username TEXT UNIQUE NOT NULL,
  email TEXT UNIQUE NOT NULL, password_hash TEXT NOT NULL, display_name TEXT, avatar_url TEXT, is_active INTEGER DEFAULT 1,
  is_verified INTEGER DEFAULT 0, role TEXT DEFAULT 'child', parent_email TEXT, consent_status TEXT DEFAULT 'not_required',
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, last_login_at TEXT);
CREATE TABLE stories (id INTEGER PRIMARY KEY AUTOINCREMENT, story_id TEXT UNIQUE NOT NULL,
  user_id TEXT REFERENCES users(user_id) ON DELETE SET NULL, child_id TEXT NOT NULL, age_group TEXT NOT NULL,
  story_text TEXT NOT NULL, word_count INTEGER NOT NULL, themes TEXT, concepts TEXT, moral TEXT, characters TEXT,
  analysis TEXT, safety_score REAL DEFAULT 0.9, image_path TEXT, image_url TEXT, styled_image_url TEXT, audio_url TEXT,
  story_type TEXT DEFAULT 'image_to_story', created_at TEXT NOT NULL, stored_at TEXT NOT NULL);
CREATE TABLE sessions (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT UNIQUE NOT NULL,
  user_id TEXT REFERENCES users(user_id) ON DELETE SET NULL, child_id TEXT NOT NULL, story_title TEXT NOT NULL,
  age_group TEXT NOT NULL, interests TEXT, theme TEXT, voice TEXT DEFAULT 'fable', enable_audio INTEGER DEFAULT 1,
  current_segment INTEGER DEFAULT 0, total_segments INTEGER DEFAULT 5, choice_history TEXT, audio_urls TEXT,
  story_length_mode TEXT DEFAULT 'short', status TEXT DEFAULT 'active', created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL, expires_at TEXT NOT NULL, educational_summary TEXT);
CREATE TABLE story_segments (id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id TEXT NOT NULL REFERENCES sessions(session_id) ON DELETE CASCADE, segment_id INTEGER NOT NULL,
  text TEXT NOT NULL, audio_url TEXT, is_ending INTEGER DEFAULT 0, choices TEXT, created_at TEXT NOT NULL,
  UNIQUE(session_id, segment_id));
CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT UNIQUE NOT NULL,
  story_id TEXT REFERENCES stories(story_id) ON DELETE CASCADE,
  session_id TEXT REFERENCES sessions(session_id) ON DELETE SET NULL, workflow_type TEXT NOT NULL,
  status TEXT DEFAULT 'pending', result_summary TEXT, created_at TEXT NOT NULL, started_at TEXT, completed_at TEXT);
CREATE TABLE agent_steps (id INTEGER PRIMARY KEY AUTOINCREMENT, agent_step_id TEXT UNIQUE NOT NULL,
  run_id TEXT NOT NULL REFERENCES runs(run_id) ON DELETE CASCADE, step_name TEXT NOT NULL, step_order INTEGER NOT NULL,
  input_data TEXT, output_data TEXT, status TEXT DEFAULT 'pending', error_message TEXT, created_at TEXT NOT NULL,
  completed_at TEXT);
CREATE TABLE artifacts (id INTEGER PRIMARY KEY AUTOINCREMENT, artifact_id TEXT UNIQUE NOT NULL, artifact_type TEXT NOT NULL,
  lifecycle_state TEXT NOT NULL DEFAULT 'intermediate', content_hash TEXT, artifact_path TEXT, artifact_url TEXT,
  artifact_payload TEXT, metadata TEXT, description TEXT,
  created_by_step_id TEXT REFERENCES agent_steps(agent_step_id) ON DELETE SET NULL, created_at TEXT NOT NULL,
  stored_at TEXT NOT NULL, mime_type TEXT, file_size INTEGER, safety_score REAL, created_by_agent TEXT);
CREATE TABLE artifact_relations (id INTEGER PRIMARY KEY AUTOINCREMENT, relation_id TEXT UNIQUE NOT NULL,
  from_artifact_id TEXT NOT NULL REFERENCES artifacts(artifact_id) ON DELETE CASCADE,
  to_artifact_id TEXT NOT NULL REFERENCES artifacts(artifact_id) ON DELETE CASCADE, relation_type TEXT NOT NULL,
  metadata TEXT, created_at TEXT NOT NULL, UNIQUE(from_artifact_id, to_artifact_id, relation_type));
CREATE TABLE story_artifact_links (id INTEGER PRIMARY KEY AUTOINCREMENT, link_id TEXT UNIQUE NOT NULL,
  story_id TEXT NOT NULL REFERENCES stories(story_id) ON DELETE CASCADE,
  artifact_id TEXT NOT NULL REFERENCES artifacts(artifact_id) ON DELETE CASCADE, role TEXT NOT NULL,
  is_primary INTEGER DEFAULT 1, position INTEGER, created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
CREATE TABLE run_artifact_links (id INTEGER PRIMARY KEY AUTOINCREMENT, link_id TEXT UNIQUE NOT NULL,
  run_id TEXT NOT NULL REFERENCES runs(run_id) ON DELETE CASCADE,
  artifact_id TEXT NOT NULL REFERENCES artifacts(artifact_id) ON DELETE CASCADE, stage TEXT NOT NULL,
  created_at TEXT NOT NULL);
CREATE TABLE migration_status (id INTEGER PRIMARY KEY AUTOINCREMENT, migration_id TEXT UNIQUE NOT NULL,
  migration_name TEXT NOT NULL, source_type TEXT NOT NULL, source_id TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending', error_message TEXT, artifacts_created INTEGER DEFAULT 0,
  links_created INTEGER DEFAULT 0, started_at TEXT, completed_at TEXT, retry_count INTEGER DEFAULT 0,
  UNIQUE(migration_name, source_type, source_id));
ALTER TABLE stories ADD COLUMN cover_artifact_id TEXT;
ALTER TABLE stories ADD COLUMN canonical_audio_id TEXT;
ALTER TABLE stories ADD COLUMN canonical_video_id TEXT;
ALTER TABLE stories ADD COLUMN current_run_id TEXT;
CREATE UNIQUE INDEX idx_link_primary_per_story_role ON story_artifact_links(story_id, role) WHERE is_primary = 1;
CREATE INDEX idx_artifacts_content_hash ON artifacts(content_hash);
`;
