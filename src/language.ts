/** A language of the interface, as its folder in knowledge/locales is named. */
export type Language = "en" | "es";

/** The bot's own words: a phrase by its dotted key, with `{name}` parameters filled in. */
export type Phrases = (language: Language, key: string, params?: Record<string, string | number>) => string;
