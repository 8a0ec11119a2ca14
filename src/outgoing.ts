import type { Delivery } from "./card.ts";
import type { Message } from "./message.ts";
import type { Outgoing } from "./state.ts";

/** A delivery with what a platform needs to know about the message that caused it, none of its text. */
export function outgoingOf(
  message: Message,
  delivery: Delivery,
): Pick<Outgoing, "delivery" | "source"> {
  const { id, address, surface, reply, card, from } = message;
  return {
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
