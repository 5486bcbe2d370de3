// `npm run book`: writes the values of the maintainers' book into docs/one-*.md and docs/bills.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { writeBook } from './book.ts';
import { chapters, withValues } from './chapters.ts';

const values = await writeBook();
for (const path of chapters) writeFileSync(path, withValues(readFileSync(path, 'utf8'), values));
