// npm run openapi: writes docs/openapi.json. A contract test fails if it is out of date.
import { writeFile } from 'node:fs/promises';
import { documentText } from './document-text.ts';
import { openApiFile } from '../openapi-file.ts';

await writeFile(openApiFile, await documentText());
