import type { webApi } from "@slack/bolt";
import { z } from "zod";
import type { Address, ThreadLine } from "../../src/message.ts";
import { outcomeOf, platformError } from "./outcome.ts";
import { plainText } from "./plain.ts";

/** Type of the message metadata under which a delivery is found again. */
export const DELIVERY_EVENT = "hexdesk_delivery";

const LAST = 20;
const PAGE = 200;
const MOST_PAGES = 5;

const page = z.object({
  messages: z.array(z.looseObject({ ts: z.string() })).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
type Post = z.infer<typeof page>["messages"][number];

const delivered = z.object({
  event_type: z.literal(DELIVERY_EVENT),
  event_payload: z.object({ id: z.string() }),
});

/** What may be read of conversations, where the scope allows it. */
export type History = {
  /** The root and the last 20 posts, oldest first; other bots are left out, ours are marked. */
  readThread(address: Address): Promise<ThreadLine[] | "unreadable">;
  /** Where a delivery was posted; undefined when it was not, "unreadable" when nobody can say. */
  findDelivery(
    id: string,
    channel: string,
    thread: string | undefined,
  ): Promise<{ channel: string; ts: string } | undefined | "unreadable">;
};

/** Reads with the given client (which may retry: reading changes nothing). Rejects on errors that may pass. */
export function createHistory(client: webApi.WebClient, botUserId: () => string): History {
  const read = async (channel: string, thread: string | undefined) => {
    try {
      return await posts(client, channel, thread);
    } catch (error) {
      const passing = outcomeOf(error).retryAfterMs !== undefined;
      if (passing || platformError(error) === undefined) throw error;
      return "unreadable";
    }
  };
  return {
    readThread: async ({ conversation, thread }) => {
      const all = thread ? await read(conversation, thread) : "unreadable";
      if (all === "unreadable") return all;
      const [root, ...rest] = all.map((post) => toLine(post, botUserId()));
      const last = rest.filter((line) => line !== undefined).slice(-LAST);
      return root ? [root, ...last] : last;
    },
    findDelivery: async (id, channel, thread) => {
      const all = await read(channel, thread);
      if (all === "unreadable") return all;
      const post = all.find(
        ({ metadata }) => delivered.safeParse(metadata).data?.event_payload.id === id,
      );
      return post && { channel, ts: post.ts };
    },
  };
}

async function posts(
  client: webApi.WebClient,
  channel: string,
  thread: string | undefined,
): Promise<Post[]> {
  const all: Post[] = [];
  let cursor = "";
  for (let n = 0; n < MOST_PAGES; n++) {
    const method = thread ? "conversations.replies" : "conversations.history";
    const answer = page.parse(
      await client.apiCall(method, {
        channel,
        limit: PAGE,
        include_all_metadata: true,
        ...(thread ? { ts: thread } : {}),
        ...(cursor === "" ? {} : { cursor }),
      }),
    );
    all.push(...answer.messages);
    cursor = answer.response_metadata?.next_cursor ?? "";
    if (cursor === "" || !thread) break;
  }
  return all;
}

function toLine(post: Post, botUserId: string): ThreadLine | undefined {
  const { user, bot_id } = post;
  const mine = user === botUserId;
  if (typeof user !== "string" || (typeof bot_id === "string" && !mine)) return undefined;
  return { from: { id: user }, text: plainText(post, botUserId).text, mine };
}
