import { setTimeout as wait } from "node:timers/promises";
import type { FakeSlack } from "../fakes/slack.ts";
import { slackRequests } from "../fakes/slack-requests.ts";
import { SIGNING_SECRET, until } from "./process.ts";

/** One thread in which somebody asked and clicked: what Slack got a 200 for. */
export type Conversation = { ts: string; asked: boolean; clicked: boolean };

const AT_ONCE = 24;

/**
 * People who ask in threads of a channel, one a thread (a single one is answered only so often), and click the first result
 * of the answer. What gets no 200 is sent again, as Slack does with events and people do with clicks; every third event
 * comes twice. `ackEarly` never sends again: a mutant, whose losses must be noticed.
 */
export function converse(options: {
  fake: FakeSlack;
  /** The addresses of the instances that listen now. */
  urls(): string[];
  random(): number;
  ackEarly: boolean;
  /** How long people wait for an answer, and for what their click changes, before they give up. */
  patienceMs: number;
}) {
  const { fake, random, patienceMs } = options;
  const conversations: Conversation[] = [];
  const talking = new Set<Promise<void>>();
  let acks = 0;
  let ids = 0;
  let over = false;

  const postIn = (ts: string) =>
    fake.posts.find((post) => post.thread_ts === ts && post.user === "UBOT");

  async function talk(n: number): Promise<void> {
    const ts = `1763800${String(n).padStart(3, "0")}.000100`;
    const conversation: Conversation = { ts, asked: false, clicked: false };
    conversations.push(conversation);
    const event_id = `Ev-${n}`;
    const id = `U${1_000 + n}`;
    conversation.asked = await insist(async (slack) => {
      const envelope = slack.envelope(slack.post({ ts, user: id }), { event_id });
      const sent = [slack.event(envelope), ...(n % 3 === 0 ? [slack.event(envelope)] : [])];
      return (await Promise.all(sent)).some(({ status }) => status === 200);
    });
    if (!conversation.asked || !(await until(() => postIn(ts) !== undefined, patienceMs))) return;
    const value = resultButton(postIn(ts)?.blocks);
    const post = postIn(ts);
    if (!value || !post) throw new Error("the answer has no result button");
    conversation.clicked = await insist(async (slack) => {
      ids += 1;
      const { status } = await slack.click(fake.replyTo().url, value, {
        trigger_id: `click-${ids}`,
        user: { id, username: id.toLowerCase() },
        container: { type: "message", message_ts: post.ts, channel_id: "C1" },
        message: { ts: post.ts, thread_ts: ts },
      });
      return status === 200;
    });
    await until(() => (postIn(ts)?.edits ?? 0) > 0, patienceMs);
  }

  async function insist(
    send: (slack: ReturnType<typeof slackRequests>) => Promise<boolean>,
  ): Promise<boolean> {
    for (;;) {
      const urls = options.urls();
      const url = urls[Math.floor(random() * urls.length)];
      if (url) {
        const slack = slackRequests(`${url}/slack/events`, SIGNING_SECRET);
        const taken = await send(slack).catch(() => options.ackEarly);
        if (taken) {
          acks += 1;
          return true;
        }
      }
      await wait(20);
    }
  }

  async function crowd(): Promise<void> {
    for (let n = 0; !over; n += 1) {
      while (talking.size >= AT_ONCE && !over) await wait(10);
      const talked = talk(n).finally(() => talking.delete(talked));
      talking.add(talked);
      await wait(random() * 60);
    }
  }

  const crowding = crowd();
  return {
    acks: () => acks,
    /** Nobody new asks; resolves with all conversations when those that began are done or given up. */
    async end(): Promise<Conversation[]> {
      over = true;
      await crowding;
      await Promise.all(talking);
      return conversations;
    },
  };
}

/** The value of the first button that reports a result. */
function resultButton(blocks: unknown): string | undefined {
  const values = [...JSON.stringify(blocks ?? []).matchAll(/"value":("(?:[^"\\]|\\.)*")/g)];
  const actions = values.map(([, value]) => String(JSON.parse(value ?? '""')));
  return actions.find((value) => value.includes('"do":"result"'));
}
