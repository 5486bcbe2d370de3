// Runs the public Flexprice SDK against a started system.
import { startSystem } from '../../lib/local/system.ts';
import { describeOfficialSdk } from '../support/sdk/official-sdk-suite.ts';

describeOfficialSdk(() => startSystem({ port: 0, isDemo: false, write: () => undefined }));
