/** Logger port: fields are an allow-list of ids, counts and durations; never message text, never a secret. */
export type Logger = {
  info(event: string, fields?: Record<string, string | number | boolean>): void;
  warn(event: string, fields?: Record<string, string | number | boolean>): void;
  error(event: string, fields?: Record<string, string | number | boolean>, cause?: unknown): void;
};
