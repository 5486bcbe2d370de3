// The body that tells a caller what its key stands for, and which deployment answers.
import * as v from 'valibot';
import { roles } from '../http/routes.ts';
import { type BodyOf, instantText, wholeNumber } from './body.ts';

export const WhoAmIBodySchema = v.object({
  key_id: v.string(),
  name: v.pipe(v.string(), v.description('The name of the key.')),
  tenant_id: v.string(),
  environment_id: v.string(),
  roles: v.array(v.picklist(roles)),
  expires_at: v.exactOptional(v.pipe(instantText, v.description('Absent: never.'))),
  rate_limit: v.exactOptional(
    v.pipe(v.object({ per_second: wholeNumber, burst: wholeNumber }), v.description('Absent: none of its own.')),
  ),
  stage: v.exactOptional(v.pipe(v.string(), v.description('The stage that was deployed; `local` on one machine.'))),
  live: v.pipe(v.boolean(), v.description('Whether events can be followed live.')),
  version: v.pipe(v.string(), v.description('The version of this software.')),
});
export type WhoAmIBody = BodyOf<typeof WhoAmIBodySchema>;
