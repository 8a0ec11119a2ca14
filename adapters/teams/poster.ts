import type { CloudAdapter, ConversationReference } from "botbuilder";
import type { ConnectorClient } from "botframework-connector";
import type { Card } from "../../src/card.ts";
import type { Phrases } from "../../src/language.ts";
import type { Logger } from "../../src/log.ts";
import type { Address } from "../../src/message.ts";
import type { SendResult } from "../../src/platform.ts";
import type { AdaptiveCard } from "./adaptive.ts";
import { HIDDEN_HEADER } from "./connector.ts";
import { cardActivity, textActivity } from "./envelope.ts";
import { type Failure, outcomeOf } from "./outcome.ts";
import { renderTeams, teamsText } from "./render.ts";
import { encodeRef, type Ref, type Reply } from "./reply.ts";

/**
 * Where a card goes. `thread` names the thread that a group chat's card belongs to; `hidden` is the one person who sees
 * it; `repeated` marks it as perhaps posted before.
 */
export type Place = { reply: Reply; thread?: string; hidden?: string; repeated?: boolean };

export type Posted = (SendResult & { ok: true }) | Failure;

/** Posts and replaces cards; never rejects. */
export type Poster = {
  render(card: Card, place: Place): AdaptiveCard;
  post(card: Card, place: Place): Promise<Posted>;
  update(card: Card, ref: Ref, place: Place): Promise<Posted>;
  /** Starts a thread in a channel with the card. */
  startThread(card: Card, place: Place): Promise<Posted>;
  /** Opens the personal chat with somebody; its reply, or why that failed. */
  openChat(person: string, reply: Reply): Promise<Reply | Failure>;
};

export type PosterOptions = {
  adapter: CloudAdapter;
  appId: string;
  rsc: boolean;
  phrases: Phrases;
  log: Logger;
};

type Conversations = ConnectorClient["conversations"];
type Activity = Parameters<Conversations["sendToConversation"]>[1];
type NewConversation = Parameters<Conversations["createConversation"]>[0];

const TOO_BIG = [400, 413];

/**
 * A poster over CloudAdapter: every call runs through continueConversationAsync, which signs it. Cards that Teams finds
 * too big or unreadable are offered as text.
 */
export function createPoster(options: PosterOptions): Poster {
  const { adapter, appId } = options;

  async function withClient<Result>(
    reply: Reply,
    act: (client: ConnectorClient) => Promise<Result>,
  ): Promise<Result> {
    const done: Result[] = [];
    await adapter.continueConversationAsync(appId, referenceOf(reply), async (context) => {
      done.push(await act(context.turnState.get(adapter.ConnectorClientKey)));
    });
    return done[0] as Result;
  }

  function render(card: Card, { reply, thread, hidden, repeated }: Place): AdaptiveCard {
    const say = (key: string) => options.phrases(card.language, `teams.${key}`);
    const isHeard = options.rsc || reply.scope === "personal" || hidden !== undefined;
    return renderTeams(card, {
      cut: say("cut"),
      ...(isHeard ? {} : { hint: say("hint") }),
      ...(repeated ? { repeated: say("repeated") } : {}),
      ...(thread ? { thread } : {}),
    });
  }

  function tryRender(card: Card, place: Place): AdaptiveCard | undefined {
    try {
      return render(card, place);
    } catch (cause) {
      options.log.error("teams-unrenderable", {}, cause);
      return undefined;
    }
  }

  async function offer(
    card: Card,
    place: Place,
    send: (client: ConnectorClient, activity: Activity) => Promise<Posted>,
  ): Promise<Posted> {
    const { reply } = place;
    const rendered = tryRender(card, place);
    if (!rendered) return { ok: false, unknown: false, reason: "unrenderable" };
    const from = { id: reply.bot } as NonNullable<Activity["from"]>;
    try {
      return await withClient(reply, (c) => send(c, { ...cardActivity(card, rendered), from }));
    } catch (error) {
      if (!TOO_BIG.includes(outcomeOf(error, false).status ?? 0)) throw error;
      options.log.warn("teams-card-refused", { kind: card.buttons.length > 0 ? "asks" : "tells" });
      const text = textActivity(card.title, teamsText(card));
      return await withClient(reply, (c) => send(c, { ...text, from }));
    }
  }

  return {
    render,
    async post(card, place) {
      const { hidden, reply } = place;
      const { conversation } = reply;
      const only = hidden ? { recipient: { id: hidden, isTargeted: true } } : {};
      try {
        return await offer(card, place, async (client, activity) => {
          const { id } = await client.conversations.sendToConversation(
            conversation,
            { ...activity, ...(only as Activity) },
            hiding(hidden !== undefined),
          );
          const ref = encodeRef({ conversation, id: id ?? "", hidden: hidden !== undefined });
          return hidden ? { ok: true, ref } : { ok: true, ref, address: addressOf(place) };
        });
      } catch (error) {
        return outcomeOf(error, false);
      }
    },
    async update(card, ref, place) {
      try {
        return await offer(card, place, async (client, activity) => {
          const { conversation, id, hidden } = ref;
          await client.conversations.updateActivity(
            conversation,
            id,
            { ...activity, id },
            hiding(hidden),
          );
          return { ok: true, ref: encodeRef(ref) };
        });
      } catch (error) {
        return outcomeOf(error, true);
      }
    },
    async startThread(card, place) {
      const { reply } = place;
      const channel = { channel: { id: reply.conversation }, tenant: { id: reply.tenant } };
      try {
        return await offer(card, place, async (client, activity) => {
          const made = await client.conversations.createConversation({
            isGroup: true,
            bot: { id: reply.bot },
            channelData: channel,
            activity,
          } as NewConversation);
          const conversation = made.id.includes(";messageid=")
            ? made.id
            : `${reply.conversation};messageid=${made.activityId}`;
          const ref = encodeRef({ conversation, id: made.activityId, hidden: false });
          return { ok: true, ref, address: addressOf({ reply: { ...reply, conversation } }) };
        });
      } catch (error) {
        return outcomeOf(error, false);
      }
    },
    async openChat(person, reply) {
      try {
        return await withClient(reply, async (client) => {
          const made = await client.conversations.createConversation({
            isGroup: false,
            bot: { id: reply.bot },
            members: [{ id: person }],
            tenantId: reply.tenant,
            channelData: { tenant: { id: reply.tenant } },
          } as NewConversation);
          return { ...reply, conversation: made.id, scope: "personal" as const };
        });
      } catch (error) {
        return outcomeOf(error, true);
      }
    },
  };
}

function referenceOf({ url, conversation, bot, tenant, scope }: Reply): ConversationReference {
  return {
    channelId: "msteams",
    serviceUrl: url,
    bot: { id: bot, name: "" },
    conversation: {
      id: conversation,
      tenantId: tenant,
      conversationType: scope,
      isGroup: scope !== "personal",
      name: "",
    },
  };
}

function addressOf({ reply, thread }: Place): Address {
  const [conversation = "", root] = reply.conversation.split(";messageid=");
  const place = { platform: "teams", tenant: reply.tenant, conversation };
  const inside = root ?? thread;
  return inside ? { ...place, thread: inside } : place;
}

function hiding(hidden: boolean) {
  return hidden ? { customHeaders: { [HIDDEN_HEADER]: "1" } } : {};
}
