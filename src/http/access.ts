import { readFileSync, statSync } from 'node:fs';
import { createRemoteJWKSet, errors as joseErrors, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import type { Config } from '../config.js';
import { AppError, InvalidInput } from '../errors.js';
import { digestOf, sha256 } from '../model/digest.js';

/** Each role may do what the ones before it may. */
export const roles = ['reader', 'writer', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who asks, and what they may do. */
export interface Principal {
  /** With where it comes from, so that nobody passes for another: `token:maria`, `jwt:maria`, `anonymous`. */
  name: string;
  role: Role;
}

/** 401: nobody known asks. */
class Unauthorized extends AppError {
  override readonly name = 'Unauthorized';
  readonly code = 'unauthorized';
}

/** 403: the caller is known and may not do this. */
export class Forbidden extends AppError {
  override readonly name = 'Forbidden';
  readonly code = 'forbidden';
}

/** 503: the keys that tokens are checked with cannot be had. */
class AccessUnavailable extends AppError {
  override readonly name = 'AccessUnavailable';
  readonly code = 'unavailable';
}

export interface Access {
  /** True without access settings: everybody who reaches the loopback address is an admin named `anonymous`. */
  readonly open: boolean;
  /**
   * @param authorization the header as it came
   * @throws Unauthorized, AccessUnavailable
   */
  authenticate(authorization: string | undefined): Promise<Principal>;
}

/** @throws Forbidden when the principal's role is not enough */
export function requireRole({ role, name }: Principal, needed: Role): void {
  if (roles.indexOf(role) < roles.indexOf(needed)) {
    throw new Forbidden(`${name} has the role ${role}; this needs ${needed}`);
  }
}

/**
 * Access as configured: tokens of a file, tokens signed by keys of a JWKS address, or both; without either, open.
 * @throws InvalidInput for a tokens file that cannot be read or has a wrong line
 */
export function createAccess(auth: Config['auth']): Access {
  const { tokensFile, jwksUrl } = auth;
  if (tokensFile === undefined && jwksUrl === undefined) {
    const anonymous = Promise.resolve<Principal>({ name: 'anonymous', role: 'admin' });
    return { open: true, authenticate: () => anonymous };
  }
  const known = tokensFile === undefined ? null : openTokensFile(tokensFile);
  const signed = jwksUrl === undefined ? null : signedTokens(new URL(jwksUrl), intendedFor(auth));
  return {
    open: false,
    async authenticate(authorization) {
      const token = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) throw new Unauthorized('a bearer token is needed');
      const principal = known?.find(token) ?? (await signed?.(token));
      if (!principal) throw new Unauthorized('the token is not known');
      return principal;
    },
  };
}

const tokenLine = z.tuple([z.string().regex(/^\S{1,100}$/), z.enum(roles), sha256]);

/** Tokens by their SHA-256, so that the file gives nobody access. It is read again when it changes: no restart needed. */
class TokensFile {
  private byDigest = new Map<string, Principal>();
  private version = '';
  private checkedAt = 0;

  constructor(private readonly file: string) {}

  find(token: string): Principal | undefined {
    if (Date.now() - this.checkedAt > 1000) this.readIfChanged();
    return this.byDigest.get(digestOf(token));
  }

  /** Fails closed: while a changed file cannot be read or has a wrong line, nobody gets in by it. */
  private readIfChanged(): void {
    try {
      if (this.versionOnDisk() !== this.version) this.read();
    } catch (cause) {
      throw new AccessUnavailable('AUTH_TOKENS_FILE was changed and cannot be read', { cause });
    }
    this.checkedAt = Date.now();
  }

  private versionOnDisk(): string {
    const { mtimeMs, size, ino } = statSync(this.file);
    return `${mtimeMs} ${size} ${ino}`;
  }

  read(): void {
    const version = this.versionOnDisk();
    const lines = readFileSync(this.file, 'utf8').split('\n');
    this.byDigest = new Map(lines.flatMap((line, index) => readTokenLine(line, index + 1)));
    this.version = version;
    this.checkedAt = Date.now();
  }
}

function openTokensFile(file: string): TokensFile {
  const tokens = new TokensFile(file);
  try {
    tokens.read();
    return tokens;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const issue = { path: 'AUTH_TOKENS_FILE', message: 'cannot be read' };
    throw new InvalidInput(`AUTH_TOKENS_FILE: ${file} cannot be read`, [issue], 'invalid_input', { cause });
  }
}

/** `name role sha256-hex-of-the-token`; empty lines and those that begin with # say nothing. */
function readTokenLine(line: string, number: number): [string, Principal][] {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return [];
  const parsed = tokenLine.safeParse(text.split(/\s+/));
  if (!parsed.success) {
    const message = `line ${number} is not: name, role (${roles.join(', ')}), SHA-256 of the token in hex`;
    throw new InvalidInput(`AUTH_TOKENS_FILE: ${message}`, [{ path: 'AUTH_TOKENS_FILE', message }]);
  }
  const [name, role, digest] = parsed.data;
  return [[digest, { name: `token:${name}`, role }]];
}

const claims = z.object({
  sub: z.string().min(1).max(200),
  role: z.enum(roles).optional(),
  roles: z.array(z.string()).optional(),
});

/** Only signatures with a public key: a JWKS has nothing secret to check an HMAC with. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

interface Intended {
  issuer: string;
  audience: string;
}

/** The same keys sign for other services too: a token counts only from this issuer and for this audience. */
function intendedFor({ issuer, audience }: Config['auth']): Intended {
  if (issuer !== undefined && audience !== undefined) return { issuer, audience };
  throw new InvalidInput('AUTH_JWKS_URL needs AUTH_ISSUER and AUTH_AUDIENCE');
}

function signedTokens(jwks: URL, intended: Intended): (token: string) => Promise<Principal> {
  const keys = createRemoteJWKSet(jwks, { timeoutDuration: 3000 });
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms,
        requiredClaims: ['exp', 'sub'],
        ...intended,
      });
      return principalOf(payload);
    } catch (cause) {
      throw explain(cause);
    }
  };
}

/** The claim `role`, or the greatest of our roles among `roles`. */
function principalOf(payload: JWTPayload): Principal {
  const parsed = claims.safeParse(payload);
  const role = parsed.data?.role ?? roles.findLast((one) => parsed.data?.roles?.includes(one));
  if (!parsed.success || role === undefined) throw new Forbidden('the token has no role of this service');
  return { name: `jwt:${parsed.data.sub}`, role };
}

function explain(cause: unknown): unknown {
  if (cause instanceof AppError) return cause;
  if (cause instanceof joseErrors.JWTExpired) return new Unauthorized('the token has expired', { cause });
  const aboutToken =
    cause instanceof joseErrors.JWTClaimValidationFailed ||
    cause instanceof joseErrors.JWTInvalid ||
    cause instanceof joseErrors.JWSInvalid ||
    cause instanceof joseErrors.JWSSignatureVerificationFailed ||
    cause instanceof joseErrors.JOSEAlgNotAllowed ||
    cause instanceof joseErrors.JOSENotSupported ||
    cause instanceof joseErrors.JWKSNoMatchingKey;
  if (aboutToken) return new Unauthorized('the token is not valid', { cause });
  return new AccessUnavailable('the keys for checking tokens cannot be had', { cause });
}
