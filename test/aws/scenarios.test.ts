// The scenarios once more, word for word, through API Gateway on the deployed stack.
import { jest } from '@jest/globals';
import { runScenarios } from '../support/drivers/all-scenarios.ts';
import { openDeployedStack } from './deployed-stack.ts';

jest.setTimeout(120_000);

await runScenarios(openDeployedStack);
