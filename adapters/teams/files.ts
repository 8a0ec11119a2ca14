import type { FileRef } from "../../src/message.ts";
import type { Platform } from "../../src/platform.ts";
import { download } from "../download.ts";
import type { TeamsActivity } from "./activity.ts";

/** The kind of attachment by which a personal chat hands over a file (learn.microsoft.com, November 2026). */
const FILE = "application/vnd.microsoft.teams.file.download.info";

/** Where OneDrive and SharePoint serve files: worldwide, US government and its military, China (November 2026). */
const HOSTS = [".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us", ".sharepoint.cn"];

const LONGEST_MS = 10_000;

/** The files of a message; pictures, cards and links are none. Teams does not say how large they are. */
export function filesOf({ attachments }: TeamsActivity): FileRef[] {
  return attachments.flatMap(({ contentType, name = "", content }) => {
    if (contentType !== FILE) return [];
    const { downloadUrl, fileType } = (content ?? {}) as Record<string, unknown>;
    const url = typeof downloadUrl === "string" ? downloadUrl : "";
    const mimetype = fileType === "txt" || fileType === "log" ? "text/plain" : "";
    return [{ name, size: 0, mimetype, url }];
  });
}

/**
 * Opens files of a personal chat. Their address lets whoever has it read the file for some minutes: nothing is sent
 * along, and the log never quotes it.
 */
export function createOpenFile(timeoutMs = LONGEST_MS): NonNullable<Platform["openFile"]> {
  return async (file) => {
    const url = URL.parse(file.url);
    if (!url || !isSharePoint(url)) throw new Error("not an address of SharePoint");
    return download(url, { timeoutMs });
  };
}

function isSharePoint({ protocol, hostname, port, username, password }: URL): boolean {
  const isPlain = protocol === "https:" && port === "" && username === "" && password === "";
  return isPlain && HOSTS.some((host) => hostname.endsWith(host));
}
