// The batches of a run: ids that come again with changed content, customer and hour, or as they were, also within a batch.
import type { AcceptedEvent } from '../../../shared/domain/events/event.ts';
import type { Scope } from '../../../shared/domain/ids.ts';
import { msPerMinute } from '../../../shared/domain/time/instant.ts';
import type { Moment } from './dials.ts';
import type { Sent } from './sent.ts';
import type { World } from './world.ts';

/** Where a second decides, whole tens of minutes would miss it: only some are rounded. */
const roundingMs = 10 * msPerMinute;

const drawTimestamp = ({ dice, dials }: World, acceptedAt: number): number => {
  const age = dice.pick(dials.ages);
  const timestamp = Math.floor(acceptedAt - dice.between(age.from, age.to));
  if (!dials.isRounded || dice.chance(0.5)) return timestamp;
  return Math.floor(timestamp / roundingMs) * roundingMs + dice.integer(0, 3) * 30_000;
};

const drawEvent = (world: World, receivedAt: number, id: string): AcceptedEvent => {
  const { dice, dials } = world;
  const isTimestampSent = dice.chance(0.9);
  return {
    event: {
      id,
      name: dice.pick(world.names),
      externalCustomerId: dice.pick(world.customers),
      customerId: dice.chance(0.1) ? 'cust_other' : '',
      timestamp: isTimestampSent ? drawTimestamp(world, receivedAt) : receivedAt,
      source: dice.chance(0.2) ? 'sdk' : '',
      properties: {
        value: dice.integer(1, 1_000_000),
        kind: dice.pick(['a', 'b']),
        // Tells what was drawn once from everything else.
        stamp: dice.ulid(receivedAt),
        ...(dials.paddingBytes > 0 && { padding: 'x'.repeat(dials.paddingBytes) }),
      },
    },
    isTimestampSent,
  };
};

const drawEvents = (world: World, scope: Scope, receivedAt: number): AcceptedEvent[] => {
  const { dice, dials } = world;
  const earlier = world.batches.filter(({ batch }) => batch.scope === scope).flatMap(({ batch }) => batch.events);
  const events: AcceptedEvent[] = [];
  const size = dice.integer(dials.batchSize.from, dials.batchSize.to);
  for (let index = 0; index < size; index += 1) {
    const isTwiceInBatch = index > 0 && dice.chance(dials.retryShare);
    const known = isTwiceInBatch ? events : earlier;
    if (known.length > 0 && dice.chance(dials.retryShare)) events.push(dice.pick(known));
    else if (isTwiceInBatch) events.push(drawEvent(world, receivedAt, dice.pick(events).event.id));
    else events.push(drawEvent(world, receivedAt, 'e#'.concat(String(dice.integer(1, dials.idCount)))));
  }
  return events;
};

export const drawMoment = ({ dice, dials }: World, moments: readonly Moment[]): number => {
  const { from, to } = dice.pick(moments);
  return Math.max(dials.createdAt + 1, dice.between(from, to));
};

/** Draws all batches of the run; half of them come within seconds of the one before. */
export const drawBatches = (world: World): void => {
  const { dice, dials, batches, note } = world;
  for (let count = 0; count < dials.batchCount; count += 1) {
    const previous = batches.at(-1);
    const acceptedAt =
      previous && dice.chance(0.5) ? previous.acceptedAt + dice.between(0, 4_000) : drawMoment(world, dials.arrivals);
    const scope = dice.pick(world.scopes);
    const receivedAt = Math.floor(acceptedAt + dice.between(-1_000, 1_000));
    const id = dice.ulid(receivedAt);
    const batch = { id, scope, receivedAt, events: drawEvents(world, scope, receivedAt) };
    const sent: Sent = { batch, acceptedAt, deliveries: 0, pending: 0 };
    batches.push(sent);
    world.time.at(acceptedAt, () => {
      note(() => `${id} accepted in ${scope.environmentId}: ${describeEvents(batch.events)}`);
    });
  }
};

const describeEvents = (events: readonly AcceptedEvent[]): string =>
  events
    .map(({ event }, index) => {
      const time = new Date(event.timestamp).toISOString();
      const value = JSON.stringify(event.properties?.['value']);
      return `\n                  ${String(index)}: ${event.id} ${event.externalCustomerId} ${event.name} ${time} ${value}`;
    })
    .join('');
