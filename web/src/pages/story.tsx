import { Link } from 'wouter';
import { StoryDocument, type StoryQuery } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { RoleShelf, roleOrder } from './story-roles.js';
import { MadeFrom } from './story-made-from.js';
import { History } from '../audit/history.js';
import { Code, Time } from '../parts/marks.js';
import { Medium } from '../parts/medium.js';
import { RunTimeline } from '../parts/run-timeline.js';
import { Answered } from '../parts/status.js';
import { Thumb } from '../parts/thumb.js';
import { useTitle } from '../parts/title.js';
import { AndMore, artifactHref, NoCover, nodesOf } from '../parts/cards.js';
import { workflowWords } from '../parts/words.js';

type Manifest = StoryQuery['storyManifest'];
export type StoryLink = Manifest['links'][number];

/** What a story shows, what else there is for each role, and how it was made. */
export default function StoryPage({ id }: { id: string }) {
  const answer = useAnswer(StoryDocument, { id });
  const title = answer.data?.storyManifest.story.title;
  useTitle(title ?? 'Story');
  return (
    <Answered of={answer} cards={4}>
      {({ storyManifest }) => <StoryView manifest={storyManifest} />}
    </Answered>
  );
}

function StoryView({ manifest }: { manifest: Manifest }) {
  const { story, links, missingRoles } = manifest;
  const runs = nodesOf(story.runsConnection);
  return (
    <article>
      <StoryHead manifest={manifest} />
      <section aria-labelledby="roles">
        <h2 id="roles">What it shows</h2>
        {roleOrder.map((role) => (
          <RoleShelf
            key={role}
            storyId={story.id}
            role={role}
            links={links.filter((link) => link.role === role)}
            missing={missingRoles.includes(role)}
          />
        ))}
      </section>
      <section aria-labelledby="runs">
        <h2 id="runs">Runs</h2>
        {runs.length === 0 && <p className="soft">No run has been recorded for it.</p>}
        {runs.map((run) => (
          <RunTimeline key={run.id} run={run} current={run.id === story.currentRun?.id} />
        ))}
        <AndMore hidden={story.runsConnection.totalCount - runs.length} />
      </section>
      <MadeFrom lineage={manifest.lineage} links={links} />
      <History id={story.id} />
    </article>
  );
}

function StoryHead({ manifest: { story, links } }: { manifest: Manifest }) {
  const primary = (role: StoryLink['role']) => links.find((link) => link.role === role && link.isPrimary);
  const cover = primary('COVER')?.artifact;
  const film = primary('FINAL_VIDEO')?.artifact;
  const sound = primary('FINAL_AUDIO')?.artifact;
  const current = nodesOf(story.runsConnection).find((run) => run.id === story.currentRun?.id);
  return (
    <header className="story-head columns">
      {cover ? (
        <Link href={artifactHref(cover.id)} className="story-cover" aria-label="The cover">
          <Thumb artifact={cover} size={512} />
        </Link>
      ) : (
        <div className="story-cover">
          <NoCover />
        </div>
      )}
      <div className="story-words stack">
        <h1 className="story-title">{story.title ?? 'Untitled story'}</h1>
        <p className="soft">
          {current && <span>{workflowWords[current.workflowType]}, </span>}
          <Time at={story.createdAt} /> <Code value={story.id} name="story id" />
        </p>
        {film && <Medium artifact={film} />}
        {sound && <Medium artifact={sound} />}
      </div>
    </header>
  );
}
