// Analytics: quantities and costs by line item or meter, by group and by window, out of one fold.
import { fitting } from '../../../shared/api/http/answer-size.ts';
import type { AnalyticsRequest } from '../../../shared/api/usage/analytics.ts';
import type { AnalyticsBody } from '../../../shared/api/bodies/analytics.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { analysisOf, partsOf } from './analytics-fold.ts';
import { totalBody } from './analytics-costs.ts';
import { toItems } from './analytics-items.ts';
import { type AnalyticsTargetDeps, findTargets } from './analytics-targets.ts';
import { foldUsage, type FoldUsageDeps } from '../fold/fold-usage.ts';
import { addTallies, type BacklogReader, noTallies, talliesOf } from '../usage/usage-coverage.ts';

export interface AnalyzeUsageDeps extends FoldUsageDeps, AnalyticsTargetDeps {
  readonly readBacklog: BacklogReader;
}

/** Throws as `foldUsage` does. */
export const createAnalyzeUsage =
  (deps: AnalyzeUsageDeps) =>
  async (scope: Scope, request: AnalyticsRequest): Promise<AnalyticsBody> => {
    // Before the events, so that it promises nothing that came later.
    const backlog = await deps.readBacklog();
    const now = deps.now();
    const { catalog, targets } = await findTargets(deps, scope, request, now);
    const analyses = targets.map((target) => analysisOf(request, target)).filter(({ from, to }) => from < to);
    await foldUsage(deps, scope, request.externalCustomerId ?? null, partsOf(analyses));
    const items = toItems(scope, catalog, request, analyses, now);
    const shown = fitting(items);
    return {
      items: shown,
      ...(shown.length < items.length && { has_more: true }),
      ...totalBody(items),
      ...analyses.map(({ breakdowns }) => talliesOf(breakdowns.all.total)).reduce(addTallies, noTallies),
      ...backlog,
    };
  };
