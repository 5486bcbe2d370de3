// One line of a bill: a sentence, the steps from usage to amount as a waterfall, its versions and the windows of its allowance.
import type { ReactNode } from 'react';
import { groupedDigits } from '../../ui/digits.ts';
import { moneyText } from '../../ui/money-text.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { Icon } from '../../ui/icon.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import { instantInZone } from '../parts/period-text.ts';
import { addsUp, type Line, type WaterfallRow, waterfallOf } from './charge-rows.ts';
import { usageHref, windowHref } from './charge-links.ts';
import styles from './charges.module.css';
import { lineNotes, lineSentence } from './line-sentence.ts';

interface LineCardProps {
  readonly line: Line;
  /** External id. */
  readonly customer: string;
  readonly zone: string;
}

export const LineCard = ({ line, customer, zone }: LineCardProps): ReactNode => {
  const { explanation, currency, subscription_id: subscription } = line;
  const sentence = lineSentence(line);
  const rows = waterfallOf(line);
  const usage = usageHref(line, customer, subscription);
  const label = `${line.display_name}, from ${instantInZone(line.period_start, zone)}`;
  const [before] = explanation.restarted_after ? [explanation.restarted_after.subscription_id] : [];
  return (
    <section id={line.id} className={styles['line']} aria-label={label} tabIndex={-1}>
      <header className={styles['lineTop']}>
        <h3>
          <VisibleText text={line.display_name} />
        </h3>
        <span className={styles['note']}>
          {instantInZone(line.period_start, zone)} – {instantInZone(line.period_end, zone)}
        </span>
        <span className={styles['amount']}>
          {moneyText(line.amount, currency)} {currency.toUpperCase()}
        </span>
      </header>
      {sentence !== undefined && <p className={styles['sentence']}>{sentence}</p>}
      {lineNotes(line).map((note) => (
        <p key={note} className={styles['hint']}>
          <VisibleText text={note} />
        </p>
      ))}
      {before !== undefined && (
        <p className={styles['note']}>
          <PageLink href={`/charges/${encodeURIComponent(before)}`}>Charges of the subscription before</PageLink>
        </p>
      )}
      <div className={styles['scroll']} tabIndex={0} role="group" aria-label={`Steps of ${label}`}>
        <table className={styles['waterfall']}>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">How</th>
              <td />
              <th scope="col">Comes to</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <StepRow key={row.id} row={row} currency={currency} href={row.opens === undefined ? undefined : usage} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles['note']} data-adds-up={addsUp(line)}>
        <Icon name={addsUp(line) ? 'check' : 'alert'} size={12} />{' '}
        {addsUp(line)
          ? 'The steps add up to the amount.'
          : 'The steps do not add up to the amount: please report this.'}
      </p>
      <Windows line={line} customer={customer} zone={zone} />
      <Versions line={line} zone={zone} />
    </section>
  );
};

const StepRow = ({
  row: { name, how, value, unit, kind, from, to },
  currency,
  href,
}: {
  readonly row: WaterfallRow;
  readonly currency: string;
  readonly href: string | undefined;
}): ReactNode => {
  const text = unit === 'money' ? moneyText(value, currency) : groupedDigits(value);
  return (
    <tr data-kind={kind} data-unit={unit}>
      <th scope="row">{href === undefined ? name : <PageLink href={href}>{name}</PageLink>}</th>
      <td>
        <VisibleText text={how} />
      </td>
      <td className={styles['barCell']}>
        <svg className={styles['bar']} viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
          <rect x={from * 100} width={Math.max(0.6, (to - from) * 100)} y="1" height="10" />
        </svg>
      </td>
      <td className={styles['number']}>
        {href === undefined ? text : <PageLink href={href}>{text}</PageLink>}
        <span className={styles['unit']}> {unit === 'money' ? currency.toUpperCase() : 'units'}</span>
      </td>
    </tr>
  );
};

const Windows = ({ line, customer, zone }: LineCardProps): ReactNode => {
  const { allowance } = line.explanation;
  if (!allowance || allowance.windows.length === 0) return null;
  return (
    <details className={styles['more']} open={allowance.windows.length <= 3}>
      <summary>Windows of the allowance</summary>
      <table className={styles['small']}>
        <thead>
          <tr>
            <th scope="col">Window</th>
            <th scope="col" className={styles['number']}>
              Used before the period
            </th>
            <th scope="col" className={styles['number']}>
              Used by its end
            </th>
          </tr>
        </thead>
        <tbody>
          {allowance.windows.map(({ start, end, used_before: before, used }) => {
            const href = windowHref(line, customer, line.subscription_id, { start, end: end ?? line.period_end });
            return (
              <tr key={start}>
                <th scope="row">
                  {instantInZone(start, zone)} – {end === undefined ? 'never reset' : instantInZone(end, zone)}
                </th>
                <td className={styles['number']}>{groupedDigits(before)}</td>
                <td className={styles['number']}>
                  {href === undefined ? groupedDigits(used) : <PageLink href={href}>{groupedDigits(used)}</PageLink>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {allowance.more_windows !== undefined && <p>and {groupedDigits(allowance.more_windows)} windows before</p>}
    </details>
  );
};

const Versions = ({ line, zone }: Pick<LineCardProps, 'line' | 'zone'>): ReactNode => {
  const { versions = [], more_versions: more } = line.explanation;
  if (versions.length === 0) return null;
  return (
    <details className={styles['more']} open>
      <summary>Versions of this line: a change of its price or commitment ended one and began the next</summary>
      <table className={styles['small']}>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col" className={styles['number']}>
              Used
            </th>
            <th scope="col" className={styles['number']}>
              Billed
            </th>
            <th scope="col" className={styles['number']}>
              Amount before rounding
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ sub_line_item_id: id, start, end, value = '', billed_quantity: billed = '', amount }) => (
            <tr key={`${id} ${start}`} aria-current={id === line.subscription_line_item_id ? 'true' : undefined}>
              <th scope="row" title={id}>
                {instantInZone(start, zone)} – {instantInZone(end, zone)}
                {id === line.subscription_line_item_id && ' (this line)'}
              </th>
              <td className={styles['number']}>{groupedDigits(value)}</td>
              <td className={styles['number']}>{groupedDigits(billed)}</td>
              <td className={styles['number']}>{moneyText(amount, line.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more !== undefined && <p>and {groupedDigits(more)} more</p>}
    </details>
  );
};
