import { sendFile, token } from "./api.js";
import { element } from "./element.js";
import { icon } from "./icon.js";
import { say, word } from "./words.js";

/**
 * @typedef {import("./api.js").Upload} Upload
 * @typedef {{ chip: HTMLLIElement, sent: Promise<Upload | undefined> }} Attachment
 */

/** What the server takes: bytes of a file, files of a question. */
const largest = 5 * 1024 * 1024;
const most = 3;

/**
 * The files beside the question box: chosen, dropped or pasted, each sent at once and shown as a chip.
 * @param {HTMLTextAreaElement} question
 */
export function createAttachments(question) {
  const list = element("files");
  const input = /** @type {HTMLInputElement} */ (element("file"));
  /** @type {Attachment[]} */
  let attachments = [];

  element("attach").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    add([...(input.files ?? [])]);
    input.value = "";
  });
  question.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    if (!data || data.files.length === 0 || data.types.includes("text/plain")) return;
    event.preventDefault();
    add([...data.files]);
  });
  takeDrops(add);

  /** @param {File[]} files */
  function add(files) {
    if (files.length === 0) return;
    complain("");
    for (const file of files) {
      if (attachments.length >= most) complain(word("file-too-many"));
      else if (file.size > largest) complain(word("file-too-large"));
      else attach(file);
    }
    question.focus();
  }

  /** @param {File} file */
  function attach(file) {
    const { chip, name, remove } = renderChip(file.name);
    const sent = sendFile(token(), file).then(
      (upload) => {
        chip.removeAttribute("aria-busy");
        name.textContent = upload.name;
        element("status").textContent = `${word("attached")}: ${upload.name}`;
        return upload;
      },
      (error) => {
        drop(attachment);
        complain(`${file.name}: ${error.message}`);
        return undefined;
      },
    );
    const attachment = { chip, sent };
    attachments.push(attachment);
    remove.addEventListener("click", () => {
      drop(attachment);
      question.focus();
    });
    element("status").textContent = `${word("reading")}: ${file.name}`;
    list.append(chip);
    list.hidden = false;
  }

  /** @param {Attachment} attachment */
  function drop(attachment) {
    attachment.chip.remove();
    attachments = attachments.filter((each) => each !== attachment);
    list.hidden = attachments.length === 0;
  }

  return {
    /**
     * Hands over what is attached once all of it was read; undefined when a file was refused meanwhile.
     * @returns {Promise<Upload[] | undefined>}
     */
    async take() {
      const taken = attachments;
      const uploads = (await Promise.all(taken.map((each) => each.sent))).filter(Boolean);
      if (uploads.length < taken.length) return undefined;
      for (const each of taken) drop(each);
      complain("");
      return /** @type {Upload[]} */ (uploads);
    },
  };
}

/** @param {string} problem */
function complain(problem) {
  element("attach-problem").textContent = problem;
}

/** @param {string} title */
function renderChip(title) {
  const chip = document.createElement("li");
  chip.className = "file";
  chip.setAttribute("aria-busy", "true");
  const name = document.createElement("span");
  name.className = "file-name";
  name.dir = "auto";
  name.textContent = title;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "file-remove";
  const label = say(document.createElement("span"), "remove");
  const what = document.createElement("span");
  what.textContent = ` ${title}`;
  label.className = what.className = "unseen";
  remove.append(icon("close"), label, what);
  chip.append(icon("file"), name, remove);
  return { chip, name, remove };
}

/**
 * Takes files that are dropped anywhere on the page, which a browser would open instead.
 * @param {(files: File[]) => void} add
 */
function takeDrops(add) {
  const sign = element("drop");
  /** @param {DragEvent} event */
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files") === true;
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    sign.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) sign.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    sign.hidden = true;
    add([...(event.dataTransfer?.files ?? [])]);
  });
}
