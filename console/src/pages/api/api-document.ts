// Reads the description of the API (OpenAPI) as operations. Schemas stay as they are until somebody looks at them.
import * as v from 'valibot';

const Anything = v.record(v.string(), v.unknown());
export type Schema = Readonly<Record<string, unknown>>;

const MediaSchema = v.object({
  'application/json': v.optional(v.object({ schema: v.optional(Anything), example: v.optional(v.unknown()) })),
});
const ParameterSchema = v.object({
  name: v.string(),
  in: v.picklist(['path', 'query', 'header']),
  required: v.optional(v.boolean(), false),
  description: v.optional(v.string(), ''),
  schema: v.optional(Anything, {}),
  example: v.optional(v.unknown()),
});
type Parameter = v.InferOutput<typeof ParameterSchema>;

const AnswerSchema = v.object({
  $ref: v.optional(v.string()),
  description: v.optional(v.string(), ''),
  content: v.optional(MediaSchema),
});
const OperationSchema = v.object({
  operationId: v.string(),
  tags: v.optional(v.array(v.string()), []),
  summary: v.optional(v.string(), ''),
  description: v.optional(v.string(), ''),
  'x-roles': v.optional(v.array(v.string()), []),
  parameters: v.optional(v.array(ParameterSchema), []),
  requestBody: v.optional(v.object({ content: MediaSchema })),
  responses: v.record(v.string(), AnswerSchema),
});
const methods = ['get', 'post', 'put', 'delete'] as const;
const DocumentSchema = v.object({
  info: v.object({ title: v.string(), version: v.string(), description: v.optional(v.string(), '') }),
  tags: v.array(v.object({ name: v.string(), description: v.optional(v.string(), '') })),
  paths: v.record(v.string(), Anything),
  components: v.object({
    schemas: v.record(v.string(), Anything),
    responses: v.optional(v.record(v.string(), AnswerSchema), {}),
  }),
});

export interface Answer {
  readonly status: string;
  readonly description: string;
  readonly schema?: Schema | undefined;
  readonly example?: unknown;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  /** From the version of the API on: `/events/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly roles: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly schema?: Schema | undefined; readonly example?: unknown } | undefined;
  readonly answers: readonly Answer[];
}

export interface ApiDocument {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, Schema>>;
}

const lastPart = (reference: string): string => reference.split('/').at(-1) ?? '';

/** Reads the document; throws ValiError if it is none. */
export const readDocument = (document: unknown): ApiDocument => {
  const { info, tags, paths, components } = v.parse(DocumentSchema, document);
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      if (item[method] === undefined) return [];
      const one = v.parse(OperationSchema, item[method]);
      const answers = Object.entries(one.responses).map(([status, sent]): Answer => {
        const answer = sent.$ref === undefined ? sent : (components.responses[lastPart(sent.$ref)] ?? sent);
        const body = answer.content?.['application/json'];
        return { status, description: answer.description, schema: body?.schema, example: body?.example };
      });
      return [
        {
          id: one.operationId,
          method: method.toUpperCase(),
          path,
          tag: one.tags[0] ?? '',
          summary: one.summary,
          description: one.description,
          roles: one['x-roles'],
          parameters: one.parameters,
          body: one.requestBody?.content['application/json'],
          answers,
        },
      ];
    }),
  );
  return { ...info, tags, operations, schemas: components.schemas };
};

/** Returns the operations that have all words of a search somewhere. */
export const searchOperations = (operations: readonly Operation[], search: string): readonly Operation[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return operations;
  return operations.filter(({ id, method, path, tag, summary, description, parameters }) => {
    const names = parameters.map(({ name }) => name).join(' ');
    const text = `${id} ${method} ${path} ${tag} ${summary} ${description} ${names}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
};
