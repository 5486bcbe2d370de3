// The lines of a bill with their total; each opens its steps, and its quantity the events behind it.
import type { ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';
import { groupedDigits } from '../../ui/digits.ts';
import { Icon } from '../../ui/icon.tsx';
import { moneyText } from '../../ui/money-text.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { NothingYet } from '../../ui/states.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { instantInZone } from '../parts/period-text.ts';
import { usageHref } from './charge-links.ts';
import { type Preview, sumOfLines } from './charge-rows.ts';
import styles from './charges.module.css';

export const LinesTable = ({ bill }: { readonly bill: Preview }): ReactNode => {
  const { line_items: lines, currency, total, subscription, customer } = bill;
  if (lines.length === 0) {
    return (
      <NothingYet title="Nothing is charged in this period">
        The plan of this subscription has no price that covers it.
      </NothingYet>
    );
  }
  const { isTotal, sum } = sumOfLines(bill);
  return (
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Lines of the bill">
      <table className={classes(styles['table'], styles['bill'])}>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Period</th>
            <th scope="col" className={styles['number']}>
              Billed
            </th>
            <th scope="col" className={styles['number']}>
              Free
            </th>
            <th scope="col" className={styles['number']}>
              Amount in {currency.toUpperCase()}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const href = usageHref(line, customer.external_id, subscription.id);
            return (
              <tr key={line.id}>
                <th scope="row">
                  <a
                    href={`#${line.id}`}
                    onClick={(event) => {
                      event.preventDefault();
                      const place = document.getElementById(line.id);
                      place?.scrollIntoView({ block: 'start' });
                      place?.focus({ preventScroll: true });
                    }}
                  >
                    <VisibleText text={line.display_name} />
                  </a>
                </th>
                <td>
                  {instantInZone(line.period_start, subscription.timezone)} –{' '}
                  {instantInZone(line.period_end, subscription.timezone)}
                </td>
                <td className={styles['number']}>
                  {href === undefined ? (
                    groupedDigits(line.quantity)
                  ) : (
                    <PageLink href={href}>{groupedDigits(line.quantity)}</PageLink>
                  )}
                </td>
                <td className={styles['number']}>{groupedDigits(line.adjusted_entitlement_quantity ?? '–')}</td>
                <td className={styles['number']} data-part="line-amount">
                  {moneyText(line.amount, currency)}
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              Total{' '}
              <span className={styles['note']} title={sum}>
                <Icon name={isTotal ? 'check' : 'alert'} size={12} />{' '}
                {isTotal ? 'the sum of the lines' : 'not the sum of the lines: please report this'}
              </span>
            </th>
            <td />
            <td />
            <td />
            <td className={styles['number']} data-part="total">
              {moneyText(total, currency)}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
};
