// Causes of failures: why no line item bills an event, or why a meter counts it as zero.
import { unbilledCauses } from './unbilled-cause.ts';

/** Warnings for which a meter counts an event as zero, or leaves it out. */
export const zeroingCodes = ['missing_property', 'non_numeric_value', 'expression_error'] as const;

export const failureCauses = [...unbilledCauses, ...zeroingCodes] as const;
export type FailureCause = (typeof failureCauses)[number];
