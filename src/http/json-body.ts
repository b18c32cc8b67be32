import type { IncomingHttpHeaders } from 'node:http';
import { errorCodes, type FastifyInstance } from 'fastify';
import { InvalidInput } from '../errors.js';
import { checkJsonText } from './check-json-text.js';
import { refuseTooManyValues } from './count-values.js';
import { locateJsonError } from '../model/locate-json-error.js';

/** A body as JSON, exactly as it was sent. @throws InvalidInput for anything that cannot be kept so */
export function parseJsonBody(bytes: Buffer): unknown {
  return parseJsonText(decode(bytes), 'the body');
}

/** JSON as text of a request, exactly as it was sent. @throws InvalidInput, for what is no JSON with its line and column */
export function parseJsonText(text: string, what = 'the text'): unknown {
  refuseTooManyValues(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const { line, column } = locateJsonError(text);
    const message = `${what} is not JSON: line ${line}, column ${column}`;
    throw new InvalidInput(message, [{ path: '', message }], 'invalid_input', { cause });
  }
  checkJsonText(text);
  return value;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const message = 'the body is not UTF-8';
    throw new InvalidInput(message, [{ path: '', message }], 'invalid_input', { cause });
  }
}

const json = /^application\/([\w.-]+\+)?json(\s*;|$)/i;

/**
 * Why a body that is called so is not taken: it is no JSON, packed, or in another encoding (RFC 8259: JSON is UTF-8; a
 * client that says otherwise would be misread).
 */
export function refusalOfType(headers: IncomingHttpHeaders): Error | undefined {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers;
  if (!json.test(type)) return new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(type);
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1];
  const refuse = (message: string) => new InvalidInput(message, [], 'unsupported_media_type');
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    return refuse(`JSON has to be UTF-8, not ${charset.slice(0, 40)}`);
  return encoding.toLowerCase() === 'identity' ? undefined : refuse('the body must not be compressed');
}

/** The app reads bodies of JSON and of nothing else; a route for other bytes says so in a scope of its own. */
export function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(json, { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const refused = refusalOfType(request.headers);
      if (refused) throw refused;
      done(null, body.length === 0 ? undefined : parseJsonBody(body));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
