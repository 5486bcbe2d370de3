// node test/e2e/kill-storm.ts [events] [kills]: the long form of the kill test, for docs/benchmarks.md.
import { runKillStorm } from '../support/drivers/kill-storm.ts';

const [events = 100_000, kills = 10] = process.argv.slice(2).map(Number);
const startedAt = performance.now();
const result = await runKillStorm({ events, kills, lifetimeMs: () => 100 + Math.random() * 3_000 });
const seconds = Math.round((performance.now() - startedAt) / 1_000);
console.log(JSON.stringify({ events, kills, ...result, lost: events - result.distinct, seconds }));
process.exitCode = result.listed === events && result.distinct === events ? 0 : 1;
