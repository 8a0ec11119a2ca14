/**
 * @typedef {import("./api.js").Post} Post
 * @typedef {{ kind: "you", text: string, files?: string[] } | { kind: "post", post: Post } | { kind: "silent" | "passed-on" }
 *   | { kind: "moved", thread: string }} Item
 * @typedef {{ id: string, title: string, hidden?: boolean, private?: boolean, desk?: boolean,
 *   unread?: boolean, items: Item[] }} Thread
 */

const key = "hexdesk.threads";

/** @type {Thread[]} newest first; kept while the browser tab lives */
let threads = read();

/** Every conversation, newest first. */
export function allThreads() {
  return threads;
}

/** @param {string | undefined} id */
export function findThread(id) {
  return threads.find((thread) => thread.id === id);
}

/**
 * Starts a conversation.
 * @param {Omit<Thread, "items">} start
 */
export function addThread(start) {
  const thread = { ...start, title: start.title.slice(0, 200), items: [] };
  threads.unshift(thread);
  save();
  return thread;
}

/**
 * @param {Thread} thread
 * @param {Item} item
 */
export function addItem(thread, item) {
  thread.items.push(item);
  save();
}

/**
 * Puts a post where it belongs: over the one it updates, at the end of its conversation, or into a new one. Nothing when
 * the page has it already, just so.
 * @param {Post} post
 * @returns {{ thread: Thread, item: Item, replaced: boolean } | undefined}
 */
export function placePost(post) {
  for (const thread of threads) {
    const item = thread.items.find((each) => each.kind === "post" && each.post.ref === post.ref);
    if (item?.kind !== "post") continue;
    if (item.post.html === post.html) return undefined;
    item.post = post;
    save();
    return { thread, item, replaced: true };
  }
  const { thread: id, title, place } = post;
  const start = { id, title, private: place === "private", desk: place === "route" };
  const thread = findThread(post.thread) ?? addThread(start);
  /** @type {Item} */
  const item = { kind: "post", post };
  addItem(thread, item);
  return { thread, item, replaced: false };
}

/** Keeps the conversations; when there is no more room the oldest are forgotten, the newest never. */
export function save() {
  for (;;) {
    try {
      sessionStorage.setItem(key, JSON.stringify(threads));
      return;
    } catch {
      if (threads.length < 2) return;
      threads = threads.slice(0, -1);
    }
  }
}

/** @returns {Thread[]} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}
