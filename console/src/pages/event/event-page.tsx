// One event.
import type { ReactNode } from 'react';
import { PageFrame } from '../../ui/page-frame.tsx';

export const Page = (): ReactNode => <PageFrame title="Event">…</PageFrame>;
