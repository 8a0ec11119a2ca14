import { describe, expect, test } from "vitest";
import { ANA, type Scope } from "../fakes/teams-activities.ts";
import { until } from "./harness.ts";
import { startPerson } from "./person.ts";

describe.each<Scope>(["personal", "groupChat", "channel"])("in Teams, %s,", (scope) => {
  test("an answer is judged by its buttons; a bad word asks for the reason", async () => {
    const { say, click, cards, teams, failures } = await startPerson(scope);
    const entry = await say(teams.says(scope, "0x80090311"));
    await click(entry, "Not useful");
    await until(
      () => cards().some(({ words }) => words.includes("What was wrong?")),
      "the question",
    );
    const why = cards().find(({ words }) => words.includes("What was wrong?"));
    if (!why) throw new Error("no question");
    expect([...why.buttons.keys()]).toEqual([
      "Wrong code",
      "Wrong cause",
      "A step failed",
      "Unclear",
    ]);
    const thanks = await click(why, "Wrong code");
    expect(JSON.stringify([thanks, cards()])).toContain("the people who keep the entries see it");
    expect(failures).toEqual([]);
  });

  test("the helpdesk declares and ends an incident in words", async () => {
    const { say, teams } = await startPerson(scope, { helpdesk: [ANA.aadObjectId] });
    const open = await say(teams.says(scope, 'incident 0x80090311 "VPN is down"'));
    const id = /IN-\d+/.exec(open.words)?.[0];
    expect(open.words).toContain(`${id} is open`);
    expect((await say(teams.says(scope, "incidents"))).words).toContain("VPN is down");
    expect((await say(teams.says(scope, `incident end ${id}`))).words).toContain("is over");
    expect((await say(teams.says(scope, "report week"))).words).toContain("The last 7 days");
  });
});

test("a bad thumb of Teams' own asks for the reason as well", async () => {
  const { say, teams, post, cards } = await startPerson("personal");
  await say(teams.says("personal", "0x80090311"));
  const value = { actionName: "feedback", actionValue: { reaction: "dislike", feedback: "{}" } };
  await post(teams.invokes("personal", "message/submitAction", value, { replyToId: "card-1" }));
  await until(() => cards().some(({ words }) => words.includes("What was wrong?")), "the question");
});

test("what is typed into Teams' search box declares and reports nothing", async () => {
  const { teams, post, say, cards } = await startPerson("channel", { helpdesk: [ANA.aadObjectId] });
  for (const text of ["report week", 'incident 0x80090311 "VPN is down"']) {
    const query = { commandId: "lookup", parameters: [{ name: "query", value: text }] };
    await post(teams.invokes("channel", "composeExtension/query", query));
  }
  expect(cards()).toEqual([]);
  const answer = await say(teams.says("channel", "0x80090311"));
  expect(answer.words).not.toContain("VPN is down");
});
