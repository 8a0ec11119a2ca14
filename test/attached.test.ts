import { describe, expect, test } from "vitest";
import { LARGEST_FILE, plainName, readAttached, textFiles } from "../src/attached.ts";
import { knowledge } from "./fixtures/knowledge.ts";
import { createTalk } from "./talk.ts";

async function* pieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const open = (bytes: Uint8Array, size = 1000) =>
  readAttached("app.log", pieces(bytes, size), knowledge.catalog);

async function read(bytes: Uint8Array, size?: number) {
  const found = await open(bytes, size);
  if (found === "not-text") throw new Error("taken for another format");
  return found;
}

describe("an attached log", () => {
  test("gives its codes with their lines, wherever the pieces are cut", async () => {
    const text = `start\n${"2026-11-21 all is well\n".repeat(30_000)}failed with 0x80090311 here\nend 0x80070005\n`;
    for (const size of [7, 65_536, 1 << 20]) {
      const { codes } = await read(utf8(text), size);
      expect(codes.map(({ line, readings }) => [readings[0]?.code, line])).toEqual([
        ["0x80090311", 30_002],
        ["0x80070005", 30_003],
      ]);
    }
  });

  test("in UTF-16, as Windows tools write it, is read too", async () => {
    const text = "\uFEFFerror 0x80090311\r\n";
    const bytes = new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer);
    expect((await read(bytes, 3)).codes[0]?.readings[0]?.code).toBe("0x80090311");
  });

  test("puts the frequent failure first and counts what it does not list", async () => {
    const once = "error 0x80070005\n";
    const often = "error 0x80090311\n".repeat(3);
    const unknown = Array.from({ length: 70 }, (_, i) => `0x80F7${(0x1000 + i).toString(16)}`);
    const found = await read(utf8(`${once}${often}${unknown.join("\n")}`));
    expect(found.codes[0]?.readings[0]?.code).toBe("0x80090311");
    expect(found).toMatchObject({ more: 22, truncated: false });
  });

  test("larger than five megabytes is read up to there", async () => {
    const bytes = utf8(`0x80090311\n${"x\n".repeat(LARGEST_FILE / 2)}0x80070005\n`);
    const found = await read(bytes, 1 << 16);
    expect(found.truncated).toBe(true);
    expect(found.codes.map((code) => code.readings[0]?.code)).toEqual(["0x80090311"]);
  });

  test("of another kind is not opened", () => {
    const file = (name: string, mimetype = "") => ({ name, mimetype, size: 1, url: "" });
    const names = textFiles([
      file("a.evtx"),
      file("b.LOG"),
      file("c.zip"),
      file("d.txt"),
      file("e", "text/plain"),
    ]);
    expect(names.map(({ name }) => name)).toEqual(["b.LOG", "d.txt", "e"]);
  });

  test("that holds no text is told from one that does", async () => {
    const zip = new Uint8Array([80, 75, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3, 4, 5, 6]);
    const noise = new Uint8Array(200_000);
    for (let i = 0, x = 1; i < noise.length; i++) {
      x = (x * 48_271) % 0x7fffffff;
      noise[i] = x >>> 8;
    }
    for (const size of [5, 1 << 16]) {
      expect(await open(zip, size)).toBe("not-text");
      expect(await open(noise, size)).toBe("not-text");
    }
    const western = new Uint8Array(
      Array.from("Instalación: falló con 0x80070005\t\x1b[31mñ\x1b[0m\r\n", (c) => c.charCodeAt(0)),
    );
    expect((await read(western)).codes[0]?.readings[0]?.code).toBe("0x80070005");
    expect((await read(utf8(`${"x\n".repeat(9_000)}\0\0\0\0 0x80070005`))).codes.length).toBe(1);
  });

  test("is called by its name, without folders or marks that are not seen", () => {
    expect(plainName("C:\\Users\\ana\\..\\app.log")).toBe("app.log");
    expect(plainName("../../etc/app\u0000\u001b[31m\n\u202Egol.exe.txt")).toBe(
      "app[31mgol.exe.txt",
    );
    expect(plainName("")).toBe("*.txt");
    expect(plainName(`${"a".repeat(100_000)}.log`)).toMatch(/^a{40}…a{15}\.log$/);
  });

  test("is answered with file and line", async () => {
    const one = await read(utf8("a\nb 0x80090311\n"));
    const heard = await createTalk(knowledge).say("what is wrong?", { attached: [one] });
    expect(heard.answers[0]).toMatchObject({ entry: "0x80090311" });
    expect(heard.text).toContain("(app.log, line 2)");
    const two = await read(utf8("0x80090311\n0x80070005\n"));
    const several = await createTalk(knowledge).say("", { attached: [two] });
    expect(several.kind).toBe("several");
    expect(several.text.split("app.log").length - 1).toBe(2);
    expect(several.text).toContain("(app.log, line 2)");
    const unknown = await read(utf8("a\nerror 0x80F71234\n"));
    const missed = await createTalk(knowledge).say("", { attached: [unknown] });
    expect(missed.kind).toBe("unknown-code");
    expect(missed.text).toContain("(app.log, line 2)");
  });
});

describe("a person is told", () => {
  test("which files could not be read, above a help and below an answer", async () => {
    const unread = ["cbs.log", "setup.txt"];
    const alone = await createTalk(knowledge).say("", { unread });
    expect(alone.kind).toBe("help");
    expect(alone.text.indexOf("I could not read cbs.log, setup.txt.")).toBeGreaterThan(0);
    expect(alone.text.indexOf("could not read")).toBeLessThan(alone.text.indexOf("0x80090311"));
    const asked = await createTalk(knowledge).say("¿Qué significa 0x80090311 en mi equipo?", {
      unread,
    });
    expect(asked.kind).toBe("entry");
    expect(asked.cards[0]?.blocks.at(-1)).toMatchObject({ quiet: true });
    expect(asked.text).toContain("No he podido leer cbs.log, setup.txt.");
  });

  test("when a file holds no code, or was read in part", async () => {
    const quiet = await read(utf8("all is well\n"));
    const heard = await createTalk(knowledge).say("", { attached: [quiet] });
    expect(heard.text).toContain("I found no error code in app.log.");
    const large = await read(utf8(`0x80090311\n${"x\n".repeat(LARGEST_FILE / 2)}`), 1 << 16);
    const cut = await createTalk(knowledge).say("", { attached: [large] });
    expect(cut.text).toContain("Of app.log I read only the first 5 MB.");
  });

  test("nothing about files where nothing is to be said", async () => {
    const one = await read(utf8("0x80090311\n"));
    const heard = await createTalk(knowledge).say("", { attached: [one], unread: [] });
    expect(heard.text).not.toMatch(/could not read|found no error|only the first/);
  });

  test("and asked, when a log of a running case holds another code", async () => {
    const talk = createTalk(knowledge);
    await talk.say("0x80090311");
    const other = await read(utf8("a\n0x80070005\n"));
    const heard = await talk.say("", { attached: [other] });
    expect(heard.kind).toBe("choices");
    expect(heard.text).toContain("0x80070005");
  });
});
