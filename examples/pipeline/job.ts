/** What a queue would hand from one service of the workshop to the next. */
export interface Job {
  /** Names the run for good: each service goes on with the same one, also after a crash. */
  key: string;
  run: { workflow_type: 'image_to_story'; story_id: string; session_id: string };
  title: string;
  /** A file of this machine. */
  drawing: string;
}
