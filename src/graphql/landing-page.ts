import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { packageRoot } from '../package-root.js';

interface Example {
  title: string;
  text: string;
  /** Its variables, still empty. */
  variables: Record<string, string>;
}

/** The operations under examples/, titled by their first line. */
function readExamples(): Example[] {
  const folder = join(packageRoot, 'examples');
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const [definition] = parse(text).definitions;
    const variables =
      definition?.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [];
    return {
      title: file.replace('.graphql', '').replaceAll('-', ' '),
      text,
      variables: Object.fromEntries(variables.map(({ variable }) => [variable.name.value, ''])),
    };
  });
}

/** What the page loads: no code or style stands in the page itself. */
export function landingPart(name: 'css' | 'js'): string {
  return readFileSync(join(packageRoot, 'src', 'graphql', `page.client.${name}`), 'utf8');
}

/** The page that a browser gets at /graphql. It needs nothing from elsewhere, so it works offline. */
export function landingPage(): string {
  const page = readFileSync(join(packageRoot, 'src', 'graphql', 'landing-page.html'), 'utf8');
  const examples = JSON.stringify(readExamples()).replaceAll('<', '\\u003c');
  const slot = /(<script type="application\/json" id="examples">)[^<]*/;
  return page.replace(slot, (_, tag: string) => `${tag}${examples}`);
}
