import { useSearchParams } from 'wouter';

/** The way to older and back to newer; where one is stands in the address as `after`. */
export function Pager({ next }: { next: { hasNextPage: boolean; endCursor: string | null } }) {
  const [params, setParams] = useSearchParams();
  const older = () => setParams((before) => ({ ...Object.fromEntries(before), after: next.endCursor ?? '' }));
  return (
    <p className="actions pager">
      {params.has('after') && (
        <button type="button" onClick={() => history.back()}>
          Newer
        </button>
      )}
      {next.hasNextPage && (
        <button type="button" onClick={older}>
          Older
        </button>
      )}
    </p>
  );
}
