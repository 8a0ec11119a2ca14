import { allThreads } from "./conversations.js";
import { element } from "./element.js";
import { icon } from "./icon.js";

/**
 * Shows the lists of conversations: the person's own, and what the helpdesk has.
 * @param {string | undefined} current id of the conversation on screen
 */
export function showRail(current) {
  const threads = allThreads();
  const own = threads.filter(({ desk }) => !desk);
  const desk = threads.filter((thread) => thread.desk);
  element("threads").replaceChildren(...own.map((thread) => renderRow(thread, current)));
  element("no-threads").hidden = own.length > 0;
  element("desk").replaceChildren(...desk.map((thread) => renderRow(thread, current)));
  element("desk-part").hidden = desk.length === 0;
}

/**
 * @param {import("./conversations.js").Thread} thread
 * @param {string | undefined} current
 */
function renderRow(thread, current) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "thread";
  button.dataset.thread = thread.id;
  button.classList.toggle("unread", thread.unread === true);
  if (thread.id === current) button.setAttribute("aria-current", "true");
  if (thread.private) button.append(icon("lock"));
  if (thread.desk) button.append(icon("desk"));
  const title = document.createElement("span");
  title.textContent = thread.title;
  button.append(title);
  const row = document.createElement("li");
  row.append(button);
  return row;
}
