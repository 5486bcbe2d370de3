// AWS's own emulator, with PartiQL batches and without.
import { startDynamoDbLocal } from '../../support/dynamodb-local.ts';
import { describeWith } from '../../support/requires.ts';
import { connect } from './connect.ts';
import { describeTable } from './table-suite.ts';

describeWith('java', 'DynamoDB Local with PartiQL', () => {
  describeTable(async () => connect(await startDynamoDbLocal(), true));
});
