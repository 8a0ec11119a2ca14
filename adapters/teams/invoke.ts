import type { Action } from "../../src/action.ts";
import type { Language } from "../../src/language.ts";
import type { Message } from "../../src/message.ts";
import type { Outgoing } from "../../src/state.ts";
import type { TeamsActivity } from "./activity.ts";
import { cardNote, clickedCard, type Shown } from "./clicked.ts";
import type { Deliver } from "./deliver.ts";
import {
  dialog,
  dialogNote,
  readChosenMessage,
  readDialogData,
  readQuery,
  resultList,
  resultNote,
} from "./extension.ts";
import type { HttpAnswer } from "./http.ts";
import { INVOKE_BUDGET_MS } from "./limits.ts";
import type { TeamsCore } from "./options.ts";
import { baseMessage, type Reader, readClick } from "./receive.ts";
import { createRecent } from "./recent.ts";
import type { Sender } from "./send.ts";

/** What answering an invoke needs. `later` is work that must not keep the caller waiting; the stop waits for it. */
export type Invoking = {
  core: TeamsCore;
  sender: Sender;
  deliver: Deliver;
  reader(): Reader;
  later(work: Promise<void>): void;
  languageOf(message: Message): Promise<Language>;
};

/** One kind of invoke: what is asked, and how an answer or a line of text is put. */
type Form = {
  message: Message;
  show(outgoing: Outgoing[], language: Language): Shown;
  note(text: string): unknown;
};

/** The shortest text that is looked up while somebody types into the search box. */
const SHORTEST_QUERY = 3;

/**
 * Answers an invoke in its own response, within 2 seconds: a click, a look-up, an answer to a chosen message, a thumb.
 * A repeated invoke gets the first one's answer; an unknown one 501. A fault is told in words with its number, so that
 * the card stays usable.
 */
export function createInvoke(invoking: Invoking): (activity: TeamsActivity) => Promise<HttpAnswer> {
  const { core, deliver, later, languageOf } = invoking;
  const recent = createRecent<HttpAnswer>(core.clock);

  async function answer(form: Form): Promise<HttpAnswer> {
    const language = await languageOf(form.message);
    const asked = core.bot.answer(form.message);
    const timer = new AbortController();
    const late = core.clock.sleep(INVOKE_BUDGET_MS, timer.signal).then(() => "late" as const);
    try {
      const answered = await Promise.race([asked, late]);
      if (answered === "late") {
        later(asked.then((done) => deliverAll(done?.outgoing ?? [])).catch(logLate));
        return ok(form.note(say(language, "late")));
      }
      const { body, shown } = form.show(answered?.outgoing ?? [], answered?.language ?? language);
      later(deliverAll(answered?.outgoing ?? [], shown));
      return ok(body);
    } catch (error) {
      const incident = core.ids().slice(0, 8);
      core.log.error("teams-invoke-failed", { incident }, error);
      return ok(form.note(core.bot.phrases(language, "error.text", { incident })));
    } finally {
      timer.abort();
    }
  }

  async function deliverAll(outgoing: Outgoing[], shown: Outgoing[] = []): Promise<void> {
    for (const one of outgoing) {
      if (shown.includes(one)) await core.bot.sent(one.delivery.id, undefined);
      else await deliver(one);
    }
    core.bot.wake();
  }

  function logLate(error: unknown): void {
    core.log.error("teams-invoke-failed", { incident: core.ids().slice(0, 8) }, error);
  }

  function say(language: Language, key: string): string {
    return core.bot.phrases(language, `teams.${key}`);
  }

  async function formOf(activity: TeamsActivity): Promise<Form | HttpAnswer> {
    const base = { ...baseMessage(activity, invoking.reader()), addressed: true };
    const lookup: Message = { ...base, address: withoutThread(base), surface: "slash" };
    const inDialog = (message: Message): Form => ({
      message,
      show: (outgoing, language) => showDialog(outgoing, say(language, "done")),
      note: dialogNote,
    });
    switch (activity.name) {
      case "adaptiveCard/action":
        return {
          message: readClick(activity, clickData(activity.value), invoking.reader()),
          show: (outgoing, language) =>
            clickedCard(outgoing, invoking.sender, (k) => say(language, k)),
          note: cardNote,
        };
      case "composeExtension/query": {
        const text = readQuery(activity.value);
        const note = async () => resultNote(say(await languageOf(base), "search"));
        if (text.length < SHORTEST_QUERY) return ok(await note());
        const show = (outgoing: Outgoing[]) => ({
          body: resultList(outgoing.map(({ delivery }) => delivery.card)),
          shown: outgoing,
        });
        return { message: { ...lookup, text, lookup: true }, show, note: resultNote };
      }
      case "composeExtension/fetchTask":
        return inDialog({ ...lookup, text: readChosenMessage(activity.value) ?? "" });
      case "composeExtension/submitAction": {
        const data = readDialogData(activity.value);
        if (data === undefined) {
          return inDialog({ ...lookup, text: readChosenMessage(activity.value) ?? "" });
        }
        return inDialog({
          ...readClick(activity, data, invoking.reader()),
          address: lookup.address,
        });
      }
      case "message/submitAction": {
        const action = thumb(activity.value, await languageOf(base));
        if (!action) return ok({});
        // Teams thanks for a thumb itself; what a bad one asks is posted.
        const asks = ({ delivery }: Outgoing) => delivery.card.buttons.length > 0;
        const show = (outgoing: Outgoing[]) => ({
          body: {},
          shown: outgoing.filter((one) => !asks(one)),
        });
        return {
          message: { ...base, action, card: activity.replyToId ?? "" },
          show,
          note: () => ({}),
        };
      }
      default:
        return { status: 501 };
    }
  }

  return (activity) =>
    recent(`${activity.conversation.id}|${activity.id}`, async () => {
      const form = await formOf(activity);
      return "status" in form ? form : answer(form);
    });
}

function ok(body: unknown): HttpAnswer {
  return { status: 200, body };
}

function showDialog(outgoing: Outgoing[], done: string): Shown {
  const answer = outgoing.find(({ delivery }) => delivery.to.kind === "asker");
  if (!answer) return { body: dialogNote(done), shown: [] };
  return { body: dialog(answer.delivery.card), shown: [answer] };
}

function withoutThread({ address }: Message): Message["address"] {
  const { thread: _, ...place } = address;
  return place;
}

function clickData(value: unknown): unknown {
  return (value as { action?: { data?: unknown } } | undefined)?.action?.data;
}

function thumb(value: unknown, lang: Language): Action | undefined {
  const { reaction } =
    (value as { actionValue?: { reaction?: unknown } } | undefined)?.actionValue ?? {};
  if (reaction === "like") return { v: 1, do: "useful", lang };
  return reaction === "dislike" ? { v: 1, do: "not-useful", lang } : undefined;
}
