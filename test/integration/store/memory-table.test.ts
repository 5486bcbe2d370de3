// The twin of the tests keeps the law that DynamoDB keeps.
import { createMemoryTable } from '../../support/drivers/memory-table.ts';
import { describeBackend } from './backend.ts';

describeBackend(() =>
  Promise.resolve({ table: createMemoryTable({ itemsPerPage: 5 }), stop: () => Promise.resolve() }),
);
