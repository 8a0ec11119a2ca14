/** @type {Record<string, Record<string, string>>} */
let all = {};
let current = document.documentElement.lang;

/** Fetches the words of every language and shows the chosen one. */
export async function loadWords() {
  const response = await fetch("/playground/words.json");
  all = await response.json();
  showLanguage(current in all ? current : (Object.keys(all)[0] ?? "en"));
}

/** The language that the page is in. */
export function language() {
  return current;
}

/**
 * One of the page's words, by its key.
 * @param {string} key
 */
export function word(key) {
  return all[current]?.[key] ?? "";
}

/**
 * Gives an element a word as its text; it follows the language from then on.
 * @template {HTMLElement} E
 * @param {E} element
 * @param {string} key
 */
export function say(element, key) {
  element.dataset.word = key;
  element.textContent = word(key);
  return element;
}

/**
 * Puts the whole page into a language: `data-word` is text, `data-word-<attribute>` an attribute.
 * @param {string} wished
 */
export function showLanguage(wished) {
  current = wished;
  document.documentElement.lang = wished;
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = word(element.getAttribute("data-word") ?? "");
  }
  for (const attribute of ["aria-label", "placeholder", "title"]) {
    for (const element of document.querySelectorAll(`[data-word-${attribute}]`)) {
      element.setAttribute(attribute, word(element.getAttribute(`data-word-${attribute}`) ?? ""));
    }
  }
}
