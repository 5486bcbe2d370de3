// Costs of some quantities, and of any that the reader types.
import { type ReactNode, useState } from 'react';
import { groupedDigits } from '../../ui/digits.ts';
import { TextField } from '../../ui/fields.tsx';
import type { Body } from '../../forms/form-body.ts';
import resource from '../resource/resource.module.css';
import { costText, sampleQuantities, termsOfBody } from './price-preview.ts';

interface CostTableProps {
  /** A body of a price, or an answer. */
  readonly body: Body;
  readonly currency: string;
  /** The code of the custom unit in which the amounts are. */
  readonly unit?: string;
}

export const CostTable = ({ body, currency, unit = '' }: CostTableProps): ReactNode => {
  const [own, setOwn] = useState('');
  const terms = termsOfBody(body);
  const ownCost = terms && costText(terms, own, currency, unit);
  return (
    <section className={resource['side']} aria-label="What it costs, by quantity">
      <div>
        <h2>What it costs</h2>
        {terms ? (
          <table className={resource['table']}>
            <thead>
              <tr>
                <th scope="col" className={resource['numeric']}>
                  Quantity
                </th>
                <th scope="col" className={resource['numeric']}>
                  Costs
                </th>
              </tr>
            </thead>
            <tbody>
              {sampleQuantities(terms).map((quantity) => (
                <CostRow key={quantity} quantity={quantity} cost={costText(terms, quantity, currency, unit)} />
              ))}
            </tbody>
          </table>
        ) : (
          <p className={resource['muted']}>Appears when the amounts are complete.</p>
        )}
      </div>
      {terms && (
        <>
          <TextField
            label="Another quantity"
            isMono
            inputMode="decimal"
            value={own}
            onChange={setOwn}
            problem={own !== '' && ownCost === undefined ? 'must be a number, 0 or more' : undefined}
          />
          <p role="status" className={resource['muted']}>
            {own !== '' && ownCost && (
              <>
                {own} costs <strong>{ownCost.amount}</strong>
                {ownCost.exact !== undefined && `, exactly ${ownCost.exact}`}
              </>
            )}
          </p>
        </>
      )}
    </section>
  );
};

const CostRow = ({
  quantity,
  cost,
}: {
  readonly quantity: string;
  readonly cost: ReturnType<typeof costText>;
}): ReactNode => (
  <tr>
    <td className={resource['numeric']}>{groupedDigits(quantity)}</td>
    <td className={resource['numeric']}>
      {cost?.amount}
      {cost?.exact !== undefined && <span className={resource['small']}> ({cost.exact})</span>}
    </td>
  </tr>
);
