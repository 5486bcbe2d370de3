// Which driver the scenarios run on: in process, unless another was chosen before they were imported.
import { afterAll, beforeAll } from '@jest/globals';
import type { Driver, OpenDriver } from './driver.ts';
import { openInProcessDriver } from './driver-in-process.ts';

let openChosen: OpenDriver = openInProcessDriver;

/** To be called before the scenarios are imported. */
export const chooseDriver = (open: OpenDriver): void => {
  openChosen = open;
};

/** The driver of the tests of one `describe`, opened before them and closed after them. */
export const useDriver = (): Driver => {
  let opened: Driver | undefined;
  const driver = (): Driver => {
    if (!opened) throw new Error('the driver is there only while tests run');
    return opened;
  };
  beforeAll(async () => {
    opened = await openChosen();
  }, 30_000);
  afterAll(() => opened?.close());
  return {
    request: (...call) => driver().request(...call),
    drain: () => driver().drain(),
    metrics: () => driver().metrics(),
    now: () => driver().now(),
    passTime: (ms) => driver().passTime(ms),
    close: () => driver().close(),
  };
};
