import type { SendResult } from "../../src/platform.ts";
import { retryWait } from "../../src/retry.ts";
import type { Outgoing } from "../../src/state.ts";
import type { TeamsCore } from "./options.ts";

/** Sends one delivery that this process was given to send, and reports how it went. */
export type Deliver = (outgoing: Outgoing) => Promise<void>;

/** Delivers once; what failed and can be repeated goes back to the worker. */
export function createDeliver(
  { bot, clock, log }: Pick<TeamsCore, "bot" | "clock" | "log">,
  send: (outgoing: Outgoing) => Promise<SendResult>,
): Deliver {
  return async (outgoing) => {
    const { delivery, attempt } = outgoing;
    const { id } = delivery;
    const result = await send(outgoing);
    if (result.ok) {
      await bot.sent(id, result.ref, result.address);
      return;
    }
    const { unknown, reason } = result;
    const wait = retryWait(result, delivery, attempt);
    if (wait === undefined) {
      log.error("delivery.given-up", { delivery: id, reason, attempt });
      await bot.failed(id, { dead: true, unknown, reason });
      return;
    }
    log.warn("delivery.failed", { delivery: id, platform: "teams", reason, attempt });
    await bot.failed(id, { retryAt: clock.now() + wait, unknown, reason });
  };
}
