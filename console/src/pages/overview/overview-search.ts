// The state of the overview in the URL.
import * as v from 'valibot';
import { rangeField } from '../../url/search-fields.ts';

export const OverviewSearchSchema = v.object({ range: rangeField('24h') });
