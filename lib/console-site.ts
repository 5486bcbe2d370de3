// Hosts the web console: static files in a private bucket behind CloudFront, with the URL of the API.
import { existsSync } from 'node:fs';
import { CfnElement, DefaultStackSynthesizer, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  Distribution,
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
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';

export interface ConsoleSiteProps {
  /** The build of the console. */
  readonly folder: string;
  readonly apiUrl: string;
}

const page = 'index.html';

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

/** Creates the site. Throws an Error if the console is not built. */
export const createConsoleSite = (scope: Construct, { folder, apiUrl }: ConsoleSiteProps): Distribution => {
  if (!existsSync(folder)) throw new Error(`the stage hosts the console, but it is not built: there is no ${folder}`);
  const bucket = new Bucket(scope, 'ConsoleBucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
    autoDeleteObjects: true,
  });
  const headers = new ResponseHeadersPolicy(scope, 'ConsoleHeaders', {
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        contentSecurityPolicy: `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' https:; frame-ancestors 'none'`,
        override: true,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
    },
  });
  const distribution = new Distribution(scope, 'ConsoleDistribution', {
    defaultRootObject: page,
    defaultBehavior: {
      origin: S3BucketOrigin.withOriginAccessControl(asInterface(bucket)),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: headers,
    },
    // All paths are served by one page.
    errorResponses: [403, 404].map((httpStatus) => ({
      httpStatus,
      responseHttpStatus: 200,
      responsePagePath: `/${page}`,
      ttl: Duration.minutes(1),
    })),
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_100,
  });
  new BucketDeployment(scope, 'ConsoleFiles', {
    sources: [Source.asset(folder), Source.jsonData('config.json', { api_url: apiUrl })],
    destinationBucket: asInterface(bucket),
    distribution,
    memoryLimit: 512,
    logGroup: new LogGroup(scope, 'ConsoleFilesLog', {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
  const stack = Stack.of(scope);
  const { defaultChild } = bucket.node;
  const bucketId = CfnElement.isCfnElement(defaultChild) ? stack.getLogicalId(defaultChild) : '';
  const reason = 'the function by which the library copies files at deployment: it never sees an event';
  for (const copier of stack.node.children.filter(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'))) {
    Validations.of(copier).acknowledge(...copierFaults(bucketId).map((id) => ({ id, reason })));
  }
  Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'public files, read by CloudFront alone' });
  Validations.of(distribution).acknowledge(
    { id: 'AwsSolutions-CFR1', reason: 'a static page without data; it has no country' },
    { id: 'AwsSolutions-CFR2', reason: 'a static page without data; a WAF costs while idle' },
    { id: 'AwsSolutions-CFR3', reason: 'a static page without data; what matters is in the access log of the API' },
    { id: 'AwsSolutions-CFR4', reason: 'the default certificate fixes the protocol; your own domain lifts it' },
  );
  return distribution;
};
