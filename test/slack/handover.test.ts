import { describe, expect, it } from "vitest";
import type { Route } from "../../src/handover/routes.ts";
import type { Posted } from "../fakes/slack-workspace.ts";
import { until } from "./harness.ts";
import { startWorkspace, words } from "./workspace.ts";

const DESK: Route = {
  name: "desk",
  title: "IT helpdesk",
  place: { platform: "slack", tenant: "", conversation: "C9" },
  areas: ["*"],
  tag: "S0123456789",
};

type Prepare = (fake: Awaited<ReturnType<typeof startWorkspace>>["fake"]) => void;

/** U1 asked in C1 and sent the case to C9. */
async function handedOver(prepare: Prepare = () => {}) {
  const space = await startWorkspace("mention", { routes: [DESK] });
  const { say, posts, click, fake } = space;
  prepare(fake);
  const inChannel = (channel: string): Posted[] =>
    fake.posts.filter((post) => post.user === "UBOT" && post.channel === channel);
  const question = await say("<@UBOT> winrm from home says 0x80090311");
  const answer = await posts(1);
  await click(answer, /Ask a person/);
  await until(() => words(answer.blocks).includes("Send this to a person?"), "the preview");
  await click(answer, "Send");
  const card = async () => {
    await until(() => inChannel("C9").length > 0, "the agent's card");
    return inChannel("C9")[0] as Posted;
  };
  /** Waits until the newest post of ours in a channel says something. */
  const hears = (channel: string, text: string) =>
    until(() => words(inChannel(channel).at(-1)?.blocks).includes(text), `${channel}: ${text}`);
  return { ...space, question, answer, card, inChannel, hears };
}

describe("a hand-over to a channel", () => {
  it("posts one card that calls the group and links the asker's thread", async () => {
    const { card, question, inChannel, answer } = await handedOver();
    const posted = await card();
    const text = JSON.stringify(posted.blocks);
    expect(text).toContain('"usergroup_id":"S0123456789"');
    expect(text).toContain(`https://test.slack.com/archives/C1/p${question.ts.replace(".", "")}`);
    expect(words(posted.blocks)).toContain("winrm from home says 0x80090311");
    expect(posted.thread_ts).toBeUndefined();
    expect(inChannel("C9")).toHaveLength(1);
    await until(() => words(answer.blocks).includes("is with people"), "the asker's status");
  });

  it("goes from taking it through words in both threads to the asker's yes", async () => {
    const { card, click, say, hears, question, inChannel } = await handedOver();
    const posted = await card();
    await click(posted, "Take it", "U2");
    await until(() => words(posted.blocks).includes("Taken by u2"), "the card to say who has it");
    expect(JSON.stringify(posted.blocks)).not.toContain("usergroup");
    await hears("C1", "u2 has your case now (IT helpdesk).");

    await say("Which VPN? <!channel>", { channel: "C9", user: "U2", thread: posted.ts });
    await hears("C1", "u2 writes:");
    const asked = inChannel("C1").at(-1);
    expect(asked?.thread_ts).toBe(question.ts);
    expect(JSON.stringify(asked?.blocks)).not.toContain('"type":"broadcast"');

    await say("the new one", { thread: question.ts });
    await hears("C9", "the new one");
    expect(inChannel("C9").at(-1)?.thread_ts).toBe(posted.ts);

    await click(posted, "Resolve", "U2");
    await hears("C9", "What solved it?");
    await say("<@UBOT> pushed the profile again", { channel: "C9", user: "U2", thread: posted.ts });
    await hears("C1", "Is the original problem gone?");
    await click(inChannel("C1").at(-1) as Posted, "Yes, it is gone");
    await until(() => words(posted.blocks).includes("Closed: solved by u2"), "the closed card");
  });

  it("tells the second who presses that somebody has it", async () => {
    const { card, click } = await handedOver();
    const posted = await card();
    await click(posted, "Take it", "U2");
    await until(() => words(posted.blocks).includes("Taken by u2"), "the first");
    const stale = { ...posted, blocks: structuredClone(posted.blocks) };
    const reply = await click(stale, "Resolve", "U3");
    await until(() => reply.got.length > 0, "the private word");
    expect(words(reply.got[0])).toContain("u2 has this case.");
  });

  it("leaves talk between colleagues below the card where it is", async () => {
    const { card, click, say, inChannel, hears } = await handedOver();
    const posted = await card();
    await click(posted, "Take it", "U2");
    await hears("C1", "has your case now");
    const before = inChannel("C1").length;
    await say("<@U3> have you seen this?", { channel: "C9", user: "U2", thread: posted.ts });
    await say("yes, last week", { channel: "C9", user: "U3", thread: posted.ts });
    await say("I ask now", { channel: "C9", user: "U2", thread: posted.ts });
    await hears("C1", "I ask now");
    expect(inChannel("C1")).toHaveLength(before + 1);
  });

  it("says to the asker and in the log that the bot is not in the channel", async () => {
    const { hears, failures, inChannel } = await handedOver((fake) => {
      fake.state.absentFrom.add("C9");
    });
    await hears("C1", "IT helpdesk could not be reached");
    expect(inChannel("C9")).toEqual([]);
    expect(failures.splice(0)).toEqual(["slack-route-closed", "delivery.given-up"]);
  });
});
