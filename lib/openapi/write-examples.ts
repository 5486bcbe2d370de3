// npm run examples: writes the examples of the description, as the current system answers them.
import { writeFile } from 'node:fs/promises';
import { startSystem } from '../local/system.ts';
import { examplesFile } from '../openapi-file.ts';
import { walkSystem } from './walk-system.ts';

const system = await startSystem({ port: 0, isDemo: false, write: () => undefined });
const { getOpenApi, ...examples } = await walkSystem(system, true);
await system.stop();
// A secret is shown only once, and the description does not contain itself.
const text = JSON.stringify({ ...examples, getOpenApi: { ...getOpenApi, answer: { openapi: '3.1.1' } } }, null, 2);
await writeFile(examplesFile, `${text.replaceAll(/"sk_\w{20,}"/g, '"sk_example"')}\n`);
