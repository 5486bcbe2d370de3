// The CloudFormation template of a stage, made by the app as `cdk synth` makes it.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import type { StageName } from '../../lib/stage.ts';
import type { FunctionName } from '../../shared/config.ts';

const root = join(import.meta.dirname, '..', '..');
const Fields = v.record(v.string(), v.unknown());

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletionPolicy: string | undefined;
  /** Ids of the resources that are created before. */
  readonly dependsOn: readonly string[];
}

export interface Synthesized {
  readonly resources: readonly Resource[];
  readonly ofType: (type: string) => readonly Resource[];
  readonly outputs: readonly string[];
}

const TemplateSchema = v.object({
  Resources: v.record(
    v.string(),
    v.object({
      Type: v.string(),
      Properties: v.optional(Fields, {}),
      DeletionPolicy: v.optional(v.string()),
      DependsOn: v.optional(v.array(v.string()), []),
    }),
  ),
  Outputs: Fields,
});
const ManifestSchema = v.object({ context: Fields });

export const readTemplate = (template: unknown): Synthesized => {
  const { Resources, Outputs } = v.parse(TemplateSchema, template);
  const resources = Object.entries(Resources).map(([id, { Type, Properties, DeletionPolicy, DependsOn }]) => ({
    id,
    type: Type,
    properties: Properties,
    deletionPolicy: DeletionPolicy,
    dependsOn: DependsOn,
  }));
  return {
    resources,
    ofType: (wanted) => resources.filter(({ type }) => type === wanted),
    outputs: Object.keys(Outputs),
  };
};

/** The feature flags of `cdk.json`, as every synthesis has them. */
export const readContext = async (): Promise<Readonly<Record<string, unknown>>> =>
  v.parse(ManifestSchema, JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8'))).context;

/** Rejects with what the app wrote when cdk-nag finds fault, as `cdk synth` does. */
export const synthesize = async (stage: StageName): Promise<Synthesized> => {
  const context = await readContext();
  const folder = await mkdtemp(join(tmpdir(), 'tollgate-synth-'));
  try {
    await promisify(execFile)(process.execPath, [join(root, 'bin', 'app.ts')], {
      cwd: root,
      env: {
        CDK_OUTDIR: folder,
        CDK_CONTEXT_JSON: JSON.stringify({ ...context, stage, bundles: join(folder, 'bundles') }),
      },
    });
    return readTemplate(JSON.parse(await readFile(join(folder, `tollgate-${stage}.template.json`), 'utf8')));
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Throws an Error when there is none, or more. */
export const only = <T>(items: readonly T[]): T => {
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`${String(items.length)} of what should be one`);
  return item;
};

export const Reference = v.object({ Ref: v.string() });
export const Attribute = v.object({ 'Fn::GetAtt': v.tuple([v.string(), v.string()]) });

const FunctionSchema = v.looseObject({
  FunctionName: v.string(),
  Environment: v.object({ Variables: v.record(v.string(), v.unknown()) }),
  Role: Attribute,
  Timeout: v.number(),
  LoggingConfig: v.looseObject({ LogGroup: Reference }),
});

/** Its properties, with its logical id. */
export const deployedFunction = ({ ofType }: Synthesized, name: FunctionName) => {
  const { id, properties } = only(
    ofType('AWS::Lambda::Function').filter((one) => String(one.properties['FunctionName']).endsWith(`-${name}`)),
  );
  return { id, raw: properties, ...v.parse(FunctionSchema, properties) };
};
