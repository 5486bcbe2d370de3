// Path of the API description in this repository, for code that reads it without generating it.
import { join } from 'node:path';

export const openApiFile = join(import.meta.dirname, '..', 'docs', 'openapi.json');
export const examplesFile = join(import.meta.dirname, 'openapi', 'examples.json');
