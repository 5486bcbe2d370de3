// The id in the path of a page, `$id` in the table of pages.
import { useParams } from '@tanstack/react-router';
import * as v from 'valibot';

const ParamsSchema = v.object({ id: v.fallback(v.string(), '') });

/** Returns the id, decoded; "" on a page without one. */
export const usePathId = (): string => v.parse(ParamsSchema, useParams({ strict: false })).id;
