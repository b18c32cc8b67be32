import { restName } from '../http/field-names.js';
import type { Entity, Property } from '../model/entity.js';
import { placesOf } from '../model/stored.js';
import { isoTime } from '../model/iso-time.js';
import { relationWord } from './schema-parts.js';

/** Writes one value as JSON, from its cell and, of a payload, the cell behind it. */
type Writer = (cell: unknown, next: unknown) => string;

const plain: Writer = (cell) => JSON.stringify(cell ?? null);
/** JSON lies in the graph as JSON text, so it is given as it lies there. */
const stored: Writer = (cell) => (typeof cell === 'string' ? cell : 'null');

function writerOf({ stored: form }: Property): Writer {
  switch (form) {
    case 'time':
      return (cell) => (typeof cell === 'number' ? `"${isoTime(cell)}"` : 'null');
    case 'type':
      return (cell) => JSON.stringify(relationWord(String(cell)));
    case 'json':
      return stored;
    case 'payload':
      return (text, format) => (format === 'json' ? stored : plain)(text, null);
    default:
      return plain;
  }
}

/**
 * Writes rows of an entity, as `projection` gives them, as the JSON text of what `answerBody` makes of the entity. It is
 * for answers of many thousands: nothing is made of a row but its text.
 */
export function rowText(of: Entity): (row: readonly unknown[]) => string {
  const places: Record<string, number> = placesOf(of);
  const fields = Object.entries(of.properties).map(([name, property], n) => ({
    before: `${n === 0 ? '{' : ','}${JSON.stringify(restName(name, property))}:`,
    at: places[name] ?? 0,
    write: writerOf(property),
  }));
  return (row) => {
    let text = '';
    for (const { before, at, write } of fields) text += before + write(row[at], row[at + 1]);
    return `${text}}`;
  };
}
