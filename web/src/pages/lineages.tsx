import { NewestDocument } from '../api/operations.js';
import { useAnswer } from '../api/use-answer.js';
import { artifactHref, cardsOf, Shelf } from '../parts/cards.js';
import { Answered, Empty } from '../parts/status.js';
import { useTitle } from '../parts/title.js';

/** Where a walk through lineages begins: the newest artifacts. */
export default function LineagesPage() {
  useTitle('Lineage');
  const answer = useAnswer(NewestDocument, { limit: 48 });
  return (
    <>
      <h1>Lineage</h1>
      <p className="soft">
        Choose what to trace, from the first drawing to the last film. The newest come first.
      </p>
      <section aria-label="Newest artifacts">
        <Answered of={answer}>
          {({ artifacts }) =>
            artifacts.length === 0 ? (
              <Empty title="Nothing is recorded yet">
                <pre>npm start -- --sample</pre>
              </Empty>
            ) : (
              <Shelf>
                {cardsOf(artifacts, ({ id, createdBy }) => ({
                  href: `${artifactHref(id)}/lineage`,
                  note: createdBy?.name.replaceAll('_', ' '),
                }))}
              </Shelf>
            )
          }
        </Answered>
      </section>
    </>
  );
}
