/** The store cannot be opened; the message says what is wrong with the file and what to do, without a stack trace. */
export class StateError extends Error {
  override name = "StateError";
}
