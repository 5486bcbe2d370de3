// Everything that differs between stages. `local` is for emulators of AWS.
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { FunctionName } from '../shared/config.ts';

const stageNames = ['dev', 'prod', 'local'] as const;
/** @internal */
export type StageName = (typeof stageNames)[number];

export interface Stage {
  readonly name: StageName;
  /** Table and queues outlive the stack, and the table cannot be deleted. */
  readonly isProtected: boolean;
  /** Days for which events are kept, at least 35; 0: forever. */
  readonly eventRetentionDays: number;
  readonly logRetention: RetentionDays;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Requests per second and burst, for all callers together; keys have their own limits. */
  readonly throttling: { readonly perSecond: number; readonly burst: number };
  /** Concurrent invocations of the processor, 2 to 1000; must be below the account's limit. */
  readonly processorConcurrency: number;
  readonly memoryMb: Readonly<Record<FunctionName, number>>;
  /** Whether to set the role that API Gateway logs with, one per account and region; false if the account has one. */
  readonly setsGatewayLogRole: boolean;
  /** Whether events can be followed live: the processor then records every arrival, which costs writes. */
  readonly isLive: boolean;
  /** Whether the web console is hosted: a page without data, but on the public internet. */
  readonly hasConsole: boolean;
}

const memoryMb = { ingest: 1024, processor: 1769, query: 1769, catalog: 1024 };

/** @internal */
export const stages: Readonly<Record<StageName, Stage>> = {
  dev: {
    name: 'dev',
    isProtected: false,
    eventRetentionDays: 0,
    logRetention: RetentionDays.ONE_WEEK,
    logLevel: 'info',
    throttling: { perSecond: 100, burst: 200 },
    processorConcurrency: 5,
    memoryMb,
    setsGatewayLogRole: true,
    isLive: true,
    hasConsole: true,
  },
  prod: {
    name: 'prod',
    isProtected: true,
    eventRetentionDays: 0,
    logRetention: RetentionDays.THREE_MONTHS,
    logLevel: 'info',
    throttling: { perSecond: 5000, burst: 5000 },
    processorConcurrency: 50,
    memoryMb,
    setsGatewayLogRole: true,
    isLive: false,
    hasConsole: false,
  },
  local: {
    name: 'local',
    isProtected: false,
    eventRetentionDays: 0,
    logRetention: RetentionDays.ONE_WEEK,
    logLevel: 'info',
    throttling: { perSecond: 5000, burst: 5000 },
    processorConcurrency: 2,
    memoryMb,
    setsGatewayLogRole: true,
    isLive: true,
    // Emulators cannot run the library's function that copies the files.
    hasConsole: false,
  },
};

/** Reads a switch of the command line. Throws an Error that names it for anything but on and off. */
const readSwitch = (name: string, value: unknown, fallback: boolean): boolean => {
  if (value === undefined) return fallback;
  if (value !== 'on' && value !== 'off') throw new Error(`${name} is ${JSON.stringify(value)}: pass -c ${name}=on|off`);
  return value === 'on';
};

/** Returns a stage by name, with what `-c` says otherwise. Throws an Error that lists the stages if there is none. */
export const findStage = (readContext: (name: string) => unknown): Stage => {
  const name = readContext('stage') ?? 'dev';
  const found = stageNames.find((known) => known === name);
  if (found === undefined) throw new Error(`no stage ${JSON.stringify(name)}: pass -c stage=${stageNames.join('|')}`);
  const stage = stages[found];
  return {
    ...stage,
    isLive: readSwitch('live', readContext('live'), stage.isLive),
    hasConsole: readSwitch('console', readContext('console'), stage.hasConsole),
  };
};
