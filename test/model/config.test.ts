import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseConfig, variableNames } from '../../src/config.js';
import { packageRoot } from '../../src/package-root.js';

const issuesOf = (env: Record<string, string>): string[] => {
  try {
    parseConfig(env);
    return [];
  } catch (error) {
    expect(error).toMatchObject({ name: 'InvalidInput' });
    return error instanceof Error && 'issues' in error && Array.isArray(error.issues)
      ? error.issues.map((issue: { path: string }) => issue.path)
      : [];
  }
};

describe('settings', () => {
  it('have defaults that listen on loopback only', () => {
    expect(parseConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      dataDir: resolve('.data'),
      neo4j: { uri: undefined, user: 'neo4j', database: 'neo4j' },
      s3: { endpoint: undefined, bucket: 'artifact-graph', region: 'us-east-1' },
      logLevel: 'info',
    });
  });

  it('take an empty variable as unset, and ignore what is not theirs', () => {
    expect(parseConfig({ PORT: '', NEO4J_URI: '', PATH: '/bin', port: '1' })).toEqual(parseConfig({}));
  });

  it.each(variableNames)('%s stands in docs/running.md', (name) => {
    expect(readFileSync(join(packageRoot, 'docs', 'running.md'), 'utf8')).toContain(`\`${name}\``);
  });

  it('let webhooks reach this machine only where nobody else can ask for it', () => {
    const allowed = (env: Record<string, string>) => parseConfig(env).webhooks.privateAddresses;
    expect(allowed({})).toBe(true);
    expect(allowed({ WEBHOOK_PRIVATE_ADDRESSES: 'refuse' })).toBe(false);
    expect(allowed({ AUTH_TOKENS_FILE: 'tokens' })).toBe(false);
    expect(allowed({ AUTH_TOKENS_FILE: 'tokens', WEBHOOK_PRIVATE_ADDRESSES: 'allow' })).toBe(true);
  });

  it.each([
    [{ PORT: 'x' }, ['PORT']],
    [{ PORT: '70000', LOG_LEVEL: 'loud' }, ['PORT', 'LOG_LEVEL']],
    [{ NEO4J_URI: 'http://localhost:7474', NEO4J_PASSWORD: 'p' }, ['NEO4J_URI']],
    [{ NEO4J_URI: 'bolt://localhost:7687' }, ['NEO4J_PASSWORD']],
    [{ S3_ENDPOINT: 'localhost:9000' }, ['S3_ENDPOINT']],
    [{ S3_ENDPOINT: 'http://localhost:9000' }, ['S3_ACCESS_KEY', 'S3_SECRET_KEY']],
    [{ S3_BUCKET: 'Not A Bucket' }, ['S3_BUCKET']],
    [{ HOST: '0.0.0.0' }, ['HOST']],
    [{ AUTH_JWKS_URL: 'https://id.example/keys' }, ['AUTH_ISSUER', 'AUTH_AUDIENCE']],
  ])('%j name each wrong variable', (env, names) => {
    expect(issuesOf(env)).toEqual(names);
  });

  it('listen elsewhere once access is configured', () => {
    expect(parseConfig({ HOST: '0.0.0.0', AUTH_TOKENS_FILE: 'tokens' }).host).toBe('0.0.0.0');
  });
});
