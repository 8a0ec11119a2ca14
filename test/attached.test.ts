import { describe, expect, test } from "vitest";
import { LARGEST_FILE, readAttached, readableFiles } from "../src/attached.ts";
import { knowledge } from "./fixtures/knowledge.ts";
import { createTalk } from "./talk.ts";

async function* pieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (bytes: Uint8Array, size = 1000) =>
  readAttached("app.log", pieces(bytes, size), knowledge.catalog);

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
    const names = readableFiles([
      file("a.evtx"),
      file("b.LOG"),
      file("c.zip"),
      file("d.txt"),
      file("e", "text/plain"),
    ]);
    expect(names.map(({ name }) => name)).toEqual(["b.LOG", "d.txt", "e"]);
  });

  test("is answered with file and line", async () => {
    const one = await read(utf8("a\nb 0x80090311\n"));
    const heard = await createTalk(knowledge).say("what is wrong?", { attached: [one] });
    expect(heard.answers[0]).toMatchObject({ entry: "0x80090311" });
    expect(heard.text).toContain("(app.log, line 2)");
    const two = await read(utf8("0x80090311\n0x80070005\n"));
    const several = await createTalk(knowledge).say("", { attached: [two] });
    expect(several.kind).toBe("several");
    expect(several.text).toContain("(app.log, line 2)");
  });
});
