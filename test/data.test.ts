import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemClock as clock } from "../adapters/clock.ts";
import { openSqliteState } from "../adapters/state/sqlite.ts";
import type { Message, Person } from "../src/message.ts";
import type { StateStore } from "../src/state.ts";

const MAIN = join(import.meta.dirname, "../adapters/data/main.ts");

function data(args: string[], env: Record<string, string> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), "hexdesk-data-"));
  const run = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", MAIN, ...args],
    {
      cwd,
      env: { PATH: process.env.PATH ?? "", ...env },
      encoding: "utf8",
    },
  );
  return { code: run.status, out: run.stdout, err: run.stderr };
}

function question(person: Person, n: number): Message {
  const id = `${person.tenant}-${person.id}-${n}`;
  return {
    id,
    dedupe: [],
    at: n,
    from: { id: person.id, name: `Name of ${person.id}`, role: "user" },
    address: { platform: person.platform, tenant: person.tenant, conversation: "C1", thread: id },
    surface: "channel",
    addressed: true,
    text: `canary-of-${person.id}.`,
    files: [],
  };
}

/** A case, events with words, a wish, a sent and a waiting card, and a message that still waits. */
async function live(state: StateStore, person: Person): Promise<void> {
  const message = question(person, 1);
  const words = `canary-of-${person.id}.`;
  const card = { title: words, blocks: [], buttons: [], language: "es" as const };
  const delivery = { to: { kind: "thread" } as const, mode: "post" as const, card };
  await state.receive(message);
  await state.claim("w", 60_000);
  await state.commit(message, {
    case: {
      id: `HD-${person.tenant}-${person.id}`,
      version: 1,
      address: message.address,
      owner: { id: person.id, name: `Name of ${person.id}` },
      language: "es",
      status: "open",
      codes: [],
      options: [],
      position: { at: "none" },
      tried: [],
      causesDone: [],
      rejected: [],
      hinted: [],
      helpers: [],
      question: words,
      handover: { at: 1, status: "done", cards: [], saved: `drafts/${person.id}.yaml` },
      openedAt: 1,
      updatedAt: clock.now(),
    },
    expectedVersion: 0,
    events: [{ at: 1, by: person, what: "gap.not-found", detail: { text: words } }],
    deliveries: [
      { ...delivery, id: `${message.id}-call`, repeat: "never" },
      { ...delivery, id: `${message.id}-card`, repeat: "safe" },
    ],
    language: "es",
  });
  await state.nextDelivery("w", 60_000);
  await state.failed(`${message.id}-call`, { dead: true, unknown: false, reason: "refused" });
  await state.receive(question(person, 2));
}

const person = (id: string, tenant = "T1"): Person => ({ platform: "slack", tenant, id });
const people = Array.from({ length: 50 }, (_, i) => person(`U${100 + i}`));

describe("npm run data", { timeout: 60_000 }, () => {
  test("prints a person's data and forgets them, without a byte left, while Hexdesk runs", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "hexdesk-data-")), "hexdesk.db");
    const env = { DATABASE_URL: `sqlite:${path}` };
    const state = await openSqliteState({ path, clock });
    for (const each of people) await live(state, each);
    const others = people.filter(({ id }) => id !== "U117");
    const exports = async () => Promise.all(others.map((each) => state.exportPerson(each)));
    const before = await exports();
    const left = () =>
      [path, `${path}-wal`, `${path}-shm`, `${path}-lock`]
        .filter(existsSync)
        .filter((file) => /canary-of-U117|Name of U117|"U117"/.test(readFileSync(file, "latin1")));
    expect(left()).not.toEqual([]);

    const exported = data(["export", "slack", "U117"], env);
    expect(exported).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(exported.out)).toMatchObject({
      person: person("U117"),
      cases: [{ id: "HD-T1-U117", question: "canary-of-U117." }],
      events: [{ what: "gap.not-found" }],
      language: "es",
      messages: 1,
    });
    const erased = data(["erase", "slack", "U117"], env);
    expect(erased).toMatchObject({ code: 0, err: "" });
    expect(erased.out).toMatch(/^\d+ rows changed; nothing is kept about U117 any more/);
    expect(erased.out).toContain("drafts/U117.yaml");
    expect(erased.out).not.toContain("drafts/U118.yaml");
    expect(left()).toEqual([]);
    expect(JSON.stringify(await exports())).toBe(JSON.stringify(before));
    const again = data(["export", "slack", "U117"], env);
    expect(again).toMatchObject({
      code: 78,
      out: "",
      err: "nothing is kept about U117 on slack.\n",
    });
    await state.close();
  });

  test("asks for the tenant when the id is known in several", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "hexdesk-data-")), "hexdesk.db");
    const env = { DATABASE_URL: `sqlite:${path}` };
    const state = await openSqliteState({ path, clock });
    for (const tenant of ["T1", "T2"]) await live(state, person("U1", tenant));
    expect(data(["erase", "slack", "U1"], env)).toMatchObject({
      code: 78,
      err: expect.stringContaining("several tenants: T1, T2."),
    });
    expect(data(["erase", "slack", "U1", "T2"], env).code).toBe(0);
    expect((await state.exportPerson(person("U1"))).cases).toHaveLength(1);
    expect((await state.exportPerson(person("U1", "T2"))).cases).toHaveLength(0);
    await state.close();
  });

  test.each([
    ["no command", [], {}, /^Usage: npm run data/],
    ["an unknown platform", ["export", "irc", "U1"], {}, /^Usage/],
    ["no database", ["export", "slack", "U1"], {}, /^nothing is kept: DATABASE_URL is not set/],
    [
      "a file that is not there",
      ["erase", "slack", "U1"],
      { DATABASE_URL: "sqlite:./none.db" },
      /^there is no database \.\/none\.db/,
    ],
    [
      "a wrong setting",
      ["erase", "slack", "U1"],
      { DATABASE_URL: "oracle" },
      /DATABASE_URL is neither/,
    ],
  ])("says what to do: %s", (_what, args, env, words) => {
    const { code, out, err } = data(args, env as Record<string, string>);
    expect({ code, out }).toEqual({ code: 78, out: "" });
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n {4}at /);
  });
});
