// Named JSON Schemas as validators, each compiled at its first use.
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type JsonObject, parseJson } from '../../../shared/domain/json-text.ts';

/** Returns the fault of a value with its JSON path; undefined when there is none. */
export type FaultOf = (name: string, value: unknown) => string | undefined;

/** `schemas` as they stand in the components of an OpenAPI document. */
export const createFaultOf = (schemas: JsonObject): FaultOf => {
  // The document is linted; what remains is what makes a validator of one use come quickly.
  const quick = { validateSchema: false, meta: false, inlineRefs: false, code: { optimize: false } };
  const ajv = addFormats.default(new Ajv2020({ allowUnionTypes: true, strictTypes: false, ...quick }));
  const definitions = JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/$defs/');
  ajv.addSchema({ $id: 'api', $defs: parseJson(definitions) });
  return (name, value) => {
    const validate = ajv.getSchema('api#/$defs/' + name);
    if (!validate) throw new Error(`there is no schema ${name}`);
    if (validate(value) === true) return undefined;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath || '/'} ${error?.message ?? ''} ${JSON.stringify(error?.params)}`;
  };
};
