// `npm run book`: writes the values of the maintainers' book into docs/one-*.md and docs/bills.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { chapters, withValues, writeBook } from './book.ts';

const values = await writeBook();
for (const path of chapters) writeFileSync(path, withValues(readFileSync(path, 'utf8'), values));
