import { describe, expect, test } from "vitest";
import { type Block, type Card, toPlainText } from "../src/card.ts";
import { knowledge } from "./fixtures/knowledge.ts";
import { createTalk } from "./talk.ts";

const CODE = "0x80090311";

describe("from question to resolved", () => {
  test("five turns by buttons: in place, with progress, to the end", async () => {
    const talk = createTalk(knowledge);
    await talk.say(`${CODE} on my laptop at home`);
    const step = await talk.click(/VPN is not connected/);
    expect(step).toMatchObject({ kind: "step", targets: ["update:thread"] });
    expect(step.text).toContain("Step 2");
    const verify = await talk.click("It works now");
    expect(verify.kind).toBe("case");
    expect(verify.text).toContain("Is the original problem gone?");
    const done = await talk.click("Yes, it is gone");
    expect(done.text).toMatch(/HD-\d+: resolved/);
    const back = await talk.click("It is back");
    expect(back.kind).toBe("step");
  });

  test("another problem that is described in the middle of a case is named by its title", async () => {
    const talk = createTalk(knowledge);
    await talk.say(CODE);
    const asked = await talk.say("the printer shows offline and nothing prints");
    expect(asked.text).toContain("That sounds like “");
    expect(asked.text).toContain("offline");
    const other = await talk.click("Another problem");
    expect(other.kind).toBe("entry");
    expect(other.text).toContain("offline");
  });

  test("a problem told in one sentence with something dangerous is answered, the warning above it", async () => {
    const talk = createTalk(knowledge);
    const heard = await talk.say(
      "My script says that no connection could be made because the target machine actively refused it, I already turned the firewall off",
    );
    expect(heard).toMatchObject({ kind: "entry", answers: [{ symbol: "WSAECONNREFUSED" }] });
    expect(heard.cards[0]?.blocks[0]).toMatchObject({ type: "notice", level: "danger" });
  });

  test("so is a problem told in a line of its own", async () => {
    const heard = await createTalk(knowledge).say(
      "can I turn the firewall off\nOutlook keeps asking for my password",
    );
    expect(heard).toMatchObject({
      kind: "entry",
      answers: [{ entry: "outlook-password-prompts" }],
    });
  });

  test.each([
    "can I delete System32, turn off the firewall",
    "is it safe to kill lsass, svchost, csrss",
    "es seguro matar lsass, svchost, csrss",
  ])("a question about nothing but danger gets the warning alone: %s", async (text) => {
    expect((await createTalk(knowledge).say(text)).kind).toBe("warning");
  });

  test("an entry of several codes claims the name of none where only a symptom was told", async () => {
    const told = await createTalk(knowledge).say("the update is stuck at 35 percent");
    expect(told.kind).toBe("entry");
    expect(told.text).not.toContain("CBS_E_HANG_DETECTED");
    const coded = await createTalk(knowledge).say("the update is stuck, 0x800F0920");
    expect(coded.text).toContain("CBS_E_HANG_DETECTED");
  });

  test("five turns by words: the old card is frozen, the next one is posted below", async () => {
    const talk = createTalk(knowledge);
    await talk.say(`${CODE} en mi portátil desde casa`);
    const step = await talk.say("siguiente");
    expect(step).toMatchObject({
      kind: "step",
      language: "es",
      targets: ["update:thread", "post:thread"],
    });
    expect(step.cards[0]?.buttons).toEqual([]);
    const pasted = await talk.say(
      "C:\\> nltest /dsgetdc:corp /force /kdc\nGetting DC name failed: Status = 1355 0x54b ERROR_NO_SUCH_DOMAIN",
    );
    expect(pasted.kind).toBe("step");
    expect(pasted.text).toContain("1355 0x54b");
    expect((await talk.say("una persona por favor")).kind).toBe("handover");
  });

  test('"it worked" after a check is asked back with that check\'s results', async () => {
    const talk = createTalk(knowledge);
    const first = await talk.say(CODE);
    const again = await talk.say("it worked");
    expect(again.text).toContain("what did it show");
    const results = first.cards[0]?.buttons.filter(
      (b) => "action" in b && b.action.do === "result",
    );
    expect(again.cards.at(-1)?.buttons).toHaveLength((results?.length ?? 0) + 3);
  });

  test("words answer a remedy that names its own results", async () => {
    const talk = createTalk(knowledge);
    await talk.say(`${CODE} on my laptop at home`);
    await talk.click(/VPN is not connected/);
    expect((await talk.say("it works now, thanks!")).text).toContain(
      "Is the original problem gone?",
    );
    expect((await talk.say("yes, all good")).text).toMatch(/HD-\d+: resolved/);
  });

  test("another code switches the subject; what was asked before stays in the case", async () => {
    const talk = createTalk(knowledge);
    await talk.say(CODE);
    const other = await talk.say("what about 0x80090322?");
    expect(other.answers[0]).toMatchObject({ code: "0x80090322", entry: "0x80090322" });
    const handed = await talk.say("human");
    expect(handed.text).toContain("0x80090322, 0x80090311");
  });

  test("a log with another code in the middle of a step is asked about, not guessed", async () => {
    const talk = createTalk(knowledge);
    await talk.say(CODE);
    const log = "line one\nError 0x80070005 while opening the store\nline three";
    const asked = await talk.say(log);
    expect(asked).toMatchObject({ kind: "choices" });
    expect((await talk.click(/New problem/)).answers[0]).toMatchObject({ entry: "0x80070005" });
  });

  test("where it is seen decides what is checked first, by button and by word", async () => {
    const talk = createTalk(knowledge);
    const first = await talk.say(CODE);
    await talk.click("Where I see it");
    const sql = await talk.click(/SQL/);
    const byWord = createTalk(knowledge);
    await byWord.say(CODE);
    const word = await byWord.say("sql server");
    expect(stepTitle(sql.text)).toBe(stepTitle(word.text));
    expect(stepTitle(sql.text)).not.toBe(stepTitle(first.text));
  });
});

describe("who may act", () => {
  test("somebody else's click and words are not applied; they may help or open their own", async () => {
    const talk = createTalk(knowledge, "channel");
    const { cards } = await talk.say(CODE, { id: "ana" });
    const result = cards[0]?.buttons[0]?.label ?? "";
    const other = await talk.click(result, { id: "ben" });
    expect(other.targets).toEqual(["post:asker"]);
    expect(other.cards[0]?.buttons.map((b) => b.label)).toEqual([
      "Same problem here: start mine",
      "I am helping",
    ]);
    const helped = await talk.clickOn(other.cards[0] as Card, "I am helping", { id: "ben" });
    expect(helped.targets).toContain("post:asker");
    expect((await talk.click(result, { id: "ben" })).kind).toMatch(/step|handover/);
  });

  test("chatter of others in the thread stays unanswered", async () => {
    const talk = createTalk(knowledge, "channel");
    await talk.say(CODE, { id: "ana" });
    const chat = await talk.say("lunch at one?", { id: "ben", addressed: false });
    expect(chat.kind).toBe("silent");
    const first = await talk.say("see you there, ben", { id: "ana", addressed: false });
    expect(first.targets.filter((target) => target.startsWith("post")).length).toBeLessThan(2);
    expect((await talk.say("and bring the slides", { id: "ana", addressed: false })).kind).toBe(
      "silent",
    );
  });

  test("a step above the reader's role shows no command; its role shows it", async () => {
    for (const role of ["user", "helpdesk", "admin"] as const) {
      const hidden = hiddenCommands(role);
      for (const id of knowledge.entryIds) {
        const talk = createTalk(knowledge);
        await talk.say(knowledge.entry(id, "en")?.codes[0]?.value ?? "", { role });
        for (let i = 0; i < 25; i++) {
          const card = talk.newest();
          const shown = commandsIn(card.blocks);
          const lines = toPlainText(card, true).split(/\n\s*/);
          const leaked = hidden.filter((one) => shown.includes(one) || lines.includes(one));
          expect(leaked, `${id} to ${role}`).toEqual([]);
          const way = card.buttons.find(
            (b) => "action" in b && ["skip", "failed", "result", "cannot"].includes(b.action.do),
          );
          if (!way) break;
          await talk.click(way.label, { role });
        }
      }
    }
  });

  test("a forged or old button changes nothing and says so", async () => {
    const talk = createTalk(knowledge);
    const first = await talk.say(CODE);
    const label = first.cards[0]?.buttons[0]?.label ?? "";
    await talk.click(label);
    const old = await talk.clickOn(first.cards[0] as Card, label);
    expect(old.text).toContain("This button is too old");
    expect(old.targets).toEqual(["post:asker"]);
  });

  test("a button of a case that is not stored any more goes on where it was", async () => {
    const before = createTalk(knowledge);
    const { cards } = await before.say(CODE);
    const after = createTalk(knowledge);
    const step = await after.clickOn(cards[0] as Card, cards[0]?.buttons[0]?.label ?? "");
    expect(step.kind).toMatch(/step|handover/);
  });
});

describe("private lookups", () => {
  test("a slash answer is private, has no result buttons, and can be posted or solved", async () => {
    const talk = createTalk(knowledge, "slash");
    const { cards, targets } = await talk.say(CODE, { thread: undefined });
    expect(targets).toEqual(["post:asker"]);
    const labels = cards[0]?.buttons.map((b) => b.label) ?? [];
    expect(labels.slice(0, 2)).toEqual(["Solve it with me", "Post to channel"]);
    expect(labels).not.toContain("I can't run this");
    const posted = await talk.clickOn(cards[0] as Card, "Post to channel", { thread: undefined });
    expect(posted.targets).toEqual(["post:address"]);
    expect(posted.cards[0]?.buttons.map((b) => b.label)).toContain("I can't run this");
    const solved = await talk.clickOn(cards[0] as Card, "Solve it with me", { thread: undefined });
    expect(solved.targets).toEqual(["post:dm"]);
  });

  test("a fold opens for the one who clicked", async () => {
    const talk = createTalk(knowledge, "channel");
    const { cards } = await talk.say(CODE);
    const fold = cards[0]?.blocks.find((b) => b.type === "fold");
    expect(fold?.type === "fold" && fold.open.do).toBe("more");
  });
});

describe("a bare mention in a thread", () => {
  const lines = [
    {
      from: { id: "eva", name: "Eva" },
      text: "morning, the share gives me 0x80070005 since today",
      mine: false,
    },
    { from: { id: "bot" }, text: "0x80090311 was solved", mine: true },
    { from: { id: "ben", name: "Ben" }, text: "did you restart?", mine: false },
  ];

  test("takes the message with the code, says so, and makes its author the owner", async () => {
    const talk = createTalk(knowledge, "channel");
    const heard = await talk.say("", { id: "ben", lines });
    expect(heard.answers[0]).toMatchObject({ entry: "0x80070005" });
    expect(heard.text).toContain("I took this message of Eva");
    const byEva = await talk.click(heard.cards[0]?.buttons[0]?.label ?? "", { id: "eva" });
    expect(byEva.targets[0]).toMatch(/update:thread/);
  });

  test("without the scope it says how to help itself", async () => {
    const talk = createTalk(knowledge, "channel");
    const heard = await talk.say("help?", { lines: "unreadable" });
    expect(heard.text).toContain("I may not read this thread");
  });
});

describe("hostile and odd messages", () => {
  test.each(["", "\u0000\u0007\u001b[31m", "0x".repeat(50_000), "a ".repeat(20_000)])(
    "a short polite answer",
    async (text) => {
      const heard = await createTalk(knowledge).say(text);
      expect(["help", "not-found"]).toContain(heard.kind);
      expect(heard.text.length).toBeLessThan(2_000);
      expect(heard.text).not.toContain("0x0x0x");
    },
  );
});

function stepTitle(text: string): string {
  return /Step \d+: (.*)/.exec(text)?.[1] ?? "";
}

/** The commands that a card shows, folded ones too. */
function commandsIn(blocks: Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.type === "fold") return commandsIn(block.blocks);
    return block.type === "code" ? [block.text] : [];
  });
}

/** The commands of steps above a role that no step within it has too. */
function hiddenCommands(role: "user" | "helpdesk" | "admin"): string[] {
  const rank = { user: 0, helpdesk: 1, admin: 2, developer: 2 };
  const steps = knowledge.entryIds.flatMap((id) =>
    Object.values(knowledge.entry(id, "en")?.steps ?? {}),
  );
  const commands = (above: boolean) =>
    steps
      .filter((step) => rank[step.who] > rank[role] === above)
      .flatMap((step) => step.run.map((run) => run.command));
  const open = new Set(commands(false));
  return commands(true).filter((command) => !open.has(command));
}

describe("what a code of the case means", () => {
  test.each([
    ["en", "ok. what does 0xC0000064 mean then", "STATUS_NO_SUCH_USER"],
    ["es", "vale, ¿y 0xC0000064 qué significa?", "STATUS_NO_SUCH_USER"],
  ])("is said above the open step, which stays: %s", async (locale, question, symbol) => {
    const talk = createTalk(knowledge);
    const asked = await talk.say("0xC000006D", { locale });
    const heard = await talk.say(question, { locale });
    expect(asked.kind).toBe("entry");
    expect(heard.answers.map((one) => one.symbol)).toEqual([symbol]);
    expect(heard.text).toContain(symbol);
    expect(talk.newest().buttons.map((b) => b.label)).toContain(asked.cards[0]?.buttons[0]?.label);
  });
});

test("a message of Windows Installer is shown under its own name, not the system error's of its number", async () => {
  const shown = await createTalk(knowledge).say("error 1706 no valid source could be found");
  expect(shown.text).toContain("Name: Windows Installer message 1706");
  expect(shown.text).not.toContain("Name: RPC_S_INVALID_ENDPOINT_FORMAT");
});

describe("when time has passed or people talk", () => {
  const DAY = 86_400_000;

  test.each(["next", "that did not help", "still 0x80090311"])(
    "after more than a day %s is asked about first",
    async (text) => {
      const talk = createTalk(knowledge);
      await talk.say(CODE);
      talk.later(DAY + 1);
      const heard = await talk.say(text);
      expect(heard.text).toContain("Still the same problem?");
      expect((await talk.click("Yes, go on")).kind).toBe("step");
    },
  );

  test("a result, another code and a wish for a person need no such question", async () => {
    for (const text of ["Joined=False", "0x80070005", "I want to talk to a person"]) {
      const talk = createTalk(knowledge);
      await talk.say(CODE);
      talk.later(DAY + 1);
      expect((await talk.say(text)).text).not.toContain("Still the same problem?");
    }
  });

  test("a helpdesk person in the thread silences the bot until it is mentioned or clicked", async () => {
    for (const wake of ["mention", "click"] as const) {
      const talk = createTalk(knowledge, "channel");
      const asked = await talk.say(CODE, { id: "ana" });
      const agent = { id: "hugo", role: "helpdesk", addressed: false } as const;
      expect((await talk.say("I am looking at it, Ana", agent)).kind).toBe("silent");
      const said = await talk.say("Joined=False", { id: "ana", addressed: false });
      expect(said.kind).toBe("silent");
      const heard =
        wake === "mention"
          ? await talk.say("Joined=False", { id: "ana" })
          : await talk.click(asked.cards[0]?.buttons[0]?.label ?? "", { id: "ana" });
      expect(heard.kind).toBe("step");
      expect((await talk.say("next", { id: "ana", addressed: false })).kind).not.toBe("silent");
    }
  });
});

test.each([
  ["en", "onedrive 0x8004DE88", "cannot reach the cloud"],
  ["es", "onedrive 0x8004DE88", "no llega a la nube"],
])(
  "a number that no public list names is found where an entry explains it: %s",
  async (locale, asked, title) => {
    const shown = await createTalk(knowledge).say(asked, { locale });
    expect(shown.kind).toBe("entry");
    expect(shown.text).toContain(title);
  },
);

test.each([
  ["exit code 1603", /^1603 ·/],
  ["error 5", /^5 ·/],
  ["bsod 139", /^0x00000139 ·/],
  ["error 12029", /^12029 ·/],
  ["error 2147942405", /^0x80070005 ·/],
])("an answer to %j is titled with the code that is meant", async (said, title) => {
  expect((await createTalk(knowledge, "dm").say(said)).cards[0]?.title).toMatch(title);
});
