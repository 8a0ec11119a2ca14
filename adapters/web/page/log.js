import { icon } from "./icon.js";
import { say, word } from "./words.js";

/**
 * @typedef {import("./api.js").Post} Post
 * @typedef {import("./conversations.js").Item} Item
 */

/**
 * One item of a conversation as a list element.
 * @param {Item} item
 * @returns {HTMLLIElement}
 */
export function renderItem(item) {
  switch (item.kind) {
    case "you":
      return renderQuestion(item.text, item.files ?? []);
    case "post":
      return renderPost(item.post);
    case "silent":
    case "passed-on":
      return renderLine(say(document.createElement("span"), item.kind));
    case "moved": {
      const button = say(document.createElement("button"), "moved");
      button.type = "button";
      button.className = "link";
      button.dataset.thread = item.thread;
      return renderLine(button);
    }
  }
}

/** The sign that an answer is on its way. */
export function renderWaiting() {
  const line = document.createElement("li");
  line.className = "turn waiting";
  const dots = document.createElement("span");
  dots.className = "dots";
  dots.setAttribute("aria-hidden", "true");
  dots.append(...[1, 2, 3].map(() => document.createElement("i")));
  line.append(dots, say(document.createElement("span"), "waiting"));
  return line;
}

/**
 * A failure with a way to try again.
 * @param {string} reason
 * @param {() => void} retry
 */
export function renderFailure(reason, retry) {
  const line = document.createElement("li");
  line.className = "turn failure";
  line.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = reason;
  const button = say(document.createElement("button"), "retry");
  button.type = "button";
  button.className = "button default";
  button.addEventListener("click", retry);
  line.append(text, button);
  return line;
}

/**
 * What a screen reader says of a new post.
 * @param {HTMLElement} line
 */
export function summaryOf(line) {
  const parts = line.querySelectorAll(".place, .card-title, .body > p");
  return [...parts]
    .slice(0, 3)
    .map((part) => part.textContent)
    .join(". ");
}

/**
 * @param {string} text
 * @param {string[]} files
 */
function renderQuestion(text, files) {
  const line = document.createElement("li");
  line.className = "turn you";
  const who = say(document.createElement("span"), "you");
  who.className = "unseen";
  const bubble = document.createElement("p");
  bubble.className = "bubble";
  bubble.textContent = text;
  const names = document.createElement("ul");
  names.className = "files";
  names.append(...files.map(renderFile));
  line.append(who, ...(files.length > 0 ? [names] : []), ...(text === "" ? [] : [bubble]));
  return line;
}

/** @param {string} title */
function renderFile(title) {
  const file = document.createElement("li");
  file.className = "file";
  const name = document.createElement("span");
  name.className = "file-name";
  name.dir = "auto";
  name.textContent = title;
  file.append(icon("file"), name);
  return file;
}

/** @param {Post} post */
function renderPost(post) {
  const line = document.createElement("li");
  line.className = `turn post at-${post.place}`;
  line.dataset.ref = post.ref;

  const card = document.createElement("article");
  card.className = "card";
  card.lang = post.language;
  card.tabIndex = -1;
  card.setAttribute("aria-labelledby", `title-${post.ref}`);

  const body = document.createElement("div");
  body.className = "body";
  body.innerHTML = post.html;
  body.querySelector(".card-title")?.setAttribute("id", `title-${post.ref}`);

  const foot = document.createElement("div");
  foot.className = "card-foot";
  const preview = document.createElement("button");
  preview.type = "button";
  preview.className = "link preview-button";
  preview.append(icon("preview"), say(document.createElement("span"), "preview"));
  foot.append(preview);

  if (post.place !== "thread") card.append(renderPlace(post.place));
  card.append(body, foot);
  line.append(card);
  return line;
}

/** @param {"note" | "private" | "route"} place */
function renderPlace(place) {
  const label = document.createElement("p");
  label.className = "place";
  label.lang = document.documentElement.lang;
  label.append(
    icon(place === "route" ? "desk" : "lock"),
    say(document.createElement("span"), place),
  );
  return label;
}

/** @param {HTMLElement} content */
function renderLine(content) {
  const line = document.createElement("li");
  line.className = "turn line";
  line.append(content);
  return line;
}

/**
 * Copies the code block that a copy button stands on, and says so on the button.
 * @param {HTMLElement} button
 */
export async function copyCode(button) {
  const text = button.closest("figure")?.querySelector("code")?.textContent ?? "";
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = word("copied");
  } catch {
    button.textContent = word("copy-failed");
  }
  setTimeout(() => {
    button.textContent = label;
  }, 2000);
}
