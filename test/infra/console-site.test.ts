// Tests the stage option that hosts the web console: private files behind CloudFront, no cdk-nag findings, and the API's URL.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { checkByNag } from '../../lib/nag.ts';
import { stages } from '../../lib/stage.ts';
import { TollgateStack } from '../../lib/tollgate-stack.ts';
import { functionNames } from '../../shared/config.ts';
import { readContext, readTemplate } from '../support/synthesized.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollgate-console-'));
  for (const name of [...functionNames, 'console']) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, name === 'console' ? 'index.html' : 'index.js'), name);
  }
});
afterAll(() => rm(folder, { recursive: true }));

const context = await readContext();
const synthesizeWith = (consoleFolder: string) => {
  const app = new App({ context });
  const stage = { ...stages.dev, hasConsole: true };
  new TollgateStack(app, 'tollgate-console', { stage, bundles: folder, consoleFolder });
  checkByNag(app);
  return readTemplate(app.synth().getStackByName('tollgate-console').template);
};

test('the stack hosts the console if the stage says so', () => {
  const { ofType, outputs } = synthesizeWith(join(folder, 'console'));
  expect(outputs).toContain('ConsoleUrl');
  expect(ofType('AWS::S3::Bucket').map(({ properties }) => properties)).toEqual([
    expect.objectContaining({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  ]);
  expect(ofType('AWS::Logs::LogGroup').map(({ deletionPolicy }) => deletionPolicy)).not.toContain('Retain');
  expect(ofType('AWS::CloudFront::OriginAccessControl')).toHaveLength(1);
  expect(ofType('AWS::CloudFront::Distribution')).toHaveLength(1);
  expect(ofType('Custom::CDKBucketDeployment')).toHaveLength(1);
});

test('synthesis fails with a clear message if the console is not built', () => {
  expect(() => synthesizeWith(join(folder, 'none'))).toThrow('it is not built');
});
