// The versions of a price, oldest first: a change of terms ends one and starts the next.
import type { ReactNode } from 'react';
import type { PriceBody } from '../../../../shared/api/bodies/catalog.ts';
import { useApi } from '../../api/use-api.ts';
import { CallButton } from '../../ui/call-button.tsx';
import { Section } from '../../ui/page-frame.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { termsText } from '../resource/price-words.ts';
import resource from '../resource/resource.module.css';

export const PriceVersions = ({ price }: { readonly price: PriceBody }): ReactNode => {
  const root = price.parent_price_id ?? price.id;
  const call = {
    route: 'listPrices',
    query: { entity_ids: price.entity_id, allow_expired_prices: true, sort: 'start_date', order: 'asc', limit: 1000 },
  } as const;
  const query = useApi(call, { keepsPrevious: false });
  return (
    <Section title="Versions" actions={<CallButton call={call} />}>
      <Loaded query={query} lines={2}>
        {({ items }) => {
          const versions = items.filter(({ id, parent_price_id: parent }) => id === root || parent === root);
          return (
            <div className={resource['scroll']} tabIndex={0} role="region" aria-label="Versions, table">
              <table className={resource['table']}>
                <thead>
                  <tr>
                    <th scope="col">From</th>
                    <th scope="col">To</th>
                    <th scope="col">Terms</th>
                  </tr>
                </thead>
                <tbody>
                  {versions.map((one) => (
                    <tr key={one.id} {...(one.id === price.id && { 'aria-current': 'true' as const })}>
                      <td>
                        <PageLink href={`/catalog/prices/${encodeURIComponent(one.id)}`}>
                          {one.start_date === undefined ? 'no beginning' : <Time value={one.start_date} />}
                        </PageLink>
                        {one.id === price.id && <span className={resource['small']}> this one</span>}
                      </td>
                      <td>{one.end_date === undefined ? 'no end' : <Time value={one.end_date} />}</td>
                      <td>{termsText(one)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Loaded>
    </Section>
  );
};
