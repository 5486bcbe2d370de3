// The official SDK as its users have it; every answer it gets is also checked against the description of the API.
import { setTimeout as delay } from 'node:timers/promises';
import { Flexprice, HTTPClient } from '@flexprice/sdk';
import { toAnswer } from './driver.ts';
import { checkAnswer } from './response-check.ts';

export interface CheckedSdk {
  readonly connect: (apiKey: string) => Flexprice;
  /** How many answers were checked. */
  readonly answered: () => number;
}

/** `url`: of the system, without a slash at its end. */
export const checkedSdk = (url: string): CheckedSdk => {
  let answers = 0;
  const httpClient = new HTTPClient();
  httpClient.addHook('response', async (response, request) => {
    const answer = toAnswer(response.status, response.headers, await response.clone().text());
    checkAnswer(request.method, request.url.slice(url.length), undefined, answer);
    answers += 1;
  });
  return {
    connect: (apiKey) => new Flexprice({ serverURL: `${url}/v1`, apiKeyAuth: apiKey, httpClient }),
    answered: () => answers,
  };
};

/** The SDK's own advice: the event is there some moments after it was accepted. */
export const settledEvent = async (sdk: Flexprice, id: string) => {
  for (const deadline = Date.now() + 10_000; ;) {
    const found = await sdk.events.getEvent(id).catch((error: unknown) => {
      if (Date.now() > deadline) throw error;
      return undefined;
    });
    if (found?.status && found.status !== 'processing') return found;
    await delay(20);
  }
};
