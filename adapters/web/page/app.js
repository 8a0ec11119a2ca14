import { ask, listen, token } from "./api.js";
import { createAttachments } from "./attach.js";
import { addItem, addThread, findThread, placePost, save } from "./conversations.js";
import { createDrawer } from "./drawer.js";
import { element } from "./element.js";
import { copyCode, renderFailure, renderItem, renderWaiting, summaryOf } from "./log.js";
import { createPanel } from "./panel.js";
import { showRail } from "./rail.js";
import { startSettings } from "./settings.js";
import { loadWords, word } from "./words.js";

/**
 * @typedef {import("./api.js").Post} Post
 * @typedef {import("./api.js").Question} Question
 * @typedef {import("./conversations.js").Thread} Thread
 */

/** Characters of a question that the conversation shows; all of them are asked. */
const longest = 4000;
const log = element("log");
const question = /** @type {HTMLTextAreaElement} */ (element("question"));
/** @type {string | undefined} */
let current = sessionStorage.getItem("hexdesk.current") ?? undefined;

await loadWords();
startSettings();
const rail = createDrawer(element("rail"), "(width < 60rem)", true);
const panel = createPanel(click);
const attachments = createAttachments(question);
let submitting = false;
listen((post) => receive(post, undefined));
connect();
show(findThread(current));
askFromAddress();
document.body.classList.add("ready");

function connect() {
  element("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit(question.value);
  });
  question.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit(question.value);
  });
  element("new").addEventListener("click", () => {
    show(undefined);
    rail.yield();
    question.focus();
  });
  element("open-rail").addEventListener("click", () => {
    rail.open();
    element("close-rail").focus();
  });
  element("close-rail").addEventListener("click", () => rail.close());
  element("welcome").addEventListener("click", (event) => {
    const example = target(event, ".example");
    if (example) submit(example.querySelector(".example-text")?.textContent ?? "");
  });
  document.addEventListener("click", (event) => {
    const thread = target(event, "[data-thread]");
    if (thread) return open(thread.dataset.thread);
    const copy = target(event, ".copy");
    if (copy) return copyCode(copy);
  });
  log.addEventListener("click", (event) => {
    const ref = target(event, "[data-ref]")?.dataset.ref;
    const button = target(event, "[data-action]");
    if (ref && button) return click(button.dataset.action, ref);
    const item = onScreen()?.items.find((each) => each.kind === "post" && each.post.ref === ref);
    if (item?.kind === "post" && target(event, ".preview-button")) panel.open(item.post);
  });
}

/** Asks once what the address carries (`?ask=0x80070005`), in a new conversation. */
function askFromAddress() {
  const asked = new URLSearchParams(location.search).get("ask");
  if (!asked) return;
  history.replaceState(undefined, "", location.pathname);
  show(undefined);
  submit(asked.slice(0, longest));
}

/** @param {string | undefined} id */
function open(id) {
  show(findThread(id));
  rail.yield();
  element("title").focus();
}

/**
 * Puts a conversation on screen, or the start page.
 * @param {Thread | undefined} thread
 */
function show(thread) {
  current = thread?.id;
  sessionStorage.setItem("hexdesk.current", current ?? "");
  if (thread) thread.unread = false;
  save();
  element("welcome").hidden = thread !== undefined;
  log.hidden = thread === undefined;
  log.replaceChildren(...(thread?.items ?? []).map(renderItem));
  element("title").textContent = thread?.title ?? "Hexdesk";
  question.dataset.wordPlaceholder = placeholderOf(thread);
  question.placeholder = word(question.dataset.wordPlaceholder);
  showRail(current);
  log.lastElementChild?.scrollIntoView({ block: "start" });
  if (!thread) element("scroll").scrollTop = 0;
}

/** @param {Thread | undefined} thread */
function placeholderOf(thread) {
  if (thread?.desk) return "desk-hint";
  return thread ? "reply-hint" : "question-hint";
}

/** The conversation on screen. */
function onScreen() {
  return findThread(current);
}

/**
 * Asks what was typed and attached, in the conversation on screen or a new one.
 * @param {string} text
 */
async function submit(text) {
  if (submitting || log.querySelector(".waiting")) return;
  submitting = true;
  const files = await attachments.take();
  submitting = false;
  if (!files) return;
  question.value = "";
  const names = files.map(({ name }) => name);
  const title = text.trim() || names[0] || word("new");
  const thread = onScreen() ?? addThread({ id: token(), title });
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text.trim() && text;
  if (shown !== "" || names.length > 0) {
    addItem(thread, { kind: "you", text: shown, files: names });
  }
  show(thread);
  send({ id: token(), thread: thread.id, desk: thread.desk === true, text, files });
}

/**
 * Presses a button of a card, in the conversation or in a preview.
 * @param {unknown} action
 * @param {string} ref
 */
function click(action, ref) {
  const thread = onScreen();
  const line = lineOf(ref);
  if (!thread || !line || line.getAttribute("aria-busy") === "true") return;
  send({ id: token(), thread: thread.id, desk: thread.desk === true, action, card: ref });
}

/**
 * Sends a question and shows what comes back; a failure offers to send the same one again.
 * @param {Question} asked
 */
async function send(asked) {
  const busy = asked.card ? lineOf(asked.card) : undefined;
  const waiting = renderWaiting();
  busy?.setAttribute("aria-busy", "true");
  log.append(waiting);
  if (!asked.card) waiting.scrollIntoView({ block: "end" });
  element("status").textContent = word("waiting");
  try {
    const reply = await ask(asked);
    waiting.remove();
    const lines = reply.posts.map((post) => receive(post, asked.card));
    const first = lines.find((line) => line?.isConnected);
    if (asked.card) focusCard(first);
    if (!asked.card && first) bringUp(first);
    if (reply.kind === "silent" || !(asked.card || first)) noAnswer(asked.thread, reply.kind);
  } catch (error) {
    waiting.remove();
    element("status").textContent = "";
    const failure = renderFailure(error instanceof Error ? error.message : String(error), () => {
      failure.remove();
      send(asked);
    });
    log.append(failure);
    failure.scrollIntoView({ block: "nearest" });
  } finally {
    busy?.removeAttribute("aria-busy");
  }
}

/**
 * Takes in a post: over the one it updates, or at the end of its conversation.
 * @param {Post} post
 * @param {string | undefined} clicked ref of the card whose button led to it
 * @returns {HTMLElement | undefined} its place on screen
 */
function receive(post, clicked) {
  const placed = placePost(post);
  if (!placed) return undefined;
  const { thread, item, replaced } = placed;
  panel.update(post, clicked);
  if (thread.id !== current) {
    thread.unread = true;
    const from = onScreen();
    if (post.place === "private" && from && !replaced) {
      addItem(from, { kind: "moved", thread: thread.id });
      log.append(renderItem({ kind: "moved", thread: thread.id }));
    }
    save();
    showRail(current);
    return undefined;
  }
  const line = renderItem(item);
  const old = replaced ? lineOf(post.ref) : undefined;
  if (old) old.replaceWith(line);
  else log.append(line);
  line.classList.add("fresh");
  element("status").textContent = summaryOf(line);
  return line;
}

/**
 * Says that no card answers: Hexdesk stays silent, or the words went on to somebody.
 * @param {string} thread
 * @param {string} answer kind of the answer
 */
function noAnswer(thread, answer) {
  const found = findThread(thread);
  if (!found) return;
  /** @type {import("./conversations.js").Item} */
  const item = { kind: answer === "handover" ? "passed-on" : "silent" };
  addItem(found, item);
  if (thread === current) log.append(renderItem(item));
  element("status").textContent = word(item.kind);
}

/**
 * Brings a new answer up so far that the question above it can still be read.
 * @param {HTMLElement} line
 */
function bringUp(line) {
  const above = line.previousElementSibling;
  const start = above?.classList.contains("you") && above.clientHeight < 200 ? above : line;
  start.scrollIntoView({ block: "start", behavior: "instant" });
}

/** @param {HTMLElement | undefined} line */
function focusCard(line) {
  if (!line || panel.hasFocus()) return;
  const card = line.querySelector(".card");
  if (!(card instanceof HTMLElement)) return;
  card.focus({ preventScroll: true });
  const isAbove = line.getBoundingClientRect().top < element("scroll").getBoundingClientRect().top;
  line.scrollIntoView({ block: isAbove ? "start" : "nearest" });
}

/** @param {string} ref */
function lineOf(ref) {
  return [...log.children].find((line) => line instanceof HTMLElement && line.dataset.ref === ref);
}

/**
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | undefined}
 */
function target(event, selector) {
  const found = event.target instanceof Element ? event.target.closest(selector) : null;
  return found instanceof HTMLElement ? found : undefined;
}
