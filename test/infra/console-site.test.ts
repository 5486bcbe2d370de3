// Tests the stage option that hosts the web console: private files behind CloudFront, no cdk-nag findings, the API's URL, and that
// CloudFront answers each path as the local system does.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { App } from 'aws-cdk-lib';
import * as v from 'valibot';
import { edgeFunction } from '../../lib/console-site.ts';
import { createConsolePages } from '../../lib/local/http/console-pages.ts';
import { checkByNag } from '../../lib/nag.ts';
import { stages } from '../../lib/stage.ts';
import { TollgateStack } from '../../lib/tollgate-stack.ts';
import { functionNames } from '../../shared/config.ts';
import { only, readContext, readTemplate, type Resource } from '../support/synthesized.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollgate-console-'));
  for (const name of functionNames) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'index.js'), name);
  }
  await mkdir(join(folder, 'console', 'assets'), { recursive: true });
  for (const name of ['index.html', 'theme.js', 'assets/app-B1c2D3e4.js']) {
    await writeFile(join(folder, 'console', name), name);
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

describe('the stack with the console', () => {
  let resources: (type: string) => readonly Resource[] = () => [];
  let outputs: readonly string[] = [];
  beforeAll(() => {
    ({ ofType: resources, outputs } = synthesizeWith(join(folder, 'console')));
  });

  test('the files are private, and the distribution reads them', () => {
    expect(outputs).toContain('ConsoleUrl');
    expect(only(resources('AWS::S3::Bucket')).properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(resources('AWS::CloudFront::OriginAccessControl')).toHaveLength(1);
    expect(resources('AWS::Logs::LogGroup').map(({ deletionPolicy }) => deletionPolicy)).not.toContain('Retain');
  });

  test('a file that does not exist is a 404: S3 tells the distribution so only if it may list', () => {
    const { PolicyDocument } = only(resources('AWS::S3::BucketPolicy')).properties;
    const statements = v
      .parse(
        v.object({ Statement: v.array(v.looseObject({ Action: v.unknown(), Principal: v.unknown() })) }),
        PolicyDocument,
      )
      .Statement.filter(({ Principal }) => JSON.stringify(Principal).includes('cloudfront.amazonaws.com'));
    expect(statements.flatMap(({ Action }) => Action)).toEqual(['s3:GetObject', 's3:ListBucket']);
    const { DistributionConfig } = only(resources('AWS::CloudFront::Distribution')).properties;
    expect(DistributionConfig).not.toHaveProperty('CustomErrorResponses');
    expect(DistributionConfig).toMatchObject({
      DefaultRootObject: 'console/index.html',
      DefaultCacheBehavior: {
        Compress: true,
        ViewerProtocolPolicy: 'redirect-to-https',
        FunctionAssociations: [expect.objectContaining({ EventType: 'viewer-request' })],
      },
    });
  });

  test('the page may call the API and no other address, and only its own scripts run', () => {
    const { ResponseHeadersPolicyConfig } = only(resources('AWS::CloudFront::ResponseHeadersPolicy')).properties;
    const text = JSON.stringify(ResponseHeadersPolicyConfig);
    expect(text).toContain(`connect-src 'self' https://",{"Ref":"${only(resources('AWS::ApiGateway::RestApi')).id}"}`);
    expect(text).toContain("; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for");
    expect(text).not.toMatch(/unsafe-|https:[ ;"]/);
    expect(ResponseHeadersPolicyConfig).toMatchObject({
      SecurityHeadersConfig: {
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY' },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
      },
    });
  });

  test('hashed files are kept by browsers, the rest is not; files of earlier builds stay, and the page comes last', () => {
    const copies = resources('Custom::CDKBucketDeployment').map(({ id, properties, dependsOn }) => ({
      id,
      dependsOn,
      prefix: properties['DestinationBucketKeyPrefix'],
      metadata: properties['SystemMetadata'],
      prune: properties['Prune'],
    }));
    const [assets, pages] = copies.toSorted((a, b) => String(b.prefix).length - String(a.prefix).length);
    expect(assets).toMatchObject({
      prefix: 'console/assets',
      metadata: { 'cache-control': 'public, max-age=31536000, immutable' },
      prune: false,
    });
    expect(pages).toMatchObject({ prefix: 'console', metadata: { 'cache-control': 'no-cache' }, prune: false });
    expect(pages?.dependsOn).toContain(assets?.id);
    expect(copies).toHaveLength(2);
  });
});

test('synthesis fails with a clear message if the console is not built', () => {
  expect(() => synthesizeWith(join(folder, 'none'))).toThrow('it is not built');
});

describe('the function at the edge', () => {
  const AnswerSchema = v.union([
    v.object({ statusCode: v.literal(302), headers: v.object({ location: v.object({ value: v.string() }) }) }),
    v.object({ uri: v.string() }),
  ]);
  const atEdge = (uri: string): string => {
    const result: unknown = runInNewContext(`${edgeFunction}; handler({ request: { uri } })`, { uri });
    const answer = v.parse(AnswerSchema, JSON.parse(JSON.stringify(result)));
    return 'uri' in answer ? answer.uri : `to ${answer.headers.location.value}`;
  };
  const onOneMachine = async (path: string): Promise<string> => {
    const answer = createConsolePages(join(folder, 'console'));
    const reply = await answer({ method: 'GET', path, accept: 'text/html', acceptEncoding: '' });
    if (!reply) return path;
    const body = Buffer.from(reply.body).toString();
    return reply.status === 302
      ? `to ${reply.headers['Location'] ?? ''}`
      : body === 'index.html'
        ? '/console/index.html'
        : path;
  };

  test.each([
    ['/', 'to /console/'],
    ['/console', 'to /console/'],
    ['/docs', 'to /console/api'],
    ['/console/', '/console/index.html'],
    ['/console/events', '/console/index.html'],
    ['/console/events/a%2Fb', '/console/index.html'],
    ['/console/events/evt.1.json', '/console/index.html'],
    ['/console/theme.js', '/console/theme.js'],
    ['/console/config.json', '/console/config.json'],
    ['/console/assets/app-B1c2D3e4.js', '/console/assets/app-B1c2D3e4.js'],
    ['/console/assets/gone', '/console/assets/gone'],
    ['/favicon.ico', '/favicon.ico'],
    ['/consoles', '/consoles'],
  ])('%s: %s, as on one machine', async (path, expected) => {
    expect(atEdge(path)).toBe(expected);
    expect(await onOneMachine(path)).toBe(expected);
  });
});
