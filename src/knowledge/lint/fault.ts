/** Something wrong at a path of an entry or overlay. */
export type Fault = { at: (string | number)[]; text: string };
