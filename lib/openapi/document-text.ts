// The text of docs/openapi.json: the same bytes for the same sources.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { toOpenApiDocument } from './document.ts';

const ManifestSchema = v.pipe(v.string(), v.parseJson(), v.object({ version: v.string() }));

export const documentText = async (): Promise<string> => {
  const manifest = await readFile(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  const { version } = v.parse(ManifestSchema, manifest);
  return `${JSON.stringify(toOpenApiDocument(version), null, 2)}\n`;
};
