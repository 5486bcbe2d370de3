// Stores the messages of the embedded queues in SQLite: standard queues with visibility timeout and redrive. Every operation is
// one transaction, so whatever was confirmed survives a kill of the process at any moment.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';

interface QueueSettings {
  readonly visibilityTimeoutMs: number;
  /** After `maxReceiveCount` receives a message goes to the queue `to` instead of being received again. */
  readonly redrive?: { readonly to: string; readonly maxReceiveCount: number };
}

const ReceivedSchema = v.object({
  id: v.string(),
  body: v.string(),
  receipt: v.string(),
  receiveCount: v.number(),
  /** UTC milliseconds. */
  sentAt: v.number(),
  firstReceivedAt: v.number(),
});
export type ReceivedMessage = Readonly<v.InferOutput<typeof ReceivedSchema>>;

export interface MessageStore {
  readonly queues: ReadonlyMap<string, QueueSettings>;
  /** Stores all bodies or none; returns their message ids in order. */
  send(queue: string, bodies: readonly string[]): readonly string[];
  /** Receives the oldest messages: at most `limit`, as many as fit into `maxBytes`, and at least one. They stay hidden for `hiddenMs`, by default the visibility timeout. */
  receive(queue: string, limit: number, maxBytes?: number, hiddenMs?: number): readonly ReceivedMessage[];
  /** Hides a received message for `hiddenMs` from now; 0 makes it visible. Returns false if it is not hidden under that receipt. */
  changeVisibility(queue: string, receipt: string, hiddenMs: number): boolean;
  /** Deletes messages by receipt; a receipt other than that of the latest receive has no effect. */
  remove(queue: string, receipts: readonly string[]): void;
  count(queue: string): { readonly visible: number; readonly inFlight: number };
  close(): void;
}

const schema = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS message (
    sequence INTEGER PRIMARY KEY,
    queue TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0,
    first_received_at INTEGER,
    receipt TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS message_by_visibility ON message (queue, visible_at, sequence);
  CREATE INDEX IF NOT EXISTS message_by_receipt ON message (receipt);
`;
const visible = 'queue = ? AND visible_at <= ?';

const CandidatesSchema = v.array(v.object({ sequence: v.number(), bytes: v.number() }));
type Candidate = v.InferOutput<typeof CandidatesSchema>[number];

const withinBytes = (candidates: readonly Candidate[], maxBytes: number): readonly Candidate[] => {
  let total = 0;
  return candidates.filter(({ bytes }, index) => (total += bytes) <= maxBytes || index === 0);
};

const CountSchema = v.object({ count: v.number() });

export interface MessageStoreDeps {
  /** Folder of the messages; in memory if omitted. Only one process can open it at a time. */
  readonly folder?: string;
  readonly queues: ReadonlyMap<string, QueueSettings>;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** Called with the number of messages that a queue has given up on. */
  readonly onGivenUp: (messages: number) => void;
}

/**
 * Opens the store. Its consumers belong to this process: on opening, every message is visible again, a receive that the previous
 * process did not finish does not count, and dead letters are tried again.
 */
export const openMessageStore = ({ folder, queues, now, onGivenUp }: MessageStoreDeps): MessageStore => {
  const database = new DatabaseSync(folder === undefined ? ':memory:' : join(folder, 'queue.sqlite'));
  database.exec(schema);
  database
    .prepare('UPDATE message SET visible_at = 0, receive_count = max(receive_count - 1, 0) WHERE visible_at > ?')
    .run(now());
  const restore = database.prepare('UPDATE message SET queue = ?, receive_count = 0 WHERE queue = ?');
  for (const [queue, { redrive: policy }] of queues) if (policy) restore.run(queue, policy.to);
  const insert = database.prepare('INSERT INTO message (queue, id, body, sent_at, visible_at) VALUES (?, ?, ?, ?, ?)');
  const redrive = database.prepare(
    `UPDATE message SET queue = ?, visible_at = ?, receive_count = 0 WHERE ${visible} AND receive_count >= ?`,
  );
  const next = database.prepare(
    `SELECT sequence, octet_length(body) bytes FROM message WHERE ${visible} ORDER BY visible_at, sequence LIMIT ?`,
  );
  const take = database.prepare(
    `UPDATE message SET visible_at = ?, receipt = ?, receive_count = receive_count + 1,
       first_received_at = coalesce(first_received_at, ?) WHERE sequence = ?
     RETURNING id, body, receipt, receive_count receiveCount, sent_at sentAt, first_received_at firstReceivedAt`,
  );
  const hideByReceipt = database.prepare(
    'UPDATE message SET visible_at = ? WHERE queue = ? AND receipt = ? AND visible_at > ?',
  );
  const deleteByReceipt = database.prepare('DELETE FROM message WHERE queue = ? AND receipt = ?');
  const countVisible = database.prepare(`SELECT count(*) count FROM message WHERE ${visible}`);
  const countHidden = database.prepare('SELECT count(*) count FROM message WHERE queue = ? AND visible_at > ?');

  const transaction = <T>(run: () => T): T => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = run();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
  const settingsOf = (queue: string): QueueSettings => {
    const settings = queues.get(queue);
    if (!settings) throw new Error(`no queue ${queue}`);
    return settings;
  };

  return {
    queues,
    close: () => {
      database.close();
    },

    send: (queue, bodies) =>
      transaction(() =>
        bodies.map((body) => {
          const id = randomUUID();
          insert.run(queue, id, body, now(), now());
          return id;
        }),
      ),

    receive: (queue, limit, maxBytes = Infinity, hiddenMs = settingsOf(queue).visibilityTimeoutMs) =>
      transaction(() => {
        const at = now();
        const { redrive: policy } = settingsOf(queue);
        const givenUp = policy ? Number(redrive.run(policy.to, at, queue, at, policy.maxReceiveCount).changes) : 0;
        if (givenUp > 0) onGivenUp(givenUp);
        const candidates = v.parse(CandidatesSchema, next.all(queue, at, limit));
        return withinBytes(candidates, maxBytes).map(({ sequence }) =>
          v.parse(ReceivedSchema, take.get(at + hiddenMs, randomUUID(), at, sequence)),
        );
      }),

    changeVisibility: (queue, receipt, hiddenMs) =>
      Number(hideByReceipt.run(now() + hiddenMs, queue, receipt, now()).changes) > 0,

    remove: (queue, receipts) => {
      transaction(() => {
        for (const receipt of receipts) deleteByReceipt.run(queue, receipt);
      });
    },

    count: (queue) => ({
      visible: v.parse(CountSchema, countVisible.get(queue, now())).count,
      inFlight: v.parse(CountSchema, countHidden.get(queue, now())).count,
    }),
  };
};
