// The forms of what can be done with a subscription, one at a time.
import { type ReactNode, useState } from 'react';
import type { LineItemBody, SubscriptionDetailsBody } from '../../../../shared/api/bodies/subscriptions.ts';
import {
  addLineItemSchema,
  changeLineItemSchema,
  endLineItemSchema,
} from '../../../../shared/api/subscriptions/line-items.ts';
import {
  activateSubscriptionSchema,
  cancelSubscriptionSchema,
} from '../../../../shared/api/subscriptions/subscriptions.ts';
import { EntityForm } from '../../forms/entity-form.tsx';
import { toast } from '../../ui/announce.tsx';
import { NothingMatches } from '../../ui/states.tsx';
import { useSettings } from '../../url/settings.ts';
import { inputText } from '../../url/time-text.ts';
import { CostTable } from '../prices/cost-table.tsx';
import { firstTiers, termFields } from '../prices/term-fields.ts';
import { ChangeForm } from '../resource/change-form.tsx';
import {
  activateSections,
  addItemSections,
  cancelSections,
  endItemSections,
  itemCommitmentSection,
} from './subscription-form.ts';

interface SubscriptionFormsProps {
  readonly subscription: SubscriptionDetailsBody;
  readonly edit: string;
  readonly price: string;
  /** When the line item to add starts; "": with the current period, if a price is given. */
  readonly start: string;
  readonly onClose: () => void;
}

const changeSections = [
  {
    title: 'Change the price',
    note: 'For this subscription alone: the line item ends at the date, and another one goes on with the new terms.',
    fields: [
      ...termFields({ unitAmount: 'price_unit_amount', unitTiers: 'price_unit_tiers' }),
      { kind: 'time', path: 'effective_from', label: 'From', note: 'Empty: from now.' },
      { kind: 'text', path: 'display_name', label: 'Name on charges' },
    ],
  },
  itemCommitmentSection,
] as const;

const startOf = (text: string): string | undefined => (Number.isNaN(Date.parse(text)) ? undefined : text);

export const SubscriptionForms = ({ subscription, edit, price, start, onClose }: SubscriptionFormsProps): ReactNode => {
  const { id, currency } = subscription;
  const { timezone } = useSettings();
  const [addSchema] = useState(() => addLineItemSchema(Date.now(), currency));
  const [kind = '', itemId = ''] = edit.split(':');
  const item = subscription.line_items?.find((one) => one.id === itemId);
  const done = (text: string) => () => {
    toast(text);
    onClose();
  };
  const common = { initial: {}, onCancel: onClose };
  if (kind === 'cancel') {
    return (
      <EntityForm
        {...common}
        label="Cancel the subscription"
        sections={cancelSections}
        initial={{ cancellation_type: 'end_of_period' }}
        schema={cancelSubscriptionSchema}
        route="cancelSubscription"
        path={{ id }}
        submitLabel="Cancel the subscription"
        onDone={done('Cancelled the subscription.')}
      />
    );
  }
  if (kind === 'activate') {
    return (
      <EntityForm
        {...common}
        label="Activate the subscription"
        sections={activateSections}
        initial={{ start_date: inputText(subscription.start_date, timezone) }}
        schema={activateSubscriptionSchema}
        route="activateSubscription"
        path={{ id }}
        submitLabel="Activate"
        onDone={done('Activated the subscription.')}
      />
    );
  }
  if (kind === 'add') {
    return (
      <EntityForm
        {...common}
        label="Add a line item"
        sections={addItemSections}
        initial={{
          price_id: price,
          start_date: price === '' ? '' : inputText(startOf(start) ?? subscription.current_period_start, timezone),
        }}
        schema={addSchema}
        route="addLineItem"
        path={{ id }}
        submitLabel="Add line item"
        onDone={done('Added the line item.')}
      />
    );
  }
  if (!item) return <NothingMatches title="There is no such line item in the current period" />;
  if (kind === 'end') {
    return (
      <EntityForm
        {...common}
        label="End the line item"
        sections={endItemSections}
        schema={endLineItemSchema}
        route="deleteLineItem"
        path={{ id: item.id }}
        submitLabel="End line item"
        onDone={done('Ended the line item.')}
      />
    );
  }
  return <ChangeItem item={item} onClose={onClose} />;
};

const ChangeItem = ({ item, onClose }: { readonly item: LineItemBody; readonly onClose: () => void }): ReactNode => (
  <ChangeForm
    label="Change the line item"
    sections={changeSections}
    entity={{ ...item.price, ...item }}
    initial={{
      price_unit_type: item.price?.price_unit_type ?? 'FIAT',
      tier_mode: item.price?.tier_mode ?? 'SLAB',
      'transform_quantity.round': item.price?.transform_quantity.round === 'down' ? 'down' : 'up',
      ...(item.price?.tiers === undefined && { tiers: firstTiers, price_unit_tiers: firstTiers }),
    }}
    schema={changeLineItemSchema}
    route="updateLineItem"
    path={{ id: item.id }}
    submitLabel="Change line item"
    onClose={onClose}
    preview={(_, body) => (
      <CostTable body={{ ...item.price, ...body }} currency={item.currency} unit={item.price_unit ?? ''} />
    )}
  />
);
