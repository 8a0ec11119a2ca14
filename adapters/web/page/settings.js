import { language, showLanguage } from "./words.js";

/** Connects the switches of language, role and appearance; each keeps what was chosen. */
export function startSettings() {
  choose("language", language(), (value) => {
    localStorage.setItem("hexdesk.language", value);
    showLanguage(value);
  });
  choose("theme", document.documentElement.dataset.theme ?? "auto", (value) => {
    localStorage.setItem("hexdesk.theme", value);
    document.documentElement.dataset.theme = value;
    document.dispatchEvent(new Event("themechange"));
  });
  choose("role", sessionStorage.getItem("hexdesk.role") ?? "user", (value) => {
    sessionStorage.setItem("hexdesk.role", value);
  });
}

/** The role that the person asks in. */
export function role() {
  return chosen("role")?.value ?? "user";
}

/** Whether the page is dark now, by choice or by the system. */
export function isDark() {
  const theme = document.documentElement.dataset.theme;
  return (
    theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches)
  );
}

/**
 * @param {string} name
 * @param {string} value
 * @param {(value: string) => void} change
 */
function choose(name, value, change) {
  for (const input of inputs(name)) {
    input.checked = input.value === value;
    input.addEventListener("change", () => change(input.value));
  }
}

/** @param {string} name */
function chosen(name) {
  return inputs(name).find((input) => input.checked);
}

/**
 * @param {string} name
 * @returns {HTMLInputElement[]}
 */
function inputs(name) {
  return [...document.querySelectorAll(`input[name="${name}"]`)].filter(
    (element) => element instanceof HTMLInputElement,
  );
}
