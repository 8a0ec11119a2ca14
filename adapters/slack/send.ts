import type { webApi } from "@slack/bolt";
import { z } from "zod";
import type { Card, Delivery } from "../../src/card.ts";
import type { Clock } from "../../src/clock.ts";
import type { Phrases } from "../../src/language.ts";
import type { Logger } from "../../src/log.ts";
import type { SendResult } from "../../src/platform.ts";
import type { Outgoing } from "../../src/state.ts";
import { DELIVERY_EVENT, type History } from "./history.ts";
import { offer, type PostBody } from "./offer.ts";
import { outcomeOf, platformError } from "./outcome.ts";
import { encodeRef, readRef } from "./ref.ts";
import { readReply } from "./reply.ts";
import type { Respond } from "./respond.ts";

/** What posting needs. `client` never retries: a repeated call that creates a post creates two. */
export type Sending = {
  client: webApi.WebClient;
  history: History;
  respond: Respond;
  phrases: Phrases;
  clock: Clock;
  log: Logger;
  tenant: () => string;
};

type Place = { channel: string; thread?: string | undefined };

const posted = z.object({ channel: z.string(), ts: z.string() });

/** The posts that cannot be changed any more: the card is posted anew instead. */
const GONE = [
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "channel_not_found",
];

/** The reasons for which nothing private can be shown in a channel: the person is told in a direct message instead. */
const NOT_IN = ["not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"];

/**
 * Renders and posts one delivery; never rejects. A post whose earlier outcome is unknown is first looked for by its
 * metadata; where history may not be read it is sent again, marked as repeated, unless it calls a person.
 */
export function createSend(sending: Sending): (outgoing: Outgoing) => Promise<SendResult> {
  return async (outgoing) => {
    try {
      return await deliver(sending, outgoing);
    } catch (error) {
      const outcome = outcomeOf(error);
      if (NOT_IN.includes(outcome.reason)) await explainAbsence(sending, outgoing, outcome.reason);
      return outcome;
    }
  };
}

async function deliver(sending: Sending, outgoing: Outgoing): Promise<SendResult> {
  const { delivery, source } = outgoing;
  if (delivery.mode !== "post") {
    const updated = await update(sending, outgoing);
    if (updated) return updated;
  }
  const here: Place = { channel: source.address.conversation, thread: source.address.thread };
  switch (delivery.to.kind) {
    case "thread":
      return post(sending, outgoing, here);
    case "asker":
      return isDirect(here) ? post(sending, outgoing, here) : whisper(sending, outgoing, here);
    case "dm":
      return post(sending, outgoing, { channel: source.asker });
    case "address": {
      const { platform, conversation, thread } = delivery.to.address;
      if (platform !== "slack") return refuse("foreign_address");
      return post(sending, outgoing, { channel: conversation, thread });
    }
    case "route":
      return refuse("unresolved_route");
    default:
      return delivery.to satisfies never;
  }
}

async function post(sending: Sending, outgoing: Outgoing, place: Place): Promise<SendResult> {
  const { delivery, unknown } = outgoing;
  const earlier =
    unknown && delivery.mode === "post" ? await lookFor(sending, delivery.id, place) : undefined;
  if (earlier && "result" in earlier) return earlier.result;
  if (earlier && delivery.repeat === "never") return { ...refuse("not_repeated"), unknown: true };
  const card = earlier?.mark ? repeated(delivery.card, sending.phrases) : delivery.card;
  const body = { channel: place.channel, thread_ts: place.thread, ...envelope(delivery.id) };
  try {
    const answer = await offer(
      card,
      (form) => sending.client.apiCall("chat.postMessage", { ...body, ...calling(form, delivery) }),
      sending.log,
    );
    return sentAt(sending, place, posted.parse(answer));
  } catch (error) {
    const outcome = outcomeOf(error);
    if (!earlier?.mark || !outcome.unknown) throw error;
    return { ...outcome, blind: true };
  }
}

/** The earlier post of a delivery, or whether posting again must be marked. While Slack cannot say, nothing is posted. */
async function lookFor(
  { history, tenant }: Sending,
  id: string,
  place: Place,
): Promise<{ result: SendResult } | { mark: boolean }> {
  try {
    const found = await history.findDelivery(id, place.channel, place.thread);
    if (found === "unreadable") return { mark: true };
    return found ? { result: sentAt({ tenant }, place, found) } : { mark: false };
  } catch (error) {
    return { result: { ...outcomeOf(error), unknown: true } };
  }
}

function sentAt(
  { tenant }: Pick<Sending, "tenant">,
  place: Place,
  { channel, ts }: { channel: string; ts: string },
): SendResult {
  const ref = encodeRef({ channel, ts, hidden: false });
  if (place.thread) return { ok: true, ref };
  const address = { platform: "slack", tenant: tenant(), conversation: channel, thread: ts };
  return { ok: true, ref, address };
}

/** Replaces an earlier post; undefined when that is gone, so that the card is posted anew. */
async function update(sending: Sending, outgoing: Outgoing): Promise<SendResult | undefined> {
  const { delivery, source, updates } = outgoing;
  const clicked = readRef(source.card);
  const ref = readRef(updates) ?? (clicked?.hidden ? clicked : undefined);
  if (!ref) return undefined;
  if (ref.hidden) {
    const url = readReply(source.reply, sending.clock.now());
    if (!url || clicked?.ts !== ref.ts) return undefined;
    const done = await offer(
      delivery.card,
      (form) => sending.respond(url, form, true),
      sending.log,
    );
    return done ? { ok: true, ref: encodeRef(ref) } : undefined;
  }
  const body = { channel: ref.channel, ts: ref.ts, ...envelope(delivery.id) };
  try {
    await offer(
      delivery.card,
      (form) => sending.client.apiCall("chat.update", { ...body, ...form }),
      sending.log,
    );
    return { ok: true, ref: encodeRef(ref) };
  } catch (error) {
    if (GONE.includes(platformError(error) ?? "")) return undefined;
    throw error;
  }
}

/** Shows a card to the asker alone: through the response_url while it lives, else as an ephemeral post, else as a DM. */
async function whisper(sending: Sending, outgoing: Outgoing, place: Place): Promise<SendResult> {
  const { delivery, source } = outgoing;
  const thread = place.thread ? { thread_ts: place.thread } : {};
  const respondWith = (form: PostBody, url: string) =>
    sending.respond(url, { ...form, ...thread }, false);
  const url = readReply(source.reply, sending.clock.now());
  if (url && (await offer(delivery.card, (form) => respondWith(form, url), sending.log))) {
    return { ok: true };
  }
  const body = { channel: place.channel, user: source.asker, ...thread };
  try {
    await offer(
      delivery.card,
      (form) => sending.client.apiCall("chat.postEphemeral", { ...body, ...form }),
      sending.log,
    );
    return { ok: true };
  } catch (error) {
    if (!NOT_IN.includes(platformError(error) ?? "")) throw error;
    return post(sending, outgoing, { channel: source.asker });
  }
}

/**
 * Says that the bot is not in a channel: to whoever clicked or typed a command there (best effort), to the operator when
 * it is the channel of a route.
 */
async function explainAbsence(
  sending: Sending,
  { delivery, source }: Outgoing,
  reason: string,
): Promise<void> {
  const { to } = delivery;
  const channel = to.kind === "address" ? to.address.conversation : source.address.conversation;
  if (channel !== source.address.conversation) {
    sending.log.error("slack-route-closed", {
      channel,
      reason,
      detail: "type /invite @Hexdesk there",
    });
    return;
  }
  const url = readReply(source.reply, sending.clock.now());
  if (!url) return;
  const text = sending.phrases(delivery.card.language, "slack.not-in-channel");
  try {
    await sending.respond(url, { text }, false);
  } catch (error) {
    sending.log.warn("slack-absence-untold", { reason: outcomeOf(error).reason });
  }
}

/** The form with the group or person that it calls; a text without blocks calls nobody. */
function calling(form: PostBody, { tag }: Delivery): PostBody {
  if (!tag || !form.blocks) return form;
  const element = tag.startsWith("S")
    ? { type: "usergroup" as const, usergroup_id: tag }
    : { type: "user" as const, user_id: tag };
  const section = { type: "rich_text_section" as const, elements: [element] };
  const block = { type: "rich_text" as const, block_id: "calls", elements: [section] };
  return { ...form, blocks: [block, ...form.blocks] };
}

function repeated(card: Card, phrases: Phrases): Card {
  const mark = phrases(card.language, "slack.repeated");
  return { ...card, blocks: [{ type: "text", quiet: true, inlines: [mark] }, ...card.blocks] };
}

/** No previews, no markup in a text without blocks, and the delivery's id, by which a post is found again. */
function envelope(id: string) {
  return {
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: DELIVERY_EVENT, event_payload: { id } },
  };
}

function isDirect({ channel, thread }: Place): boolean {
  return channel.startsWith("D") && thread !== undefined;
}

function refuse(reason: string): SendResult & { ok: false } {
  return { ok: false, unknown: false, reason };
}
