import { describe, expect, it } from "vitest";
import { blockFaults } from "../fakes/slack-blocks.ts";
import { until } from "./harness.ts";
import { actionFor, startWorkspace, words } from "./workspace.ts";

type Thumbs = {
  type: string;
  elements: {
    type: string;
    negative_button: { value: string };
    positive_button: { value: string };
  }[];
};

const thumbsOf = (blocks: unknown) =>
  (blocks as Thumbs[]).find(({ type }) => type === "context_actions")?.elements[0];

describe("feedback in Slack", () => {
  it("is the platform's thumbs; a bad one asks privately for the reason, once", async () => {
    const { say, posts, slack, fake, ours } = await startWorkspace();
    const question = await say("<@UBOT> 0x80090311");
    const card = await posts(1);
    const thumbs = thumbsOf(card.blocks);
    expect(thumbs?.type).toBe("feedback_buttons");
    expect(blockFaults(card as never)).toEqual([]);
    const container = { message_ts: card.ts, channel_id: "C1", thread_ts: question.ts };
    const value = thumbs?.negative_button.value ?? "";
    const actions = [
      { type: "feedback_buttons", action_id: "feedback", block_id: "feedback", value },
    ];

    const asked = fake.replyTo();
    await slack.click(asked.url, value, { container, actions });
    await until(() => asked.got.length > 0, "the question why");
    expect(asked.got[0]).toMatchObject({ response_type: "ephemeral" });
    expect(words(asked.got[0])).toContain("What was wrong?");

    const thanked = fake.replyTo();
    const blocks = (asked.got[0] as { blocks: unknown }).blocks;
    await slack.click(thanked.url, actionFor(blocks, "Wrong cause"), { container });
    await until(() => thanked.got.length > 0, "the thanks");
    expect(words(thanked.got[0])).toContain("the people who keep the entries see it");

    const again = fake.replyTo();
    await slack.click(again.url, value, { container, actions });
    await until(() => again.got.length > 0, "the second answer");
    expect(words(again.got[0])).not.toContain("Wrong cause");
    expect(ours()).toHaveLength(1);
    expect(card.edits).toBe(0);
  });
});

describe("a secret in a Slack channel", () => {
  it("is spoken of in a direct message only, and not repeated", async () => {
    const { say, posts, ours } = await startWorkspace();
    const secret = `Winter${2026}!`;
    await say(`<@UBOT> 0x80090311 my password is ${secret}`);
    await posts(2);
    const [warning, answer] = ours();
    expect(warning?.channel).not.toBe("C1");
    expect(words(warning?.blocks)).toContain("a password");
    expect(answer?.channel).toBe("C1");
    expect(JSON.stringify(ours())).not.toContain(secret);
  });
});

describe("the helpdesk's slash commands in Slack", () => {
  it("declare an incident, show the report to the channel, and refuse others", async () => {
    const { slack, fake, posts, say } = await startWorkspace();
    const declared = fake.replyTo();
    const text = "incident 0x80090311 “VPN is down, we are on it”";
    await slack.command(declared.url, { text, user_id: "UHELP" });
    await until(() => declared.got.length > 0, "the confirmation");
    expect(words(declared.got[0])).toMatch(/IN-\d+ is open/);

    await say("<@UBOT> 0x80090311");
    expect(words((await posts(1)).blocks)).toContain("VPN is down, we are on it");

    const refused = fake.replyTo();
    await slack.command(refused.url, { text: "report week" });
    await until(() => refused.got.length > 0, "the refusal");
    expect(words(refused.got[0])).toContain("for people of the helpdesk");

    await slack.command(fake.replyTo().url, { text: "report week", user_id: "UHELP" });
    const report = await posts(2);
    expect(report.channel).toBe("C1");
    expect(report.thread_ts).toBeUndefined();
    expect(words(report.blocks)).toContain("The last 7 days");
  });
});
