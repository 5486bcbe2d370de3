// Preview of a meter that is being written: its sentence, and the cost of its expression.
import type { ReactNode } from 'react';
import { compileExpression } from '../../../../shared/domain/meters/expression.ts';
import { maxExpressionCost } from '../../../../shared/domain/meters/expression-cost.ts';
import { type Values, rowsAt, textAt } from '../../forms/field-spec.ts';
import { Icon } from '../../ui/icon.tsx';
import { VisibleText } from '../../ui/visible-text.tsx';
import resource from '../resource/resource.module.css';
import { aggregationNames } from './meter-words.ts';

export const MeterPreview = ({
  values,
  eventName,
}: {
  readonly values: Values;
  readonly eventName: string;
}): ReactNode => {
  const type = textAt(values, 'aggregation.type');
  const isExpression = textAt(values, 'measure') === 'expression';
  const expression = textAt(values, 'aggregation.expression');
  const value = isExpression ? expression : textAt(values, 'aggregation.field');
  const filters = rowsAt(values, 'filters').filter(({ key = '' }) => key !== '');
  return (
    <section className={resource['side']} aria-label="What it counts">
      <div>
        <h2>What it counts</h2>
        <p>
          {aggregationNames[type]}
          {type !== 'COUNT' && (
            <>
              {' of '}
              <code>
                <VisibleText text={value === '' ? '…' : value} />
              </code>
            </>
          )}
          {type !== 'COUNT' && ', of events'} named{' '}
          <code>
            <VisibleText text={eventName === '' ? '…' : eventName} />
          </code>
          {filters.map(({ key = '', values: texts = '' }, index) => (
            <span key={index}>
              {index === 0 ? ' where ' : ' and '}
              <code>
                <VisibleText text={key} />
              </code>{' '}
              is{' '}
              <code>
                <VisibleText text={texts.split('\n').filter(Boolean).join(' or ') || '…'} />
              </code>
            </span>
          ))}
          .
        </p>
      </div>
      {isExpression && expression !== '' && <ExpressionCheck expression={expression} />}
    </section>
  );
};

const ExpressionCheck = ({ expression }: { readonly expression: string }): ReactNode => {
  const compilation = compileExpression(expression);
  if (compilation.kind === 'invalid') {
    return (
      <p role="status">
        <Icon name="cross" /> The expression {compilation.message}.
      </p>
    );
  }
  const { cost, names } = compilation.expression;
  return (
    <p role="status">
      <Icon name={cost > maxExpressionCost ? 'alert' : 'check'} /> Valid. It reads{' '}
      {names.length === 0 ? 'no property' : names.join(', ')}; evaluating it costs {cost} of at most {maxExpressionCost}
      .
    </p>
  );
};
