// Schemas of JSON values in golden files, which are JSON by construction.
import * as v from 'valibot';
import type { JsonObject, JsonValue } from '../../../shared/domain/json-text.ts';

export const Json = v.custom<JsonValue>((value) => value !== undefined);
export const Properties = v.nullable(v.custom<JsonObject>((value) => typeof value === 'object' && value !== null));
