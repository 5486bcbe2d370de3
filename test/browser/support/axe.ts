// Accessibility, by axe: WCAG 2.2 AA and its best practices. The policy forbids scripts from elsewhere, so axe comes with the page.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';
import * as v from 'valibot';

/** Makes axe part of every page of a context. */
export const withAxe = async (context: BrowserContext): Promise<void> => {
  const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  await context.addInitScript({ content: await readFile(path, 'utf8') });
};

const FoundSchema = v.object({
  violations: v.array(
    v.object({
      id: v.string(),
      help: v.string(),
      nodes: v.array(v.object({ target: v.unknown(), failureSummary: v.optional(v.string(), '') })),
    }),
  ),
});

export interface AxeOptions {
  /** Only what matches these selectors: an open list box hides the rest of the page from assistive technology. */
  readonly only?: readonly string[];
  /** Rules that do not apply to this state. */
  readonly without?: readonly string[];
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Returns what axe objects to, as texts that say where and why. */
export const axeViolations = async (
  page: Page,
  { only = [], without = [] }: AxeOptions = {},
): Promise<readonly string[]> => {
  const options = {
    runOnly: { type: 'tag', values: tags },
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    resultTypes: ['violations'],
  };
  const context = only.length > 0 ? { include: only.map((selector) => [selector]) } : undefined;
  const found: unknown = await page.evaluate(
    `axe.run(${context ? JSON.stringify(context) : 'document'}, ${JSON.stringify(options)})`,
  );
  return v
    .parse(FoundSchema, found)
    .violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${JSON.stringify(target)}\n  ${failureSummary}`),
    );
};
