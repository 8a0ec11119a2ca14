import type { Clock } from "./clock.ts";
import type { Logger } from "./log.ts";
import type { Address, Message } from "./message.ts";
import type { Platform } from "./platform.ts";
import { mostAttempts, retryWait } from "./retry.ts";
import type { Claimed, Outgoing, StateStore } from "./state.ts";
import { StateUnavailable } from "./state-unavailable.ts";

export type WorkerOptions = {
  state: StateStore;
  clock: Clock;
  log: Logger;
  owner: string;
  leaseMs: number;
  process(message: Message, platform: Platform | undefined): Promise<unknown>;
  /** Finishes a message that could not be decided in so many attempts. */
  setAside(message: Message): Promise<unknown>;
  routeOf: RouteOf;
};

/** Where a route leads; undefined for one that is not configured. */
export type RouteOf = (route: string) => { platform: string; address: Address } | undefined;

type Platforms = ReadonlyMap<string, Platform>;

const LANES = 8;
const IDLE_MS = 1_000;

/** A message that was claimed so often without being finished is taken to kill whoever works on it. */
const MAX_CLAIMS = 5;

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
  async function step(platforms: Platforms): Promise<boolean> {
    try {
      const outgoing = await state.nextDelivery(owner, leaseMs);
      if (outgoing) {
        await deliver(outgoing, platforms);
        return true;
      }
      const claimed = await state.claim(owner, leaseMs);
      if (!claimed) return false;
      await work(claimed, platforms);
      wake();
      return true;
    } catch (cause) {
      if (!(cause instanceof StateUnavailable)) log.error("worker.failed", {}, cause);
      return false;
    }
  }

  async function work({ message, attempt }: Claimed, platforms: Platforms): Promise<void> {
    if (attempt <= MAX_CLAIMS) {
      await options.process(message, platforms.get(message.address.platform));
      return;
    }
    log.error("message.set-aside", { message: message.id, platform: message.address.platform });
    await options.setAside(message);
  }

  async function deliver(outgoing: Outgoing, platforms: Platforms): Promise<void> {
    const { delivery, attempt } = outgoing;
    const giveUp = (reason: string, unknown: boolean) => {
      log.error("delivery.given-up", { delivery: delivery.id, reason, attempt });
      return state.failed(delivery.id, { dead: true, unknown, reason });
    };
    const place = placeOf(outgoing, options.routeOf);
    const platform = platforms.get(place?.platform ?? "");
    if (!place || !platform) return giveUp("no-platform", outgoing.unknown);
    if (attempt > mostAttempts(delivery)) return giveUp("attempts", outgoing.unknown);
    const result = await platform.send(place.outgoing);
    if (result.ok) return state.sent(delivery.id, result.ref, result.address);
    const { unknown, reason } = result;
    const wait = retryWait(result, delivery, attempt);
    if (wait === undefined) return giveUp(reason, unknown);
    log.warn("delivery.failed", {
      delivery: delivery.id,
      platform: platform.name,
      reason,
      attempt,
    });
    return state.failed(delivery.id, { retryAt: clock.now() + wait, unknown, reason });
  }

  return { wake, run };
}

/** The platform of the place where a delivery goes, not of the message that caused it; a route becomes an address. */
function placeOf(
  outgoing: Outgoing,
  routeOf: RouteOf,
): { platform: string; outgoing: Outgoing } | undefined {
  const { delivery, source } = outgoing;
  if (delivery.to.kind === "address") return { platform: delivery.to.address.platform, outgoing };
  if (delivery.to.kind !== "route") return { platform: source.address.platform, outgoing };
  const route = routeOf(delivery.to.route);
  if (!route) return undefined;
  const to = { kind: "address", address: route.address } as const;
  return { platform: route.platform, outgoing: { ...outgoing, delivery: { ...delivery, to } } };
}
