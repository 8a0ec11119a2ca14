import { describe, expect, test } from "vitest";
import { card, startTeams, until } from "./harness.ts";
import { answering, button, CARD, telling, worked } from "./scripted.ts";

describe("the message extension", () => {
  const query = (value: string, name = "text") => ({
    commandId: "lookup",
    parameters: [{ name, value }],
    queryOptions: { skip: 0, count: 25 },
  });

  test("looks a code up and lists the answer, posting nothing", async () => {
    const found = card("It is …", {
      buttons: [
        { label: "Solve it with me", style: "primary", action: { v: 1, do: "solve", lang: "en" } },
        { label: "Post to channel", style: "default", action: { v: 1, do: "post", lang: "en" } },
      ],
    });
    const { post, asked, fake, sent, teams } = await answering(telling(found));
    const answer = await post(
      teams.invokes("groupChat", "composeExtension/query", query("0x80090311")),
    );
    expect(asked[0]).toMatchObject({ surface: "slash", text: "0x80090311", addressed: true });
    expect(asked[0]?.address).not.toHaveProperty("thread");
    const { composeExtension } = answer.json;
    expect(composeExtension).toMatchObject({ type: "result", attachmentLayout: "list" });
    expect(composeExtension.attachments).toHaveLength(1);
    expect(composeExtension.attachments[0]).toMatchObject({
      contentType: CARD,
      preview: { content: { title: "Title", text: "It is …" } },
    });
    expect(answer.text).toContain("Solve it with me");
    expect(answer.text).not.toContain("Post to channel");
    await until(() => sent.length === 1);
    expect(fake.calls).toEqual([]);
  });

  test.each([
    ["when it is opened", query("true", "initialRun")],
    ["for the first letters", query("0x")],
    ["without parameters", {}],
    ["with nonsense", null],
  ])("%s it says what to type, and asks nothing", async (_name, value) => {
    const { post, asked, teams } = await startTeams();
    const { json } = await post(teams.invokes("personal", "composeExtension/query", value));
    expect(json).toEqual({ composeExtension: { type: "message", text: "es teams.search" } });
    expect(asked).toEqual([]);
  });

  test("many long results stay below 28 KB together", async () => {
    const long = card("word ".repeat(700), {
      blocks: Array.from({ length: 12 }, () => ({ type: "text", inlines: ["word ".repeat(700)] })),
    });
    const { post, teams } = await answering(...Array.from({ length: 5 }, () => telling(long)));
    const answer = await post(teams.invokes("personal", "composeExtension/query", query("0x8009")));
    expect(answer.json.composeExtension.attachments).toHaveLength(5);
    expect(Buffer.byteLength(answer.text)).toBeLessThan(28 * 1024);
  });

  test("explains a chosen message in a dialog", async () => {
    const { post, asked, fake, sent, teams } = await answering(
      telling(card("x", { buttons: [button] })),
    );
    const content = "<p>it says&nbsp;<b>0x80090311</b></p><p>since Monday</p>";
    const value = {
      commandId: "explain",
      messagePayload: { body: { contentType: "html", content } },
    };
    const { json } = await post(teams.invokes("channel", "composeExtension/fetchTask", value));
    expect(asked[0]).toMatchObject({ surface: "slash", text: "it says 0x80090311\nsince Monday" });
    expect(json.task).toMatchObject({ type: "continue", value: { card: { contentType: CARD } } });
    expect(JSON.stringify(json)).not.toContain("Action.Execute");
    expect(JSON.stringify(json)).toContain("Action.Submit");
    await until(() => sent.length === 1);
    expect(fake.calls).toEqual([]);
  });

  test("a button of that dialog is a click", async () => {
    const { post, asked, teams } = await answering();
    const value = { commandId: "explain", data: { hexdesk: worked } };
    const { json } = await post(teams.invokes("channel", "composeExtension/submitAction", value));
    expect(asked[0]).toMatchObject({ action: worked, text: "" });
    expect(json).toEqual({ task: { type: "message", value: "en teams.done" } });
  });
});
