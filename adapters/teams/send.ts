import type { Logger } from "../../src/log.ts";
import type { Address } from "../../src/message.ts";
import type { SendResult } from "../../src/platform.ts";
import type { Outgoing } from "../../src/state.ts";
import type { AdaptiveCard } from "./adaptive.ts";
import { conversationId, isChannel } from "./place.ts";
import type { Place, Posted, Poster } from "./poster.ts";
import { type Reply, readRef, readReply } from "./reply.ts";

/** What sending needs. `botId` and `serviceUrl` serve conversations that no message of this process named yet. */
export type Sending = {
  poster: Poster;
  botId: string;
  serviceUrl(tenant: string): string;
  log: Logger;
};

/** Sends deliveries; `render` is the card as its thread shows it. */
export type Sender = {
  send(outgoing: Outgoing): Promise<SendResult>;
  render(outgoing: Outgoing): AdaptiveCard;
};

/** What Teams answers when a post or its form is not possible: bad request, forbidden, gone, not allowed. */
const REFUSED = [400, 403, 404, 405];

/**
 * Posts one delivery; never rejects. What only the asker may see is a targeted message; where Teams refuses that, it goes
 * to their personal chat after a slash command, else to the thread. A post whose earlier outcome is unknown is marked as
 * repeated, because a bot cannot read a Teams conversation, and is not repeated when it calls a person.
 */
export function createSender(sending: Sending): Sender {
  const { poster, log } = sending;

  async function deliver(outgoing: Outgoing): Promise<Posted> {
    const { delivery } = outgoing;
    const { card, to } = delivery;
    if (to.kind === "address" && to.address.platform !== "teams") return refuse("foreign_address");
    const here = placeAt(replyFor(outgoing), outgoing);
    if (delivery.mode !== "post") {
      const ref = readRef(outgoing.updates);
      const updated = ref && (await poster.update(card, ref, here));
      if (updated && (updated.ok || !isRefused(updated))) return updated;
    }
    switch (to.kind) {
      case "thread":
        return poster.post(card, here);
      case "asker":
        return whisper(outgoing, here);
      case "dm":
        return postPrivately(outgoing, here);
      case "address": {
        const isThread = here.reply.conversation.includes(";messageid=");
        const startsThread = here.reply.scope === "channel" && !isThread;
        return startsThread ? poster.startThread(card, here) : poster.post(card, here);
      }
      case "route":
        return refuse("unresolved_route");
      default:
        return to satisfies never;
    }
  }

  async function whisper(outgoing: Outgoing, here: Place): Promise<Posted> {
    const { delivery, source } = outgoing;
    if (here.reply.scope === "personal") return poster.post(delivery.card, here);
    const told = await poster.post(delivery.card, { ...here, hidden: source.asker });
    if (told.ok || !isRefused(told)) return told;
    log.warn("teams-targeted-refused", { delivery: delivery.id, reason: told.reason });
    return source.surface === "slash"
      ? postPrivately(outgoing, here)
      : poster.post(delivery.card, here);
  }

  async function postPrivately(outgoing: Outgoing, here: Place): Promise<Posted> {
    const { card } = outgoing.delivery;
    if (here.reply.scope === "personal") return poster.post(card, here);
    const chat = await poster.openChat(outgoing.source.asker, here.reply);
    return "ok" in chat ? chat : poster.post(card, placeAt(chat, outgoing));
  }

  /** How to reach the place of a delivery: an address may lie elsewhere than the message that caused it. */
  function replyFor({ delivery: { to }, source }: Outgoing): Reply {
    const base = readReply(source.reply);
    if (to.kind !== "address") return base ?? replyTo(source.address);
    if (base?.tenant !== to.address.tenant) return replyTo(to.address);
    return { ...base, ...whereOf(to.address, base) };
  }

  function replyTo(address: Address): Reply {
    const { tenant } = address;
    const service = { url: sending.serviceUrl(tenant), bot: sending.botId, tenant };
    return { ...service, ...whereOf(address) };
  }

  return {
    send: async (outgoing) => {
      if (outgoing.unknown && outgoing.delivery.repeat === "never") {
        return { ok: false, unknown: true, reason: "not_repeated" };
      }
      const sent = await deliver(outgoing);
      return !sent.ok && sent.unknown ? { ...sent, blind: true } : sent;
    },
    render: (outgoing) =>
      poster.render(outgoing.delivery.card, placeAt(replyFor(outgoing), outgoing)),
  };
}

/** A conversation with what its cards need: in a group chat, the thread of the person whose case it is. */
function placeAt(reply: Reply, { delivery, source, unknown }: Outgoing): Place {
  const { address } = delivery.to.kind === "address" ? delivery.to : source;
  const owner = address.conversation === reply.conversation && address.thread;
  return {
    reply,
    ...(reply.scope === "groupChat" ? { thread: owner || source.asker } : {}),
    ...(unknown && delivery.mode === "post" ? { repeated: true } : {}),
  };
}

function whereOf(address: Address, base?: Reply): Pick<Reply, "conversation" | "scope"> {
  const conversation = conversationId(address);
  const isSame = base?.conversation.split(";")[0] === address.conversation;
  if (base && isSame) return { conversation, scope: base.scope };
  if (isChannel(conversation)) return { conversation, scope: "channel" };
  return { conversation, scope: conversation.startsWith("19:") ? "groupChat" : "personal" };
}

function isRefused(result: Posted): boolean {
  return !result.ok && REFUSED.includes(result.status ?? 0);
}

function refuse(reason: string): Posted {
  return { ok: false, unknown: false, reason };
}
