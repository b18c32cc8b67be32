/** A deeper part with no more entries than this is open from the start. */
const few = 8;

/** A JSON value as a tree that opens and closes. */
export function JsonTree({ value, name, depth = 0 }: { value: unknown; name?: string; depth?: number }) {
  const label = name !== undefined && <span className="json-key">{name}</span>;
  if (typeof value !== 'object' || value === null)
    return (
      <div className="json-leaf">
        {label}
        <span className={`json-value json-${value === null ? 'null' : typeof value}`}>
          {JSON.stringify(value)}
        </span>
      </div>
    );
  const entries: [string, unknown][] = Object.entries(value);
  return (
    <details className="json" open={depth < 2 || (depth < 6 && entries.length <= few)}>
      <summary>
        {label}
        <span className="soft">{Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`}</span>
      </summary>
      {entries.slice(0, 500).map(([key, child]) => (
        <JsonTree key={key} name={key} value={child} depth={depth + 1} />
      ))}
      {entries.length > 500 && <p className="soft">and {entries.length - 500} more</p>}
    </details>
  );
}
