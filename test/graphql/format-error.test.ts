import { GraphQLError } from 'graphql';
import { Neo4jError } from 'neo4j-driver';
import pino from 'pino';
import { formatErrors } from '../../src/graphql/format-error.js';

/** What a caller gets, and what the log gets, of an error of the database. */
function format(code: string) {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
  const thrown = new Neo4jError('too much', code, '50N42', '');
  const error = new GraphQLError('too much', { path: ['artifacts'], originalError: thrown });
  return { answer: formatErrors(log)(error.toJSON(), error), log: lines.join('') };
}

describe('a generated read that ran out of what it may have', () => {
  it.each([
    ['Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration', 'more time'],
    ['Neo.TransientError.General.MemoryPoolOutOfMemoryError', 'more memory'],
    ['Neo.TransientError.General.TransactionOutOfMemoryError', 'more memory'],
  ])('by %s is told as that, and its cause is logged', (code, what) => {
    const { answer, log } = format(code);
    expect(answer).toMatchObject({ path: ['artifacts'], extensions: { code: 'too_costly' } });
    expect(answer.message).toContain(what);
    expect(log).toContain(code);
  });
});

it('a database that is away stays unavailable', () => {
  expect(format('ServiceUnavailable').answer.extensions).toEqual({ code: 'unavailable' });
});
