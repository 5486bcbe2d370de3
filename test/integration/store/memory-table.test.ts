// The twin of the tests keeps the law that DynamoDB keeps.
import { createMemoryTable } from '../../support/memory-table.ts';
import { describeTable } from './table-suite.ts';

describeTable(() => Promise.resolve({ table: createMemoryTable({ itemsPerPage: 5 }), stop: () => Promise.resolve() }));
