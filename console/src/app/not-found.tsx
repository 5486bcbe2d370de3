// There is no such page.
import type { ReactNode } from 'react';
import { PageFrame } from '../ui/page-frame.tsx';
import { PageLink } from '../ui/page-link.tsx';
import { NothingYet } from '../ui/states.tsx';
import { firstPage } from '../pages/pages.ts';

export const NotFound = (): ReactNode => (
  <PageFrame title="No such page">
    <NothingYet title="There is no page at this address">
      <p>
        <PageLink href={firstPage}>Open the events</PageLink>, or press / to search.
      </p>
    </NothingYet>
  </PageFrame>
);
