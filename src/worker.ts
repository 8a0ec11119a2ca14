import type { Clock } from "./clock.ts";
import type { Logger } from "./log.ts";
import type { Message } from "./message.ts";
import type { Platform } from "./platform.ts";
import type { Outgoing, StateStore } from "./state.ts";

export type WorkerOptions = {
  state: StateStore;
  clock: Clock;
  log: Logger;
  owner: string;
  leaseMs: number;
  process(message: Message, platform: Platform | undefined): Promise<unknown>;
};

const LANES = 8;
const IDLE_MS = 1_000;
const MAX_ATTEMPTS = 6;
const LONGEST_WAIT_MS = 60_000;

/** Works off the inbox and the outbox in a few parallel lanes; the store keeps each thread in order. */
export function createWorker(options: WorkerOptions) {
  const { state, clock, log, owner, leaseMs } = options;
  let naps: AbortController[] = [];

  function wake(): void {
    const sleeping = naps;
    naps = [];
    for (const nap of sleeping) nap.abort();
  }

  function run(platforms: Platform[]): { stop(): Promise<void> } {
    const byName = new Map(platforms.map((platform) => [platform.name, platform]));
    let stopped = false;
    const lanes = Array.from({ length: LANES }, async () => {
      while (!stopped) {
        if (await step(byName)) continue;
        const nap = new AbortController();
        naps.push(nap);
        await clock.sleep(IDLE_MS, nap.signal);
        naps = naps.filter((other) => other !== nap);
      }
    });
    return {
      async stop() {
        stopped = true;
        wake();
        await Promise.all(lanes);
      },
    };
  }

  /** Does one piece of work; false when there is none or the store does not answer. */
  async function step(platforms: ReadonlyMap<string, Platform>): Promise<boolean> {
    try {
      const outgoing = await state.nextDelivery(owner, leaseMs);
      if (outgoing) {
        await deliver(outgoing, platforms.get(outgoing.source.address.platform));
        return true;
      }
      const message = await state.claim(owner, leaseMs);
      if (!message) return false;
      await options.process(message, platforms.get(message.address.platform));
      wake();
      return true;
    } catch (cause) {
      log.error("worker.failed", {}, cause);
      return false;
    }
  }

  async function deliver(outgoing: Outgoing, platform: Platform | undefined): Promise<void> {
    const { id } = outgoing.delivery;
    if (!platform) return state.failed(id, "dead");
    const result = await platform.send(outgoing);
    if (result.ok) return state.sent(id, result.ref, result.address);
    log.warn("delivery.failed", {
      delivery: id,
      platform: platform.name,
      reason: result.reason,
      attempt: outgoing.attempt,
    });
    const hopeless = result.retryAfterMs === undefined && !result.unknown;
    const never = result.unknown && outgoing.delivery.repeat === "never";
    if (hopeless || never || outgoing.attempt >= MAX_ATTEMPTS) return state.failed(id, "dead");
    const backoff = Math.min(1_000 * 2 ** outgoing.attempt, LONGEST_WAIT_MS);
    const wait = Math.min(result.retryAfterMs ?? backoff, LONGEST_WAIT_MS);
    return state.failed(id, { retryAt: clock.now() + wait, unknown: result.unknown });
  }

  return { wake, run };
}
