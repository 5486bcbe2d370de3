// The CDK app: `cdk deploy -c stage=prod` (default: dev). One stack per stage, checked by cdk-nag at every synthesis.
import { join } from 'node:path';
import { App, Tags } from 'aws-cdk-lib';
import { buildConsole } from '../lib/console-build.ts';
import { bundleFunction } from '../lib/function-bundle.ts';
import { checkByNag } from '../lib/nag.ts';
import { findStage } from '../lib/stage.ts';
import { TollgateStack } from '../lib/tollgate-stack.ts';
import { functionNames } from '../shared/config.ts';

const app = new App();
const stage = findStage((name): unknown => app.node.tryGetContext(name));

/** Folder of the bundles. Concurrent syntheses need one each, because a synthesis empties it first. */
const bundles = String(app.node.tryGetContext('bundles') ?? join(import.meta.dirname, '..', 'dist', 'functions'));
await Promise.all(functionNames.map((name) => bundleFunction(name, join(bundles, name))));

if (stage.hasConsole) await buildConsole();

new TollgateStack(app, `tollgate-${stage.name}`, {
  description: `Tollgate, usage metering (${stage.name})`,
  stage,
  bundles,
});
Tags.of(app).add('app', 'tollgate');
Tags.of(app).add('stage', stage.name);
checkByNag(app);
app.synth();
