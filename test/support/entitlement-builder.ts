// A valid entitlement with defaults, so that a test names only what it is about.
import type { Entitlement } from '../../shared/domain/entitlement.ts';
import { someInstant } from './builders.ts';

export const anEntitlement = (fields: Partial<Entitlement> = {}): Entitlement => ({
  id: 'ent_1',
  status: 'published',
  createdAt: someInstant,
  updatedAt: someInstant,
  createdBy: 'secret_1',
  updatedBy: 'secret_1',
  entityType: 'PLAN',
  entityId: 'plan_1',
  featureId: 'feat_1',
  featureType: 'metered',
  isEnabled: true,
  usageLimit: 100,
  usageResetPeriod: 'MONTHLY',
  isSoftLimit: false,
  staticValue: '',
  ...fields,
});
