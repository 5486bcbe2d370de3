// Where the description of the API lies in this repository, for those who read it without making it.
import { join } from 'node:path';

export const openApiFile = join(import.meta.dirname, '..', 'docs', 'openapi.json');
export const examplesFile = join(import.meta.dirname, 'openapi', 'examples.json');
