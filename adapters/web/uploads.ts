import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { type Attached, LARGEST_FILE, plainName } from "../../src/attached.ts";
import type { Bot } from "../../src/bot.ts";
import { limits } from "./limits.ts";
import { BrokenBody, streamBody } from "./stream-body.ts";
import { token } from "./token.ts";

/** A file as a question names it: the id under which the page sent it, and what it is called. */
export type Upload = { id: string; name: string };

/** Why a file was not taken. */
export type UploadProblem = "file-too-large" | "file-not-text" | "bad";

/** What the files that the page sent hold, until a question names them. */
export type Uploads = {
  /** Reads a file from a request as it arrives; rejects only when reading itself fails. */
  receive(request: IncomingMessage): Promise<Attached | UploadProblem>;
  /** What a session's files hold; those that are not known (any more) are unread. */
  find(session: string, uploads: Upload[]): { attached: Attached[]; unread: string[] };
};

const query = z.object({ session: token, id: token, name: z.string().min(1).max(1_000) });

/** Creates the store: in memory, the oldest are forgotten; nothing but the codes is kept. */
export function createUploads(core: Pick<Bot, "readFile">): Uploads {
  const known = new Map<string, Attached>();

  function keep(key: string, attached: Attached): void {
    known.set(key, attached);
    const oldest = known.keys().next().value;
    if (known.size > limits.uploads && oldest !== undefined) known.delete(oldest);
  }

  return {
    async receive(request) {
      const { searchParams } = new URL(request.url ?? "/", "http://localhost");
      const asked = query.safeParse(Object.fromEntries(searchParams));
      const type = request.headers["content-type"] ?? "";
      if (!asked.success || type !== "application/octet-stream") return "bad";
      if (Number(request.headers["content-length"] ?? 0) > LARGEST_FILE) return "file-too-large";
      try {
        const { session, id, name } = asked.data;
        const attached = await core.readFile(name, streamBody(request));
        if (attached === "not-text") return "file-not-text";
        if (attached.truncated) return "file-too-large";
        keep(`${session}/${id}`, attached);
        return attached;
      } catch (error) {
        if (error instanceof BrokenBody) return "bad";
        throw error;
      }
    },
    find(session, uploads) {
      const found = uploads.map(({ id, name }) => known.get(`${session}/${id}`) ?? plainName(name));
      return {
        attached: found.filter((each) => typeof each !== "string"),
        unread: found.filter((each) => typeof each === "string"),
      };
    },
  };
}
