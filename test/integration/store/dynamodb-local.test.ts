// AWS's own emulator, with PartiQL batches and without.
import { startDynamoDbLocal } from '../../support/drivers/dynamodb-local.ts';
import { describeWith } from '../../support/requires.ts';

import { connect, describeBackend } from './backend.ts';

describeWith('java', 'DynamoDB Local with PartiQL', () => {
  describeBackend(async () => connect(await startDynamoDbLocal(), true));
});
