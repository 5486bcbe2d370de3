// What a catalog needs before it bills anything, and which of it is there.

export interface SetupFacts {
  readonly hasCustomer: boolean | undefined;
  readonly hasMeter: boolean | undefined;
  readonly hasPlan: boolean | undefined;
  readonly hasPrice: boolean | undefined;
  readonly hasSubscription: boolean | undefined;
  readonly hasEvent: boolean | undefined;
}

export interface SetupStep {
  readonly name: string;
  readonly note: string;
  readonly href: string;
  readonly isDone: boolean;
}

/** Returns the steps in their order; undefined while something is not known yet. */
export const setupSteps = (facts: SetupFacts): readonly SetupStep[] | undefined => {
  const { hasCustomer, hasMeter, hasPlan, hasPrice, hasSubscription, hasEvent } = facts;
  if (Object.values(facts).includes(undefined)) return undefined;
  return [
    { name: 'Create a customer', note: 'who uses what you meter', href: '/customers/new', isDone: !!hasCustomer },
    { name: 'Create a meter', note: 'what of an event counts', href: '/catalog/meters/new', isDone: !!hasMeter },
    { name: 'Create a plan', note: 'what customers subscribe to', href: '/catalog/plans/new', isDone: !!hasPlan },
    {
      name: 'Give it a price',
      note: 'what a unit of the meter costs',
      href: '/catalog/prices/new',
      isDone: !!hasPrice,
    },
    {
      name: 'Subscribe the customer',
      note: 'from when on usage is billed',
      href: '/subscriptions/new',
      isDone: !!hasSubscription,
    },
    { name: 'Send an event', note: 'and watch it being billed', href: '/send', isDone: !!hasEvent },
  ];
};

/** Whether there is something left to do; false while it is not known. */
export const isIncomplete = (steps: readonly SetupStep[] | undefined): steps is readonly SetupStep[] =>
  steps?.some(({ isDone }) => !isDone) ?? false;
