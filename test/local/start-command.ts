import { join } from 'node:path';
import { startMinio } from '../../src/local/minio.js';
import { startNeo4j } from '../../src/local/neo4j.js';
import { PrerequisiteMissing } from '../../src/local/prerequisite-missing.js';

// A command that needs a server, on a machine that its PATH describes; ends as a command line ends.
const [server, folder = ''] = process.argv.slice(2);
const options = {
  dataDir: join(folder, 'data'),
  cacheDir: join(folder, 'cache'),
  onProgress: (line: string) => console.log(line),
};
try {
  const { stop } = await (server === 'neo4j' ? startNeo4j(options) : startMinio(options));
  await stop();
} catch (error) {
  if (!(error instanceof PrerequisiteMissing)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
