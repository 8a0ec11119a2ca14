import { casesBeside } from "./beside.ts";
import type { BotOptions } from "./bot.ts";
import type { Case } from "./case.ts";
import { commandOf } from "./command.ts";
import { type Message, personOf } from "./message.ts";
import { readPast } from "./past.ts";
import { MOST_ANSWERS } from "./rate.ts";
import { redactorOf } from "./redactor.ts";
import type { Env } from "./turn.ts";

/** Everything that a decision may depend on besides the message and its case: read once; `blank` where nothing can be read. */
export function createEnvironment(options: BotOptions): {
  read(message: Message, at: Case | undefined): Promise<Env>;
  blank(): Env;
} {
  const { state, clock } = options;
  const redactor = redactorOf(options.hosts ?? []);

  function blank(): Env {
    const knowledge = options.knowledge();
    return {
      now: clock.now(),
      id: options.ids,
      newCaseId: "HD-0",
      newIncidentId: "IN-0",
      knowledge,
      defaultLanguage: options.defaultLanguage,
      personLanguage: undefined,
      redact: redactor(knowledge),
      past: [],
      incidents: [],
      attached: [],
      beside: [],
      mostAnswers: options.mostAnswers ?? MOST_ANSWERS,
      routes: options.routes ?? [],
      linkTo: (address) => options.linkTo?.(address),
    };
  }

  async function read(message: Message, at: Case | undefined): Promise<Env> {
    const env = blank();
    const number = await state.nextCaseNumber();
    const command = commandOf(message, env.knowledge);
    return {
      ...env,
      newCaseId: `HD-${number}`,
      newIncidentId: `IN-${number}`,
      personLanguage: at ? undefined : await state.languageOf(personOf(message)),
      past: await readPast(state, message, at, env),
      incidents: await state.incidents(),
      beside: await casesBeside(state, message, at),
      attached: command?.do === "end" ? await state.casesOf({ incident: command.incident }) : [],
    };
  }

  return { read, blank };
}
