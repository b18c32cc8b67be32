import { readPayload } from '../model/stored.js';
import { parseStoredJson, type Json } from '../model/json.js';

const read = (text: string | null | undefined): Json =>
  text === null || text === undefined ? null : parseStoredJson(text);

/** JSON fields of generated types, read from the text that is stored. */
export const storedJson = {
  Artifact: {
    payload: ({
      payloadText,
      payloadFormat,
    }: {
      payloadText?: string | null;
      payloadFormat?: 'json' | null;
    }): Json => readPayload(payloadText ?? null, payloadFormat ?? null),
    metadata: ({ metadataText }: { metadataText?: string | null }): Json => read(metadataText),
  },
  Run: { summary: ({ summaryText }: { summaryText?: string | null }): Json => read(summaryText) },
  Step: {
    input: ({ inputText }: { inputText?: string | null }): Json => read(inputText),
    output: ({ outputText }: { outputText?: string | null }): Json => read(outputText),
  },
};
