// Usage of an aggregate or of a meter, over a range, whole and by window or bucket.
import type { UsageBody } from '../../shared/api/bodies/usage.ts';
import { ApiError } from '../../shared/api/problem.ts';
import type { MeterUsageRequest, UsageDivision, UsageRequest } from '../../shared/api/usage.ts';
import type { CatalogView } from '../../shared/domain/catalog-view.ts';
import { formatInZone } from '../../shared/domain/civil-time.ts';
import { definitionOfMeter } from '../../shared/domain/definition.ts';
import type { Scope } from '../../shared/domain/ids.ts';
import { zeroInstant } from '../../shared/domain/instant.ts';
import type { Meter } from '../../shared/domain/meter.ts';
import type { Quantity } from '../../shared/domain/quantity.ts';
import { createState, mergeState } from '../../shared/domain/usage-state.ts';
import { createSummary, sumOfParts, ungroup, type UsageSummary } from '../../shared/domain/usage-summary.ts';
import { valueOf } from '../../shared/domain/usage-value.ts';
import { bucketStart, windowStart } from '../../shared/domain/usage-window.ts';
import { foldUsage, type FoldUsageDeps } from './fold-usage.ts';
import { type createFlightReader, talliesOf } from './usage-coverage.ts';
