// The in-memory twin of the tests follows the same law as DynamoDB.
import { createMemoryTable } from '../../support/drivers/memory-table.ts';
import { describeBackend } from './backend.ts';

describeBackend(() =>
  Promise.resolve({ table: createMemoryTable({ itemsPerPage: 5 }), stop: () => Promise.resolve() }),
);
