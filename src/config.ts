import { resolve } from 'node:path';
import { z } from 'zod';
import { InvalidInput } from './errors.js';

const port = z.coerce.number().int().min(0).max(65535);
const text = z.string().min(1);
const milliseconds = z.coerce.number().int().min(100).max(600_000);

/** The environment variables that the service knows, under their own names; everything else is ignored. */
const environment = z.object({
  HOST: text.default('127.0.0.1'),
  PORT: port.default(4000),
  DATA_DIR: text.default('.data'),
  NEO4J_URI: z
    .string()
    .regex(/^(bolt|neo4j)(\+s|\+ssc)?:\/\/./, 'must start with bolt:// or neo4j:// (or their +s, +ssc forms)')
    .optional(),
  NEO4J_USER: text.default('neo4j'),
  NEO4J_PASSWORD: text.optional(),
  NEO4J_DATABASE: text.default('neo4j'),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
  S3_ACCESS_KEY: text.optional(),
  S3_SECRET_KEY: text.optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be a bucket name: 3 to 63 of a-z, 0-9, dot and dash')
    .default('artifact-graph'),
  S3_REGION: text.default('us-east-1'),
  READ_DEADLINE_MS: milliseconds.default(10_000),
  WRITE_DEADLINE_MS: milliseconds.default(30_000),
  WEBHOOK_PRIVATE_ADDRESSES: z.enum(['refuse', 'allow']).optional(),
  LEGACY_DATABASE: text.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  AUTH_TOKENS_FILE: text.optional(),
  AUTH_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  AUTH_ISSUER: text.optional(),
  AUTH_AUDIENCE: text.optional(),
  ARTIFACT_GRAPH_CACHE: text.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
});

/** Every environment variable that is read. */
export const variableNames = Object.keys(environment.shape);

export interface Config {
  host: string;
  port: number;
  dataDir: string;
  /** Where downloads (Neo4j, MinIO) are kept between checkouts; undefined means ~/.cache/artifact-graph. */
  cacheDir: string | undefined;
  neo4j: { uri: string | undefined; user: string; password: string | undefined; database: string };
  s3: {
    endpoint: string | undefined;
    accessKey: string | undefined;
    secretKey: string | undefined;
    bucket: string;
    region: string;
  };
  /** Milliseconds in which a request is answered, whatever hangs. */
  deadlines: { readMs: number; writeMs: number };
  /** Whether webhooks may be sent to loopback and private networks. */
  webhooks: { privateAddresses: boolean };
  legacyDatabase: string | undefined;
  /** The base address of an OpenTelemetry collector; undefined without traces. */
  tracesTo: string | undefined;
  logLevel: z.infer<typeof environment>['LOG_LEVEL'];
  auth: {
    tokensFile: string | undefined;
    jwksUrl: string | undefined;
    issuer: string | undefined;
    audience: string | undefined;
  };
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * The environment as settings. An empty variable counts as unset.
 * @throws InvalidInput naming each wrong variable
 */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    throw new InvalidInput(issues.map(({ path, message }) => `${path}: ${message}`).join('; '), issues);
  }
  const e = parsed.data;
  // Then the service is for this machine alone, and whoever asks can reach what it reaches.
  const isOpen = !e.AUTH_TOKENS_FILE && !e.AUTH_JWKS_URL;
  const config: Config = {
    host: e.HOST,
    port: e.PORT,
    dataDir: resolve(e.DATA_DIR),
    cacheDir: e.ARTIFACT_GRAPH_CACHE,
    neo4j: { uri: e.NEO4J_URI, user: e.NEO4J_USER, password: e.NEO4J_PASSWORD, database: e.NEO4J_DATABASE },
    s3: {
      endpoint: e.S3_ENDPOINT,
      accessKey: e.S3_ACCESS_KEY,
      secretKey: e.S3_SECRET_KEY,
      bucket: e.S3_BUCKET,
      region: e.S3_REGION,
    },
    deadlines: { readMs: e.READ_DEADLINE_MS, writeMs: e.WRITE_DEADLINE_MS },
    webhooks: {
      privateAddresses: (e.WEBHOOK_PRIVATE_ADDRESSES ?? (isOpen ? 'allow' : 'refuse')) === 'allow',
    },
    legacyDatabase: e.LEGACY_DATABASE,
    tracesTo: e.OTEL_EXPORTER_OTLP_ENDPOINT,
    logLevel: e.LOG_LEVEL,
    auth: {
      tokensFile: e.AUTH_TOKENS_FILE,
      jwksUrl: e.AUTH_JWKS_URL,
      issuer: e.AUTH_ISSUER,
      audience: e.AUTH_AUDIENCE,
    },
  };
  checkTogether(config);
  return config;
}

/** Rules about several variables at once. */
function checkTogether({ neo4j, s3, host, auth }: Config): void {
  const issues = [
    ...(neo4j.uri && !neo4j.password
      ? [{ path: 'NEO4J_PASSWORD', message: 'is needed when NEO4J_URI is set' }]
      : []),
    ...(s3.endpoint && !s3.accessKey
      ? [{ path: 'S3_ACCESS_KEY', message: 'is needed when S3_ENDPOINT is set' }]
      : []),
    ...(s3.endpoint && !s3.secretKey
      ? [{ path: 'S3_SECRET_KEY', message: 'is needed when S3_ENDPOINT is set' }]
      : []),
    ...(auth.jwksUrl && !auth.issuer
      ? [{ path: 'AUTH_ISSUER', message: 'is needed when AUTH_JWKS_URL is set' }]
      : []),
    ...(auth.jwksUrl && !auth.audience
      ? [{ path: 'AUTH_AUDIENCE', message: 'is needed when AUTH_JWKS_URL is set' }]
      : []),
    ...(!loopback.has(host) && !auth.tokensFile && !auth.jwksUrl
      ? [
          {
            path: 'HOST',
            message: `must be loopback (127.0.0.1) while neither AUTH_TOKENS_FILE nor AUTH_JWKS_URL is set`,
          },
        ]
      : []),
  ];
  if (issues.length > 0) {
    throw new InvalidInput(issues.map(({ path, message }) => `${path} ${message}`).join('; '), issues);
  }
}
