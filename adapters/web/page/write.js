import { element } from "./element.js";
import { isDark, startSettings } from "./settings.js";
import { renderSlack } from "./slack.js";
import { renderTeams } from "./teams.js";
import { language, loadWords, say, word } from "./words.js";

/**
 * @typedef {{ title: string, language: string, html: string, slack: any, teams: any }} Shown
 * @typedef {{ text: string, problems: { line: number, text: string }[], cards: Shown[], saved?: string }} Written
 */

/** Milliseconds without a key before the text is checked. */
const quiet = 500;
const form = /** @type {HTMLFormElement} */ (element("form"));
const text = /** @type {HTMLTextAreaElement} */ (element("text"));
/** @type {Shown[]} */
let cards = [];
/** @type {number | undefined} */
let timer;
let newest = 0;

await loadWords();
startSettings();
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await send({ form: Object.fromEntries(new FormData(form)) }, true);
});
text.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => send({ text: text.value }, false), quiet);
});
element("save").addEventListener("click", () => send({ text: text.value, save: true }, false));
element("kinds").addEventListener("change", showCards);
element("problems").addEventListener("click", (event) => {
  const line = event.target instanceof Element && event.target.closest("button")?.dataset.line;
  if (line) goTo(Number(line));
});
document.addEventListener("themechange", showCards);
document.body.classList.add("ready");

/**
 * Has an entry made, checked or saved, and shows what came back; an answer that a later one overtook is dropped.
 * @param {object} request
 * @param {boolean} replaces the text in the editor
 */
async function send(request, replaces) {
  const turn = ++newest;
  try {
    const response = await fetch("/playground/entries", {
      method: "POST",
      headers: { "content-type": "application/json", "accept-language": language() },
      body: JSON.stringify(request),
    });
    const answer = await response.json();
    if (turn !== newest) return;
    if (!response.ok) throw new Error(answer.error);
    show(answer, replaces);
  } catch (error) {
    const told = error instanceof Error && error.message ? error.message : word("write-failed");
    element("saved").textContent = told;
  }
}

/**
 * @param {Written} written
 * @param {boolean} replaces
 */
function show(written, replaces) {
  element("draft").hidden = false;
  if (replaces) text.value = written.text;
  cards = written.cards;
  showProblems(written.problems);
  showCards();
  element("saved").textContent = savedText(written.saved);
  if (!replaces) return;
  text.focus();
  text.setSelectionRange(0, 0);
  text.scrollTop = 0;
}

/** @param {string | undefined} saved */
function savedText(saved) {
  if (saved === undefined) return "";
  if (saved === "no-folder") return word("write-no-folder");
  return saved === "problems" ? word("write-save-first") : `${word("write-saved")} ${saved}`;
}

/** @param {{ line: number, text: string }[]} problems */
function showProblems(problems) {
  const rows = problems.map((problem) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.line = String(problem.line);
    button.textContent = `${word("write-line")} ${problem.line}: ${problem.text}`;
    const item = document.createElement("li");
    item.append(button);
    return item;
  });
  if (rows.length === 0) rows.push(say(document.createElement("li"), "write-no-problems"));
  element("problems").replaceChildren(...rows);
  element("status").textContent = `${word("write-problems")}: ${problems.length}`;
}

async function showCards() {
  const kind = chosenKind();
  const shown = await Promise.all(cards.map((card) => cardBox(card, kind)));
  element("cards").replaceChildren(...shown);
}

/**
 * @param {Shown} card
 * @param {string} kind
 */
async function cardBox(card, kind) {
  const box = document.createElement("article");
  box.lang = card.language;
  if (kind === "web") {
    const body = document.createElement("div");
    body.className = "body";
    body.innerHTML = card.html;
    box.className = "card card-box";
    box.append(body);
    return box;
  }
  box.className = `card-box preview ${kind} ${isDark() ? "dark" : "light"}`;
  const nothing = () => {};
  box.append(
    kind === "slack" ? renderSlack(card.slack, nothing) : await renderTeams(card.teams, nothing),
  );
  return box;
}

function chosenKind() {
  const chosen = document.querySelector('input[name="kind"]:checked');
  return chosen instanceof HTMLInputElement ? chosen.value : "web";
}

/** @param {number} line */
function goTo(line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = text.scrollHeight / Math.max(1, lines.length);
  text.scrollTop = Math.max(0, (line - 4) * height);
}
