import { Link, useSearchParams } from 'wouter';
import { CardsDocument, ImportsDocument, type ImportsQuery } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { cardsOf, Shelf, storyHref } from '../parts/cards.js';
import { Code, Time } from '../parts/marks.js';
import { Pager } from '../parts/pager.js';
import { Answered, Empty } from '../parts/status.js';
import { useTitle } from '../parts/title.js';
import { useOpen } from '../parts/use-open.js';
import { count } from '../parts/words.js';

type Imports = ImportsQuery['legacyImports'];
type Imported = Imports['imports'][number];

/** An import that wrote something in the last so many milliseconds is taken to be under way. */
const underWayMs = 20_000;

/** What imports of old databases brought, story by story and file by file; it grows while one runs. */
export default function ImportPage() {
  useTitle('Import');
  const [params, setParams] = useSearchParams();
  const troubled = params.get('only') === 'trouble';
  const after = params.get('after');
  const live = after === null ? 3000 : false;
  const answer = useAnswer(
    ImportsDocument,
    { first: 50, after, troubled },
    { keep: true, refetchInterval: live },
  );
  return (
    <>
      <h1>Import</h1>
      <Answered of={answer} cards={0}>
        {({ legacyImports: page }) =>
          page.sources.length === 0 ? (
            <NoImport />
          ) : (
            <>
              {page.sources.map((source) => (
                <Source key={source.source} source={source} />
              ))}
              <p className="actions views">
                <button type="button" aria-pressed={!troubled} onClick={() => setParams({})}>
                  Everything
                </button>
                <button type="button" aria-pressed={troubled} onClick={() => setParams({ only: 'trouble' })}>
                  Only what is not whole
                </button>
              </p>
              <ul className="imports">
                {page.imports.map((one) => (
                  <Row key={one.key} row={one} />
                ))}
              </ul>
              {page.imports.length === 0 && <p className="soft">Everything is whole.</p>}
              <Pager next={page} />
            </>
          )
        }
      </Answered>
    </>
  );
}

function Source({ source }: { source: Imports['sources'][number] }) {
  const { source: name, imported, failed, others, artifacts, troubled, latest } = source;
  const underWay = Date.now() - Date.parse(latest) < underWayMs;
  return (
    <section className="import-source" aria-label={name}>
      <h2>{name}</h2>
      <p role={underWay ? 'status' : undefined}>
        <strong>{count(imported, 'story', 'stories')}</strong> imported, {failed.toLocaleString('en')} failed,{' '}
        {troubled.toLocaleString('en')} not whole; {count(artifacts, 'artifact')}.{' '}
        {others > 0 && `${count(others, 'thing')} outside of stories. `}
        {underWay ? (
          <span className="status status-running">under way</span>
        ) : (
          <>
            Last <Time at={latest} />.
          </>
        )}
      </p>
    </section>
  );
}

const isWhole = ({ outcome, files, problems }: Imported) =>
  outcome === 'IMPORTED' && files.length + problems.length === 0;

function Row({ row }: { row: Imported }) {
  const { kind, sourceId, story, outcome, artifacts, at } = row;
  return (
    <li className={isWhole(row) ? undefined : 'unusual'}>
      <div className="import-head">
        {story ? (
          <Link href={storyHref(story.id)} className="story-title">
            {story.title ?? 'Untitled story'}
          </Link>
        ) : (
          <span>
            {kind.toLowerCase()} {sourceId !== null && <Code value={sourceId} name="old id" />}
          </span>
        )}
        <span className={`status status-${outcome === 'FAILED' ? 'failed' : 'completed'}`}>
          {outcome === 'FAILED' ? 'failed' : isWhole(row) ? 'whole' : 'not whole'}
        </span>
        <Time at={at} />
      </div>
      <Reasons row={row} />
      {artifacts.length > 0 && <Made row={row} />}
    </li>
  );
}

/** What a row became; its cards are read when they are asked for. */
function Made({ row: { key, artifacts, links, runs } }: { row: Imported }) {
  const opening = useOpen(key);
  const ids = artifacts.map(({ id }) => id);
  const cards = useAnswer(CardsDocument, { ids: ids.slice(0, 100) }, { enabled: opening.open });
  return (
    <details {...opening}>
      <summary>
        {count(ids.length, 'artifact')}, {count(links, 'role')}, {count(runs, 'run')}
      </summary>
      {cards.data && (
        <Shelf small total={ids.length}>
          {cardsOf(cards.data.artifacts)}
        </Shelf>
      )}
    </details>
  );
}

/** Why something is not there: of the row, of its parts, of each file. */
function Reasons({ row: { reason, problems, files } }: { row: Imported }) {
  const said = [...(reason === null ? [] : [reason]), ...problems];
  if (said.length + files.length === 0) return null;
  return (
    <ul className="reasons stack">
      {said.map((text, place) => (
        <li key={place}>{text}</li>
      ))}
      {files.map((file, place) => (
        <li key={`file ${place}`}>
          <code>{file.path}</code> {file.outcome.toLowerCase().replaceAll('_', ' ')}
          {file.reason !== null && `: ${file.reason}`}
        </li>
      ))}
    </ul>
  );
}

function NoImport() {
  return (
    <Empty title="Nothing has been imported">
      <p>An old story database is taken over on the command line; this page shows it while it runs.</p>
      <pre>npx artifact-graph legacy import SOURCE --media-root DIR</pre>
    </Empty>
  );
}
