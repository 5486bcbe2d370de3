// The public Flexprice SDK against the deployed stack, through API Gateway, in an environment of its own.
import { createKey } from '../scenario/steps/key-steps.ts';
import { createClient, unique } from '../support/drivers/client.ts';
import { describeOfficialSdk } from '../support/sdk/official-sdk-suite.ts';
import { openDeployedStack } from './deployed-stack.ts';
import { deployment } from './deployment.ts';

describeOfficialSdk(async () => {
  const driver = await openDeployedStack();
  const { secret } = await createKey(createClient(driver), { environment_id: unique('env') });
  return { url: deployment().url, apiKey: secret, stop: driver.close };
});
