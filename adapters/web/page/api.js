import { role } from "./settings.js";
import { language, word } from "./words.js";

/**
 * @typedef {{ ref: string, place: "thread" | "note" | "private" | "route", thread: string, title: string,
 *   language: string, html: string, slack: { text: string, blocks: object[] }, teams: object }} Post
 * @typedef {{ thread: string, kind: string, posts: Post[] }} Reply
 * @typedef {{ id: string, thread: string, desk?: boolean, text?: string, action?: unknown, card?: string,
 *   files?: Upload[] }} Question
 * @typedef {{ id: string, name: string }} Upload
 */

const session = sessionStorage.getItem("hexdesk.session") ?? token();
sessionStorage.setItem("hexdesk.session", session);

/** A random id of 32 hexadecimal digits. */
export function token() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Asks; throws an Error whose message can be shown. The same question may be sent again: it is answered once.
 * @param {Question} question
 * @returns {Promise<Reply>}
 */
export async function ask(question) {
  const body = JSON.stringify({ ...question, session, locale: language(), role: role() });
  const headers = { "content-type": "application/json", "accept-language": language() };
  let response;
  try {
    response = await fetch("/playground/questions", { method: "POST", headers, body });
  } catch {
    throw new Error(word("unreachable"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? word("unreachable"));
  return answer;
}

/**
 * Sends a file for a question to come; throws an Error whose message can be shown.
 * @param {string} id
 * @param {File} file
 * @returns {Promise<Upload>} with the name as answers show it
 */
export async function sendFile(id, file) {
  const query = new URLSearchParams({ session, id, name: file.name.slice(-1000) });
  const headers = { "content-type": "application/octet-stream", "accept-language": language() };
  let response;
  try {
    response = await fetch(`/playground/files?${query}`, { method: "POST", headers, body: file });
  } catch {
    throw new Error(word("file-failed"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? word("file-failed"));
  return { id, name: answer.name };
}

/**
 * Listens for posts that no request of this page waits for, while the page can be seen: a browser allows few open
 * connections to one place, and what comes meanwhile waits.
 * @param {(post: Post) => void} receive
 */
export function listen(receive) {
  /** @type {EventSource | undefined} */
  let events;
  const follow = () => {
    if (document.hidden) {
      events?.close();
      events = undefined;
    } else if (!events) {
      events = new EventSource(`/playground/events?session=${session}`);
      events.addEventListener("message", (event) => receive(JSON.parse(event.data)));
      events.addEventListener("error", () => {
        if (events?.readyState === EventSource.CLOSED) events = undefined;
      });
    }
  };
  document.addEventListener("visibilitychange", follow);
  follow();
}
