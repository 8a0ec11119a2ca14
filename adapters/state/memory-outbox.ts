import type { DeadLetter, Failure, Outgoing } from "../../src/state.ts";
import { drop } from "./drop.ts";
import type { OutboxRow } from "./outbox-row.ts";

type Pending = OutboxRow & {
  made: number;
  due: number;
  lease: number | undefined;
  attempt: number;
  unknown: boolean;
};
type Post = { ref: string | undefined; made: number; opens?: string; links?: string };

/** The outbox of the memory store; `onDead` is told of each given up delivery that called a person. */
export function createOutbox(
  now: () => number,
  onDead: (row: OutboxRow, failure: Pick<Failure, "unknown" | "reason">) => void,
) {
  const rows = new Map<string, Pending>();
  const posts = new Map<string, Post>();
  const dead = new Map<string, Pending & Pick<DeadLetter, "at" | "reason">>();

  function add(row: OutboxRow, heldMs = 0): void {
    const [made, due] = [now(), now() + heldMs];
    const fresh = { made, due, lease: undefined, attempt: 0, unknown: false };
    rows.set(row.delivery.id, { ...structuredClone(row), ...fresh });
  }

  function next(leaseMs: number, of?: string): Outgoing | undefined {
    expire();
    const earlier = new Set<string>();
    for (const row of rows.values()) {
      const { delivery, source, lane } = row;
      const update = delivery.mode === "post" ? undefined : delivery.mode.update;
      const inTurn =
        of === undefined
          ? !earlier.has(lane) && !(update !== undefined && rows.has(update))
          : of === source.id;
      earlier.add(lane);
      if (!inTurn || row.lease !== undefined || (of === undefined && row.due > now())) continue;
      row.lease = now() + leaseMs;
      row.attempt += 1;
      const updates = update === undefined ? undefined : posts.get(update)?.ref;
      const { attempt, unknown } = row;
      const known = updates === undefined ? {} : { updates };
      return structuredClone({ delivery, source, attempt, unknown, ...known });
    }
    return undefined;
  }

  function expire(): void {
    for (const row of [...rows.values()]) {
      if (row.lease === undefined || row.lease > now()) continue;
      row.lease = undefined;
      row.unknown = true;
      if (row.delivery.repeat === "never") giveUp(row, "the sender died");
    }
  }

  function sent(id: string, ref: string | undefined): Post | undefined {
    finish(id);
    const post = posts.get(id);
    if (post) post.ref = ref ?? post.ref;
    return post;
  }

  function failed(id: string, failure: Failure): void {
    const row = rows.get(id);
    if (!row) return;
    row.unknown ||= failure.unknown;
    if ("dead" in failure || (row.unknown && row.delivery.repeat === "never")) {
      giveUp(row, failure.reason);
      return;
    }
    row.lease = undefined;
    row.due = failure.retryAt;
  }

  function giveUp(row: Pending, reason: string): void {
    finish(row.delivery.id);
    if (row.delivery.repeat !== "never") return;
    dead.set(row.delivery.id, { ...row, at: now(), reason });
    onDead(row, { unknown: row.unknown, reason });
  }

  function finish(id: string): void {
    const row = rows.get(id);
    if (!row) return;
    rows.delete(id);
    const { opens, links } = row.delivery;
    posts.set(id, {
      ref: undefined,
      made: row.made,
      ...(opens === undefined ? {} : { opens }),
      ...(links === undefined ? {} : { links }),
    });
  }

  function recover(): void {
    for (const row of rows.values()) {
      if (row.lease !== undefined) row.lease = now();
      if (row.attempt === 0) row.due = now();
    }
  }

  return {
    add,
    recover,
    next,
    sent,
    failed,
    dead: (): DeadLetter[] =>
      [...dead.values()].map(({ delivery, at, unknown, reason }) =>
        structuredClone({ delivery, at, unknown, reason }),
      ),
    forget: (isTheirs: (row: OutboxRow) => boolean) => drop(rows, isTheirs) + drop(dead, isTheirs),
    purge: (olderThan: number) =>
      drop(rows, (row) => row.made < olderThan) +
      drop(posts, (row) => row.made < olderThan) +
      drop(dead, (row) => row.at < olderThan),
  };
}
