// Analytics: quantities and costs by line item or meter, by group and by window, out of one fold.
import { fitting } from '../../../shared/api/http/answer-size.ts';
import type { AnalyticsRequest } from '../../../shared/api/usage/analytics.ts';
import type { AnalyticsBody } from '../../../shared/api/bodies/analytics.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { analysisOf, statesOf } from './analytics-fold.ts';
import { totalBody } from './analytics-costs.ts';
import { toItems } from './analytics-items.ts';
import { type AnalyticsTargetDeps, findTargets } from './analytics-targets.ts';
import { refuseUnkept } from '../fold/event-hours.ts';
import type { FoldUsageDeps } from '../fold/fold-usage.ts';
import { foldTimelines } from '../usage/fold-timelines.ts';
import { addTallies, type BacklogReader, noTallies, talliesOf } from '../usage/usage-coverage.ts';

export interface AnalyzeUsageDeps extends FoldUsageDeps, AnalyticsTargetDeps {
  readonly readBacklog: BacklogReader;
}

/** Throws as `foldUsage` does, and ApiError `validation_error` for a range before what is kept. */
export const createAnalyzeUsage =
  (deps: AnalyzeUsageDeps) =>
  async (scope: Scope, request: AnalyticsRequest): Promise<AnalyticsBody> => {
    const { externalCustomerId = null } = request;
    refuseUnkept(deps, externalCustomerId, request.start);
    // Before the events, so that it promises nothing that came later.
    const backlog = await deps.readBacklog();
    const now = deps.now();
    const { catalog, targets } = await findTargets(deps, scope, request, now);
    const analyses = targets
      .map((target) => analysisOf(request, target))
      .filter(({ timeline: { from, to } }) => from < to);
    await foldTimelines(
      deps,
      scope,
      externalCustomerId,
      analyses.map(({ timeline }) => timeline),
    );
    const items = toItems(scope, catalog, request, analyses, now);
    const shown = fitting(items);
    return {
      items: shown,
      ...(shown.length < items.length && { has_more: true }),
      ...totalBody(items),
      ...analyses.flatMap(statesOf).map(talliesOf).reduce(addTallies, noTallies),
      ...backlog,
    };
  };
