import { APP_ID, TENANT } from "./teams.ts";

export type Scope = "personal" | "groupChat" | "channel";
export type Json = Record<string, unknown>;

/** A person in Teams: id, name, and the object id in Entra. */
export const ANA = {
  id: "29:ana",
  name: "Ana",
  aadObjectId: "00000000-0000-4000-8000-00000000000a",
};
export const BEN = {
  id: "29:ben",
  name: "Ben",
  aadObjectId: "00000000-0000-4000-8000-00000000000b",
};
export const BOT = { id: `28:${APP_ID}`, name: "Hexdesk" };

export const CONVERSATIONS: Record<Scope, string> = {
  personal: "a:personal-ana",
  groupChat: "19:group@thread.v2",
  channel: "19:channel@thread.tacv2",
};

/** Activities as Teams sends them, numbered from one. */
export function teamsActivities(serviceUrl: string) {
  let n = 0;

  function base(scope: Scope, root = "1763700000000"): Json {
    n += 1;
    const id = CONVERSATIONS[scope];
    return {
      type: "message",
      id: String(1_763_700_100_000 + n),
      timestamp: new Date(Date.UTC(2026, 10, 21, 10, 0, n)).toISOString(),
      serviceUrl,
      channelId: "msteams",
      from: ANA,
      recipient: BOT,
      conversation: {
        id: scope === "channel" ? `${id};messageid=${root}` : id,
        conversationType: scope,
        isGroup: scope !== "personal",
        tenantId: TENANT,
      },
      channelData: { tenant: { id: TENANT }, ...(scope === "channel" ? { channel: { id } } : {}) },
      locale: "en-US",
    };
  }

  /** What a person types; outside personal chats with a mention of the bot in front, as Teams demands it. */
  function says(scope: Scope, text: string, rest: Json = {}): Json {
    if (scope === "personal") return { ...base(scope), text, ...rest };
    return { ...base(scope), ...mentioning(text), ...rest };
  }

  /** What a person types without a mention: delivered with resource-specific consent alone. */
  function overheard(scope: Scope, text: string, rest: Json = {}): Json {
    return { ...base(scope), text, ...rest };
  }

  function clicks(scope: Scope, data: unknown, replyToId: string, rest: Json = {}): Json {
    return {
      ...base(scope),
      type: "invoke",
      name: "adaptiveCard/action",
      replyToId,
      value: { action: { type: "Action.Execute", verb: "x", data }, trigger: "manual" },
      ...rest,
    };
  }

  function submits(scope: Scope, data: unknown, replyToId: string, rest: Json = {}): Json {
    return { ...base(scope), replyToId, value: data, ...rest };
  }

  function invokes(scope: Scope, name: string, value: unknown, rest: Json = {}): Json {
    return { ...base(scope), type: "invoke", name, value, ...rest };
  }

  return { base, says, overheard, clicks, submits, invokes };
}

/** Text with a mention of the bot in front, as the Teams client writes it. */
export function mentioning(text: string): Json {
  return {
    text: `<at>Hexdesk</at> ${text}\n`,
    entities: [{ type: "mention", text: "<at>Hexdesk</at>", mentioned: BOT }],
  };
}
