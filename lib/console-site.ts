// Hosts the web console: static files in a private bucket behind CloudFront, with the URL of the API.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CfnElement, DefaultStackSynthesizer, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccessLevel,
  Distribution,
  Function,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { consoleStamp } from './console-build.ts';
import {
  cacheControl,
  consoleBase,
  consoleConfig,
  consolePage,
  consoleRedirects,
  contentSecurityPolicy,
  filePattern,
  hashedFolder,
} from './console-policy.ts';

export interface ConsoleSiteProps {
  /** The build of the console. */
  readonly folder: string;
  readonly apiUrl: string;
  /** Scheme and host of the API, which the page may call. */
  readonly apiOrigin: string;
}

/** Folder of hashed files in the build. */
const assets = 'assets';
/** Returns the key, or beginning of keys, in the bucket for a path of the site. */
const keyOf = (path: string): string => path.replace(/^\/|\/$/g, '');

// @ts-expect-error -- the library was not made for exactOptionalPropertyTypes
const asInterface = (bucket: Bucket): IBucket => bucket;

/** cdk-nag findings about the library's function that copies files at deployment. */
const copierFaults = (bucketId: string): readonly string[] => [
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
  ...['GetObject*', 'GetBucket*', 'List*', 'DeleteObject*', 'Abort*'].map(
    (action) => `AwsSolutions-IAM5[Action::s3:${action}]`,
  ),
  ...[
    `arn:<AWS::Partition>:s3:::cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-<AWS::AccountId>-<AWS::Region>/*`,
    `<${bucketId}.Arn>/*`,
    '*',
  ].map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`),
  'AwsSolutions-L1',
  'Serverless-LambdaDLQ',
  'Serverless-LambdaLatestVersion',
  'Serverless-LambdaTracing',
];

/**
 * Source of the function at the edge (CloudFront, "JavaScript runtime 2.0"): leads to the console, and answers its page for every
 * path of the console that is no file.
 * @internal
 */
export const edgeFunction = `var redirects = ${JSON.stringify(consoleRedirects)};
var file = new RegExp(${JSON.stringify(filePattern)});
function handler(event) {
  var request = event.request;
  var location = redirects[request.uri];
  if (location) return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: location } } };
  if (request.uri.startsWith(${JSON.stringify(consoleBase)}) && !file.test(request.uri)) request.uri = ${JSON.stringify(consolePage)};
  return request;
}
`;

const createHeaders = (scope: Construct, apiOrigin: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, 'ConsoleHeaders', {
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(apiOrigin), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
    },
  });

/** Copies the build. Files of earlier builds stay, so that a page that is open finds its parts after a deployment. */
const createFiles = (scope: Construct, bucket: Bucket, { folder, apiUrl }: ConsoleSiteProps): void => {
  const common = {
    destinationBucket: asInterface(bucket),
    prune: false,
    memoryLimit: 512,
    logGroup: new LogGroup(scope, 'ConsoleFilesLog', {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  };
  const hashed = new BucketDeployment(scope, 'ConsoleAssets', {
    ...common,
    sources: [Source.asset(join(folder, assets))],
    destinationKeyPrefix: keyOf(hashedFolder),
    cacheControl: [CacheControl.fromString(cacheControl.hashed)],
  });
  const pages = new BucketDeployment(scope, 'ConsolePages', {
    ...common,
    sources: [
      Source.asset(folder, { exclude: [assets, consoleStamp] }),
      Source.jsonData(consoleConfig, { api_url: apiUrl }),
    ],
    destinationKeyPrefix: keyOf(consoleBase),
    cacheControl: [CacheControl.fromString(cacheControl.other)],
  });
  // The page comes last: whoever gets it finds what it names.
  pages.node.addDependency(hashed);
};

/** Creates the site. Throws an Error if the console is not built. */
export const createConsoleSite = (scope: Construct, props: ConsoleSiteProps): Distribution => {
  const { folder, apiOrigin } = props;
  if (!existsSync(join(folder, assets))) {
    throw new Error(`the stage hosts the console, but it is not built: there is no ${join(folder, assets)}`);
  }
  const bucket = new Bucket(scope, 'ConsoleBucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
    autoDeleteObjects: true,
  });
  const distribution = new Distribution(scope, 'ConsoleDistribution', {
    defaultRootObject: keyOf(consolePage),
    defaultBehavior: {
      origin: S3BucketOrigin.withOriginAccessControl(asInterface(bucket), {
        // Without LIST, S3 answers 403 for a file that does not exist.
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: createHeaders(scope, apiOrigin),
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: new Function(scope, 'ConsolePaths', {
            code: FunctionCode.fromInline(edgeFunction),
            runtime: FunctionRuntime.JS_2_0,
          }),
        },
      ],
    },
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_100,
  });
  createFiles(scope, bucket, props);
  const stack = Stack.of(scope);
  const { defaultChild } = bucket.node;
  const bucketId = CfnElement.isCfnElement(defaultChild) ? stack.getLogicalId(defaultChild) : '';
  const reason = 'the function by which the library copies files at deployment: it never sees an event';
  for (const copier of stack.node.children.filter(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'))) {
    Validations.of(copier).acknowledge(...copierFaults(bucketId).map((id) => ({ id, reason })));
  }
  Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'public files, read by CloudFront alone' });
  Validations.of(distribution).acknowledge(
    {
      id: 'Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      reason: 'the root leads to the console, so nothing lists the files',
    },
    { id: 'AwsSolutions-CFR1', reason: 'a static page without data; it has no country' },
    { id: 'AwsSolutions-CFR2', reason: 'a static page without data; a WAF costs while idle' },
    { id: 'AwsSolutions-CFR3', reason: 'a static page without data; what matters is in the access log of the API' },
    { id: 'AwsSolutions-CFR4', reason: 'the default certificate fixes the protocol; your own domain lifts it' },
  );
  return distribution;
};
