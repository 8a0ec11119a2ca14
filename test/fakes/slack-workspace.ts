import { blockFaults } from "./slack-blocks.ts";

/** Arguments of a Web API call, nested ones parsed. */
export type Args = Record<string, unknown>;

/** A post as the fake keeps it; `edits` counts chat.update. */
export type Posted = {
  channel: string;
  ts: string;
  thread_ts?: string | undefined;
  text: string;
  blocks?: unknown;
  metadata?: unknown;
  user: string;
  bot_id?: string | undefined;
  edits: number;
};

/**
 * One workspace as the Web API shows it. `state` may be changed by a test: whether history may be read, channels the bot
 * is not in, user groups, and block types that are refused as if they were not rolled out yet.
 */
export function slackWorkspace(team: string, botToken: string) {
  const posts: Posted[] = [];
  const ephemerals: Args[] = [];
  const state = {
    history: true,
    absentFrom: new Set<string>(),
    groups: new Map<string, string[]>(),
    refusedBlocks: new Set<string>(),
    enterprise: undefined as string | undefined,
  };
  let clock = 1_763_700_000;

  function answer(method: string, token: string, args: Record<string, unknown>): object {
    if (token !== botToken) return { ok: false, error: "invalid_auth" };
    const channel = String(args.channel ?? "");
    switch (method) {
      case "auth.test":
        return {
          ok: true,
          team_id: team,
          user_id: "UBOT",
          bot_id: "BBOT",
          url: "https://test.slack.com/",
          ...(state.enterprise
            ? { enterprise_id: state.enterprise, is_enterprise_install: true }
            : {}),
        };
      case "chat.postMessage": {
        const refused = refusal(channel, args);
        if (refused) return refused;
        const post = add(channel.startsWith("U") ? `D${channel}` : channel, args);
        return { ok: true, channel: post.channel, ts: post.ts };
      }
      case "chat.update": {
        const post = posts.find((p) => p.channel === channel && p.ts === args.ts);
        if (!post) return { ok: false, error: "message_not_found" };
        const refused = refusal(channel, args);
        if (refused) return refused;
        Object.assign(post, {
          text: args.text,
          blocks: args.blocks,
          metadata: args.metadata,
          edits: post.edits + 1,
        });
        return { ok: true, channel, ts: post.ts };
      }
      case "chat.postEphemeral": {
        const refused = refusal(channel, args);
        if (refused) return refused;
        ephemerals.push(args);
        return { ok: true, message_ts: tick() };
      }
      case "conversations.replies":
      case "conversations.history": {
        if (!state.history && !channel.startsWith("D")) {
          return { ok: false, error: "missing_scope", needed: "channels:history" };
        }
        const ts = args.ts;
        const messages = posts.filter(
          (p) => p.channel === channel && (ts === undefined || p.ts === ts || p.thread_ts === ts),
        );
        return page(messages, Number(args.limit ?? 100), String(args.cursor ?? ""));
      }
      case "usergroups.users.list": {
        const users = state.groups.get(String(args.usergroup));
        return users ? { ok: true, users } : { ok: false, error: "missing_scope" };
      }
      default:
        return { ok: false, error: "unknown_method" };
    }
  }

  function refusal(channel: string, args: Record<string, unknown>): object | undefined {
    if (state.absentFrom.has(channel)) return { ok: false, error: "not_in_channel" };
    const faults = blockFaults(args);
    const types = Array.isArray(args.blocks) ? args.blocks.map((b) => String(b.type)) : [];
    if (types.some((type) => state.refusedBlocks.has(type))) faults.push("unsupported type");
    if (faults.length === 0) return undefined;
    return { ok: false, error: "invalid_blocks", response_metadata: { messages: faults } };
  }

  function add(channel: string, args: Record<string, unknown>): Posted {
    const post: Posted = {
      channel,
      ts: tick(),
      thread_ts: args.thread_ts as string | undefined,
      text: String(args.text),
      blocks: args.blocks,
      metadata: args.metadata,
      user: "UBOT",
      bot_id: "BBOT",
      edits: 0,
    };
    posts.push(post);
    return post;
  }

  function tick(): string {
    clock += 1;
    return `${clock}.000100`;
  }

  /** A post by a person. */
  function say(channel: string, user: string, text: string, thread_ts?: string): Posted {
    const post = Object.assign(add(channel, { text, thread_ts }), { user, bot_id: undefined });
    return post;
  }

  return { posts, ephemerals, state, answer, say };
}

function page(messages: Posted[], limit: number, cursor: string): object {
  const from = Number(cursor === "" ? 0 : cursor);
  const next = from + limit < messages.length ? String(from + limit) : "";
  return {
    ok: true,
    messages: messages.slice(from, from + limit).map(({ edits: _, ...message }) => message),
    response_metadata: { next_cursor: next },
  };
}
