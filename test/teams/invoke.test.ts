import { describe, expect, test } from "vitest";
import { ANA } from "../fakes/teams-activities.ts";
import { card, startTeams, until } from "./harness.ts";
import { answering, button, CARD, NOTE, replacing, said, telling, worked } from "./scripted.ts";

describe("a click", () => {
  test("is read as an action on its card, from whoever clicked", async () => {
    const { post, asked, teams } = await answering();
    await post(teams.clicks("channel", { hexdesk: worked }, "card-1"));
    expect(asked[0]).toMatchObject({
      action: worked,
      card: "card-1",
      text: "",
      addressed: true,
      from: { id: ANA.id },
      surface: "channel",
    });
  });

  test("is answered with the new card; everybody else gets it by an update", async () => {
    const next = card("Next step", { buttons: [button] });
    const { post, fake, sent, script, teams } = await answering(replacing(next));
    const answer = await post(teams.clicks("channel", { hexdesk: worked }, "card-1"));
    expect(answer).toMatchObject({ status: 200, json: { statusCode: 200, type: CARD } });
    await until(() => sent.length === 1, "the update is reported");
    expect(fake.calls).toHaveLength(1);
    expect(fake.calls[0]).toMatchObject({ method: "PUT" });
    const updated = fake.calls[0]?.body.attachments as { content: unknown }[];
    expect(updated[0]?.content).toEqual(answer.json.value);
    expect(script.wakes).toBe(1);
  });

  test("a short private word stands in the answer, and is posted nowhere", async () => {
    const { post, fake, sent, teams } = await answering(telling(card("Good to know.")));
    const { json } = await post(teams.clicks("channel", { hexdesk: worked }, "card-1"));
    expect(json).toEqual({ statusCode: 200, type: NOTE, value: "Title\n\nGood to know." });
    await until(() => sent.length === 1);
    expect(fake.calls).toEqual([]);
  });

  test("a private word with buttons is a targeted message, and the answer names it", async () => {
    const { post, fake, sent, teams } = await answering(
      telling(card("Mine?", { buttons: [button] })),
    );
    const { json } = await post(teams.clicks("channel", { hexdesk: worked }, "card-1"));
    expect(json).toMatchObject({ type: NOTE, value: "Title" });
    await until(() => sent.length === 1);
    expect(fake.calls[0]?.query).toBe("?isTargetedActivity=true");
  });

  test("a forged one reaches the bot without an action", async () => {
    const { post, asked, teams } = await answering();
    await post(teams.clicks("channel", { hexdesk: { ...worked, v: 2 } }, "card-1"));
    expect(asked[0]).toMatchObject({ text: "", card: "card-1", addressed: true });
    expect(asked[0]).not.toHaveProperty("action");
  });

  test("the same one again, at once or later, gets the same answer and no second effect", async () => {
    const { post, asked, fake, sent, teams } = await answering(replacing(card("Next")));
    const click = teams.clicks("channel", { hexdesk: worked }, "card-1");
    const answers = await Promise.all([post(click), post(click)]);
    answers.push(await post(click));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.json.type).toBe(CARD);
    expect(asked).toHaveLength(1);
    await until(() => sent.length === 1);
    expect(fake.calls).toHaveLength(1);
  });

  test("that a bot after a restart knows already is answered without effect", async () => {
    const { post, fake, teams } = await startTeams();
    const { json } = await post(teams.clicks("channel", { hexdesk: worked }, "card-1"));
    expect(json).toMatchObject({ statusCode: 200, type: NOTE });
    expect(fake.calls).toEqual([]);
  });

  test("that fails is answered with the number of the incident, and the card stays usable", async () => {
    const { post, script, logged, teams } = await startTeams();
    script.answer = async () => {
      throw new Error("secret detail");
    };
    const { status, json, text } = await post(
      teams.clicks("channel", { hexdesk: worked }, "card-1"),
    );
    expect(status).toBe(200);
    expect(json).toMatchObject({ type: NOTE, value: "es error.text incident" });
    expect(text).not.toContain("secret");
    expect(logged.at(-1)).toMatchObject({ event: "teams-invoke-failed" });
  });

  test("that takes over two seconds is answered with words, and its card follows", async () => {
    const { post, script, clock, fake, asked, sent, teams } = await startTeams();
    let finish = () => {};
    script.answer = () =>
      new Promise((resolve) => {
        finish = () => resolve({ ...said, outgoing: [replacing(card("Next"))(fake)] });
      });
    const waiting = post(teams.clicks("channel", { hexdesk: worked }, "card-1"));
    await until(() => asked.length === 1);
    clock.advance(2_000);
    expect((await waiting).json).toMatchObject({ type: NOTE, value: "es teams.late" });
    expect(fake.calls).toEqual([]);
    finish();
    await until(() => sent.length === 1, "the late card");
    expect(fake.calls[0]).toMatchObject({ method: "PUT" });
  });

  test("whose update fails goes back to the worker, or is given up", async () => {
    const { post, fake, failed, logged, teams } = await answering(replacing(card("Next")));
    fake.script.push({ status: 429, headers: { "retry-after": "3" } });
    await post(teams.clicks("channel", { hexdesk: worked }, "card-1"));
    await until(() => failed.length === 1);
    expect(failed[0]).toMatchObject({ id: "d1", outcome: { unknown: false } });
    fake.script.push({ status: 404 }, { status: 404 });
    await post(teams.clicks("channel", { hexdesk: worked }, "card-1"));
    await until(() => failed.length === 2);
    expect(failed[1]).toMatchObject({ id: "d1", outcome: { dead: true, unknown: false } });
    expect(logged.at(-1)).toMatchObject({ event: "delivery.given-up", fields: { delivery: "d1" } });
  });
});

describe("other invokes", () => {
  test.each([
    ["like", "useful"],
    ["dislike", "not-useful"],
  ])("the thumb %s is feedback on its card", async (reaction, act) => {
    const { post, asked, fake, teams } = await answering(telling(card("Thank you")));
    const value = { actionName: "feedback", actionValue: { reaction, feedback: "{}" } };
    const answer = await post(
      teams.invokes("personal", "message/submitAction", value, { replyToId: "card-1" }),
    );
    expect(answer).toMatchObject({ status: 200, json: {} });
    expect(asked[0]).toMatchObject({ action: { v: 1, do: act, lang: "es" }, card: "card-1" });
    expect(fake.calls).toEqual([]);
  });

  test("feedback of an unknown kind is taken without effect", async () => {
    const { post, asked, teams } = await startTeams();
    const answer = await post(
      teams.invokes("personal", "message/submitAction", { actionValue: 5 }),
    );
    expect(answer).toMatchObject({ status: 200, json: {} });
    expect(asked).toEqual([]);
  });

  test("an unknown invoke is 501", async () => {
    const { post, teams } = await startTeams();
    expect((await post(teams.invokes("personal", "signin/verifyState", {}))).status).toBe(501);
  });

  test("the stop waits for what a click set going", async () => {
    const { post, platform, sent, teams } = await answering(replacing(card("Next")));
    await post(teams.clicks("channel", { hexdesk: worked }, "card-1"));
    await platform.stop();
    expect(sent).toHaveLength(1);
  });
});
