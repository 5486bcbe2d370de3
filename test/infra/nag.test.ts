// cdk-nag is really asked, and its answer really ends a synthesis. (That the stages pass is shown by their synthesis.)
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

test('a fault ends the synthesis', () => {
  expect(() => withBareQueue().app.synth()).toThrow('AwsSolutions-SQS4');
});

test('each fault must be acknowledged by its own name', () => {
  const { app, queue } = withBareQueue();
  const reason = 'of this test';
  Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason }, { id: 'AwsSolutions-SQS4', reason });
  expect(() => app.synth()).toThrow('Serverless-SQSRedrivePolicy');
  Validations.of(queue).acknowledge({ id: 'Serverless-SQSRedrivePolicy', reason });
  expect(() => app.synth({ force: true })).not.toThrow();
});
