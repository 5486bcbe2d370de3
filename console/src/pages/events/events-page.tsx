// The events dashboard.
import type { ReactNode } from 'react';
import { PageFrame } from '../../ui/page-frame.tsx';

export const Page = (): ReactNode => <PageFrame title="Events">…</PageFrame>;
