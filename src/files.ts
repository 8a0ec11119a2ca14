import { type Attached, MOST_FILES, plainName, readAttached, textFiles } from "./attached.ts";
import type { Catalog } from "./codes/reading.ts";
import type { Logger } from "./log.ts";
import type { FileRef, Message } from "./message.ts";
import type { Platform } from "./platform.ts";

/**
 * A message with what its attached text files hold: the first three are read side by side, those that cannot be opened or
 * hold no text are named in `unread`. A message whose files were read already stays as it is.
 */
export async function withFiles(
  message: Message,
  platform: Platform | undefined,
  { catalog, log }: { catalog: Catalog; log: Logger },
): Promise<Message> {
  const files = textFiles(message.files);
  if (message.attached || message.unread || files.length === 0) return message;

  const results = await Promise.all(files.slice(0, MOST_FILES).map(read));
  const attached = results.filter((result) => typeof result !== "string");
  const unread = results.filter((result) => typeof result === "string");
  const beyond = files.slice(MOST_FILES).map(({ name }) => plainName(name));
  return { ...message, attached, unread: [...unread, ...beyond] };

  async function read(file: FileRef): Promise<Attached | string> {
    const name = plainName(file.name);
    try {
      if (!platform?.openFile) return name;
      const chunks = await platform.openFile(file, message.address);
      const result = await readAttached(file.name, chunks, catalog);
      if (result !== "not-text") return result;
      log.warn("file.unread", { platform: platform.name, reason: "no text" });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : typeof cause;
      log.warn("file.unread", { platform: message.address.platform, reason });
    }
    return name;
  }
}

/** True for a message that came with files, whether or not they could be read. */
export function hasFiles({ files, attached = [], unread = [] }: Message): boolean {
  return files.length + attached.length + unread.length > 0;
}
