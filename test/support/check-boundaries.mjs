// Runs dependency-cruiser over the source and fails when it read no modules at all: an empty graph has no violations.
import { cruise } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const folders = ['bin', 'cli', 'console/src', 'functions', 'lib', 'shared', 'test'];
const config = await extractDepcruiseConfig('./.dependency-cruiser.cjs');
const { output } = await cruise(
  folders,
  { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true },
  {},
  { tsConfig: extractTSConfig('./tsconfig.json') },
);
const { violations, totalCruised } = output.summary;
for (const { rule, from, to } of violations) console.error(`${rule.severity} ${rule.name}: ${from} → ${to}`);
console.log(`${String(totalCruised)} modules, ${String(violations.length)} violations`);
if (totalCruised === 0) console.error('dependency-cruiser read no modules; the gate proves nothing');
process.exitCode = violations.length > 0 || totalCruised === 0 ? 1 : 0;
