// Proves that cdk-nag runs, and that a finding fails the synthesis. (The synthesis of each stage shows that it passes.)
import { expect, test } from '@jest/globals';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { checkByNag } from '../../lib/nag.ts';

const withBareQueue = () => {
  const app = new App();
  const queue = new Queue(new Stack(app, 'Bare'), 'Queue');
  checkByNag(app);
  return { app, queue };
};

test('a finding fails the synthesis', () => {
  expect(() => withBareQueue().app.synth()).toThrow('AwsSolutions-SQS4');
});

test('each finding must be acknowledged by its own name', () => {
  const { app, queue } = withBareQueue();
  const reason = 'of this test';
  Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason }, { id: 'AwsSolutions-SQS4', reason });
  expect(() => app.synth()).toThrow('Serverless-SQSRedrivePolicy');
  Validations.of(queue).acknowledge({ id: 'Serverless-SQSRedrivePolicy', reason });
  expect(() => app.synth({ force: true })).not.toThrow();
});
