import type { Delivery } from "../../src/card.ts";
import { addressKey, type Message } from "../../src/message.ts";
import type { Outgoing } from "../../src/state.ts";

/**
 * What a store keeps of a delivery until it is posted: enough to send it after a restart. Deliveries of one `lane` (one
 * place in a conversation) go out one after the other.
 */
export type OutboxRow = { lane: string; delivery: Delivery; source: Outgoing["source"] };

/** The row of a delivery that `message` caused. */
export function outboxRow(message: Message, delivery: Delivery): OutboxRow {
  const { id, address, surface, reply, card, from } = message;
  return {
    lane: laneOf(message, delivery),
    delivery,
    source: {
      id,
      address,
      surface,
      asker: from.id,
      ...(reply === undefined ? {} : { reply }),
      ...(card === undefined ? {} : { card }),
    },
  };
}

function laneOf(message: Message, { to }: Delivery): string {
  const { platform, tenant } = message.address;
  if (to.kind === "address") return addressKey(to.address);
  if (to.kind === "route") return `route/${to.route}`;
  if (to.kind === "dm") return ["dm", platform, tenant, message.from.id].join("/");
  return addressKey(message.address);
}
