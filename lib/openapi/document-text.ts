// Builds the text of docs/openapi.json: equal sources give equal bytes.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type JsonObject, type JsonValue, parseJson } from '../../shared/domain/json-text.ts';
import { toOpenApiDocument } from './document.ts';
import { examplesFile } from '../openapi-file.ts';
import type { Examples } from './walk.ts';

const ManifestSchema = v.pipe(v.string(), v.parseJson(), v.object({ version: v.string() }));
const ExamplesSchema = v.record(
  v.string(),
  v.object({
    path: v.exactOptional(v.record(v.string(), v.string())),
    query: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number()]))),
    body: v.exactOptional(v.custom<JsonObject>((value) => typeof value === 'object' && value !== null)),
    answer: v.exactOptional(v.custom<JsonValue>((value) => value !== undefined)),
  }),
);

/** Reads the examples that `npm run examples` wrote. */
const readExamples = async (): Promise<Examples> =>
  v.parse(ExamplesSchema, parseJson(await readFile(examplesFile, 'utf8')));

export const documentText = async (examples?: Examples): Promise<string> => {
  const manifest = await readFile(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  const { version } = v.parse(ManifestSchema, manifest);
  return `${JSON.stringify(toOpenApiDocument(version, examples ?? (await readExamples())), null, 2)}\n`;
};
