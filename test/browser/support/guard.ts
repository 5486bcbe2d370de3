// Watches pages for what they must never do unnoticed: break the content security policy, write an error to its console, or throw.
import type { BrowserContext, Page } from 'playwright-core';

export interface Guard {
  /** Everything that went wrong so far, but what is expected. */
  readonly faults: () => readonly string[];
  /** Makes errors that match expected, such as the 503 of an answer that a test makes fail. */
  readonly expect: (pattern: RegExp) => void;
}

/** Runs before any script of a page: a violation becomes an error of its console. */
const reportViolations = (): void => {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
    console.error(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}:${String(lineNumber)}`);
  });
};

/** Watches a page from its first script on. */
const watch = (page: Page, faults: string[]): void => {
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} ${message.location().url}`);
  });
};

/** An event that was accepted a moment ago is not found until it is stored: its lookup is repeated. */
const notStoredYet = /status of 404 .*\/v1\/events\/lookup\?/;

/** Guards all pages of a context. */
export const guard = async (context: BrowserContext): Promise<Guard> => {
  const faults: string[] = [];
  const expected: RegExp[] = [notStoredYet];
  await context.addInitScript(reportViolations);
  context.on('page', (page) => {
    watch(page, faults);
  });
  return {
    faults: () => faults.filter((fault) => !expected.some((pattern) => pattern.test(fault))),
    expect: (pattern) => {
      expected.push(pattern);
    },
  };
};
