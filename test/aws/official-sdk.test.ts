// The public Flexprice SDK against the deployed stack, through API Gateway.
import { describeOfficialSdk } from '../support/official-sdk-suite.ts';
import { deployment } from './deployment.ts';

describeOfficialSdk(() => Promise.resolve({ ...deployment(), stop: () => Promise.resolve() }));
