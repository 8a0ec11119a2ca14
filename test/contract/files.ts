import { describe, expect, test } from "vitest";
import { readAttached } from "../../src/attached.ts";
import type { FileRef } from "../../src/message.ts";
import type { Platform } from "../../src/platform.ts";
import { startFileServer } from "../fakes/file-server.ts";
import { knowledge } from "../fixtures/knowledge.ts";

/** How a platform opens files: `own` is the host that serves them, `foreign` are addresses that it must not ask. */
export type FilesUnderTest = {
  name: string;
  open(timeoutMs: number): NonNullable<Platform["openFile"]>;
  own: string;
  foreign: string[];
  /** The Authorization header that its host gets. */
  authorization: string | undefined;
};

const address = { platform: "p", tenant: "t", conversation: "c" };

/** What every platform does when a file is opened, whatever the other side sends. */
export function fileContract({ name, open, own, foreign, authorization }: FilesUnderTest): void {
  const fileAt = (url: string): FileRef => ({ name: "app.log", size: 0, mimetype: "", url });
  const at = (path: string, timeoutMs = 30_000) => open(timeoutMs)(fileAt(own + path), address);
  const start = () => startFileServer(new RegExp(`^${new URL(own).origin}/`));

  async function read(path: string, timeoutMs?: number) {
    return readAttached("app.log", await at(path, timeoutMs), knowledge.catalog);
  }

  describe(`a file of ${name}`, () => {
    test("is read from the platform's own host", async () => {
      const { requests } = await start();
      expect(await read("/app.log")).toMatchObject({ codes: [{ line: 2 }], truncated: false });
      expect(requests).toEqual([{ path: "/app.log", authorization }]);
    });

    test.each([
      ["/page", "a page came instead of the file"],
      ["/403", "status 403"],
      ["/404", "status 404"],
      ["/500", "status 500"],
      ["/away", "sent to another place"],
    ])("is refused when %s comes", async (path, reason) => {
      const { requests } = await start();
      await expect(at(path)).rejects.toThrow(reason);
      expect(requests.map((request) => request.path)).toEqual([path]);
    });

    test("is given up when the host says nothing, or nothing more", async () => {
      await start();
      await expect(read("/silent", 100)).rejects.toThrow("no answer in time");
      await expect(read("/stuck", 300)).rejects.toThrow();
    });

    test.each(["/endless", "/bomb"])(
      "of 100 MB is cut at 5 MB (%s)",
      { timeout: 40_000 },
      async (path) => {
        const { sent } = await start();
        expect(await read(path)).toMatchObject({ truncated: true, codes: [{ line: 1 }] });
        expect(sent.bytes).toBeLessThan(30 * 1024 * 1024);
      },
    );

    test("that holds no text is told apart", async () => {
      await start();
      expect(await read("/binary")).toBe("not-text");
    });

    test.each(foreign)("is not asked for at %s", async (url) => {
      const { requests } = await startFileServer(/./);
      await expect(open(1_000)(fileAt(url), address)).rejects.toThrow(/^not an address of/);
      expect(requests).toEqual([]);
    });
  });
}
