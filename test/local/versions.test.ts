import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { versions } from '../../src/local/versions.js';
import { packageRoot } from '../../src/package-root.js';

const read = (file: string) => readFile(join(packageRoot, file), 'utf8');

describe('the containers run the versions that the local programs have', () => {
  it('in docker-compose.yml', async () => {
    const images = (await read('docker-compose.yml')).match(/(?<=image: ).+/g);
    expect(images).toEqual([
      `neo4j:${versions.neo4j}-community`,
      `artifact-graph-minio:${versions.minio}`,
      'artifact-graph',
    ]);
  });

  it('in the Dockerfile', async () => {
    expect(await read('Dockerfile')).toContain(`ARG MINIO_VERSION=${versions.minio}\n`);
  });

  it('and the compose file has no default for a secret', async () => {
    const compose = await read('docker-compose.yml');
    const secrets = compose.match(/\$\{\w*(PASSWORD|SECRET|TOKEN)\w*[^}]*\}/g) ?? [];
    expect(secrets.length).toBeGreaterThan(3);
    for (const secret of secrets) expect(secret).toMatch(/^\$\{\w+:\?/);
  });
});
