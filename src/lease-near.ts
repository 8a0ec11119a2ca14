import type { Message } from "./message.ts";
import type { Outgoing, StateStore } from "./state.ts";

/**
 * Leases what a message caused and what goes back to its conversation or sender; what goes elsewhere is given back to the
 * worker at once, which knows the other platforms.
 */
export async function leaseNear(
  state: Pick<StateStore, "nextDelivery" | "failed">,
  message: Message,
  { owner, leaseMs, now }: { owner: string; leaseMs: number; now: number },
): Promise<{ near: Outgoing[]; isMore: boolean }> {
  const near: Outgoing[] = [];
  const far: Outgoing[] = [];
  for (;;) {
    const next = await state.nextDelivery(owner, leaseMs, message.id);
    if (!next) break;
    (isNear(next, message) ? near : far).push(next);
  }
  for (const { delivery } of far) {
    await state.failed(delivery.id, { retryAt: now, unknown: false, reason: "elsewhere" });
  }
  return { near, isMore: far.length > 0 };
}

function isNear({ delivery: { to } }: Outgoing, { address }: Message): boolean {
  if (to.kind === "route") return false;
  if (to.kind !== "address") return true;
  const { platform, conversation } = to.address;
  return platform === address.platform && conversation === address.conversation;
}
