import { describe, expect, it } from "vitest";
import { knowledge } from "../fixtures/knowledge.ts";
import { until } from "./harness.ts";
import { actionFor, startWorkspace, words } from "./workspace.ts";

describe("a case in a channel", () => {
  it("goes from the mention to the card, step by step, to resolved", async () => {
    const { say, click, posts, ours } = await startWorkspace();
    const question = await say("<@UBOT> 0x80090311");
    const card = await posts(1);
    expect(card.thread_ts).toBe(question.ts);
    expect(words(card.blocks)).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
    expect(words(card.blocks)).not.toContain("SEC_E_INVALID_HANDLE");

    const before = words(card.blocks);
    const first = (card.blocks as { type: string; elements: { text: { text: string } }[] }[]).find(
      (block) => block.type === "actions",
    )?.elements[0]?.text.text;
    await click(card, first ?? "");
    await until(() => card.edits === 1, "the step in place of the card");
    expect(words(card.blocks)).not.toBe(before);

    await say("resolved", { thread: question.ts });
    const solved = await posts(2);
    expect(solved.thread_ts).toBe(question.ts);
    await until(() => card.edits === 2, "the old card to be frozen");
    expect(words(card.blocks)).not.toContain("nltest");
    expect(ours()).toHaveLength(2);
  });

  it("answers one post once, however often and in whatever form Slack sends it", async () => {
    const { slack, fake, ours, posts } = await startWorkspace("codes");
    const post = fake.say("C1", "U1", "<@UBOT> 0x80090311");
    for (const type of ["message", "app_mention", "message", "app_mention"]) {
      const fields = { type, ts: post.ts, channel_type: "channel" };
      await slack.event(slack.envelope(slack.post(fields)), { "x-slack-retry-num": "1" });
    }
    await posts(1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(ours()).toHaveLength(1);
  });

  it("tells whoever sends a forged or old button that it is too old, and nobody else", async () => {
    const { say, posts, fake, slack, ours } = await startWorkspace();
    const question = await say("<@UBOT> 0x80090311");
    const card = await posts(1);
    const reply = fake.replyTo();
    await slack.click(reply.url, '{"v":1,"do":"rm","lang":"en"}', {
      container: { message_ts: card.ts, channel_id: "C1", thread_ts: question.ts },
    });
    await until(() => reply.got.length > 0, "the answer to the click");
    expect(words(reply.got[0])).toMatch(/too old/i);
    expect(reply.got[0]).toMatchObject({ response_type: "ephemeral", thread_ts: question.ts });
    expect(ours()).toHaveLength(1);
    expect(card.edits).toBe(0);
  });

  it("opens a fold for the one who asked to see it", async () => {
    const { say, posts, click, ours } = await startWorkspace();
    await say("<@UBOT> 0x80090311");
    const reply = await click(await posts(1), /details/i);
    await until(() => reply.got.length > 0, "the fold's content");
    expect(reply.got[0]).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(ours()).toHaveLength(1);
  });

  it("does not count what somebody else clicks", async () => {
    const { say, posts, click } = await startWorkspace();
    await say("<@UBOT> 0x80090311");
    const card = await posts(1);
    const label = (card.blocks as { type: string; elements: { text: { text: string } }[] }[]).find(
      (block) => block.type === "actions",
    )?.elements[0]?.text.text;
    const reply = await click(card, label ?? "", "U2");
    await until(() => reply.got.length > 0, "the private answer");
    expect(card.edits).toBe(0);
  });

  it("stays silent about bots, edits, itself and chatter", async () => {
    const { say, ours, fake, posts } = await startWorkspace();
    await say("0x80090311 again, lunch?");
    await say("<@UBOT> 0x80090311", { event: { bot_id: "BOTHER" } });
    await say("<@UBOT> 0x80090311", { user: "UBOT" });
    await say("<@UBOT> 0x80090311", { event: { edited: { user: "U1" } } });
    await say("<@UBOT> 0x80090311", { event: { subtype: "message_changed" } });
    await say("<@UBOT> 0x80070005");
    const answered = await posts(
      1 + fake.posts.filter((p) => p.user === "UBOT" && !p.blocks).length,
    );
    expect(ours().filter((post) => post.blocks)).toEqual([answered]);
    expect(words(answered.blocks)).toContain("0x80070005");
  });

  it("reads the thread it is called into, and takes the message with the code", async () => {
    const { say, fake, posts } = await startWorkspace();
    const root = fake.say("C1", "U2", "winrm says 0x80090311 since this morning");
    fake.say("C1", "U3", "same here", root.ts);
    await say("<@UBOT>", { thread: root.ts });
    const card = await posts(1);
    expect(card.thread_ts).toBe(root.ts);
    expect(words(card.blocks)).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
    expect(words(card.blocks)).toContain("winrm says 0x80090311 since this morning");
  });

  it("says how to help itself where it may not read the thread", async () => {
    const { say, fake, posts } = await startWorkspace();
    fake.state.history = false;
    const root = fake.say("C1", "U2", "winrm says 0x80090311");
    await say("<@UBOT>", { thread: root.ts });
    expect(words((await posts(1)).blocks)).toContain(knowledge.phrases("en", "help.unreadable"));
  });

  it("takes a short problem in a new post as a question, not as a call into a thread", async () => {
    const { say, posts, fake } = await startWorkspace();
    await say("<@UBOT> no logon servers available");
    await posts(1);
    expect(fake.made("conversations.replies")).toEqual([]);
  });
});

describe("private answers", () => {
  it("answers a slash command to the asker alone, and posts it to the channel on demand", async () => {
    const { slack, fake, ours, posts } = await startWorkspace();
    const reply = fake.replyTo();
    await slack.command(reply.url, { text: "0x80090311" });
    await until(() => reply.got.length === 1, "the private card");
    expect(reply.got[0]).toMatchObject({ response_type: "ephemeral" });
    expect(ours()).toEqual([]);

    const second = fake.replyTo();
    const label = knowledge.phrases("en", "button.post");
    await slack.click(second.url, actionFor(reply.got[0]?.blocks, label), {
      container: { message_ts: "9.9", channel_id: "C1", is_ephemeral: true },
      message: undefined,
    });
    const card = await posts(1);
    expect(card).toMatchObject({ channel: "C1", thread_ts: undefined });
    expect(words(card.blocks)).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
  });

  it("opens a case in the direct conversation, which goes on there", async () => {
    const { slack, fake, posts, click } = await startWorkspace();
    const reply = fake.replyTo();
    await slack.command(reply.url, { text: "0x80090311" });
    await until(() => reply.got.length === 1, "the private card");
    const label = knowledge.phrases("en", "button.solve");
    await slack.click(fake.replyTo().url, actionFor(reply.got[0]?.blocks, label), {
      container: { message_ts: "9.9", channel_id: "C1", is_ephemeral: true },
      message: undefined,
    });
    const card = await posts(1);
    expect(card.channel).toBe("DU1");
    await click(card, /person/i);
    await until(() => card.edits === 1, "the hand-over in place of the card");
  });

  it("explains somebody's post to whoever uses the shortcut", async () => {
    const { slack, fake, ours } = await startWorkspace();
    const reply = fake.replyTo();
    const post = fake.say("C1", "U2", "it says 0x80090311");
    await slack.shortcut(reply.url, { type: "message", user: "U2", ts: post.ts, text: post.text });
    await until(() => reply.got.length === 1, "the private card");
    expect(reply.got[0]).toMatchObject({ response_type: "ephemeral", thread_ts: post.ts });
    expect(words(reply.got[0])).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
    expect(ours()).toEqual([]);
  });

  it("answers a direct message in its thread, in the writer's language", async () => {
    const { slack, posts } = await startWorkspace();
    const text = "hola, ¿qué significa el error 0x80090311 en mi equipo?";
    const dm = { type: "message", channel: "D1", channel_type: "im", ts: "5.5", text };
    await slack.event(slack.envelope(slack.post(dm)));
    const card = await posts(1);
    expect(card).toMatchObject({ channel: "D1", thread_ts: "5.5" });
    expect(words(card.blocks)).toContain(knowledge.phrases("es", "button.person"));
  });
});
