// npm run cost: what a month of traffic costs on AWS, from counted units and a price list.
import { CommanderError } from 'commander';
import { stages } from '../../lib/stage.ts';
import { costsOf } from './cost-model.ts';
import { parseCostOptions, toAssumptions, toTraffic } from './cost-options.ts';
import { countSample } from './cost-sample.ts';
import { reportText, toReportBody } from './cost-text.ts';
import { readPrices } from './price-list.ts';

try {
  const options = parseCostOptions(process.argv.slice(2));
  const traffic = toTraffic(options);
  const assumptions = toAssumptions(options, traffic, stages.prod.memoryMb);
  const prices = readPrices(options.region);
  const sample = await countSample(traffic);
  const report = {
    options,
    traffic,
    sample,
    assumptions,
    prices,
    costs: costsOf(sample, options.events, assumptions, prices),
  };
  console.log(options.json ? JSON.stringify(toReportBody(report), undefined, 2) : reportText(report));
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
