import { on } from "node:events";
import type { IncomingMessage } from "node:http";
import { limits } from "./limits.ts";

/** A body that broke off, or took longer than `limits.bodyMs` to arrive. */
export class BrokenBody extends Error {}

/** A request's body as it arrives; rejects with BrokenBody. Whoever stops early can still answer the request. */
export async function* streamBody(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  const signal = AbortSignal.timeout(limits.bodyMs);
  const pieces = on(request, "data", {
    close: ["end"],
    signal,
    highWaterMark: 16,
    lowWaterMark: 4,
  });
  try {
    for (;;) {
      const next = await pieces.next().catch((cause: unknown) => {
        throw new BrokenBody("the body broke off", { cause });
      });
      if (next.done) return;
      yield next.value[0];
    }
  } finally {
    await pieces.return?.();
  }
}
