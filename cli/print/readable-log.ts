// Shows the functions' log as text: one line per warning or error. Metrics and the rest appear with --json only.
import { styleText } from 'node:util';
import * as v from 'valibot';
import type { WriteLine } from '../../shared/telemetry/logger.ts';

const EntrySchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({ level: v.picklist(['warn', 'error']), time: v.string(), message: v.string() }),
);

export const writeReadable: WriteLine = (line) => {
  const entry = v.safeParse(EntrySchema, line);
  if (!entry.success) return;
  const { level, time, message, ...fields } = entry.output;
  const mark = styleText(level === 'error' ? 'red' : 'yellow', level, { stream: process.stderr });
  console.error(`${time} ${mark} ${message}${Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : ''}`);
};
