import type { Delivery } from "../../src/card.ts";
import { addressKey, type Message } from "../../src/message.ts";
import { outgoingOf } from "../../src/outgoing.ts";
import type { Failure, Outgoing } from "../../src/state.ts";
import { timerMessage } from "../../src/timer.ts";

/**
 * What a store keeps of a delivery until it is posted: enough to send it after a restart. Deliveries of one `lane` (one
 * place in a conversation) go out one after the other. `case` is the one that the delivery was decided in.
 */
export type OutboxRow = {
  lane: string;
  delivery: Delivery;
  source: Outgoing["source"];
  case?: string;
};

/** The row of a delivery that `message` caused. */
export function outboxRow(
  message: Message,
  delivery: Delivery,
  caseId: string | undefined,
): OutboxRow {
  const about = caseId ?? delivery.opens ?? delivery.links;
  return {
    lane: laneOf(message, delivery),
    ...outgoingOf(message, delivery),
    ...(about === undefined ? {} : { case: about }),
  };
}

/** The message that comes when a delivery that calls a person was given up. */
export function undelivered(
  row: Pick<OutboxRow, "delivery" | "source" | "case">,
  failure: Pick<Failure, "unknown" | "reason">,
  at: number,
): Message {
  const { delivery, source } = row;
  return timerMessage(
    {
      what: "undelivered",
      ...(row.case === undefined ? {} : { case: row.case }),
      delivery: delivery.id,
      ...(delivery.to.kind === "route" ? { route: delivery.to.route } : {}),
      unknown: failure.unknown,
      reason: failure.reason,
    },
    { id: `undelivered-${delivery.id}`, at, address: source.address, surface: source.surface },
  );
}

function laneOf(message: Message, { to }: Delivery): string {
  const { platform, tenant } = message.address;
  if (to.kind === "address") return addressKey(to.address);
  if (to.kind === "route") return `route/${to.route}`;
  if (to.kind === "dm") return ["dm", platform, tenant, message.from.id].join("/");
  return addressKey(message.address);
}
