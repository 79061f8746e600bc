/** A kind of secret, as a reference page tells it. */
export type SecretKind = {
  /** Stands in the replacement. Lower case with dashes. */
  readonly name: string;
  readonly title: string;
  /** How one looks, for people: `…` stands for the random part. */
  readonly shape: string;
};

/** Tells what is a secret: characters `[from, to)` of the text that was looked at. */
export type Report = (from: number, to: number, kind: string) => void;

/** What a detector may remember while one text is searched, so that no stretch of it is walked twice. */
export type Memory = Map<string, number>;

export type Detector = {
  /** Lower case. `find` is called where one of them stands; all patterns run there and nowhere else. */
  readonly keywords: readonly string[];
  /** Those spellings of the keywords that are also looked for in base64 and hexadecimal; exact case. */
  readonly encoded: readonly string[];
  /**
   * `text` holds one byte a character; the keyword stands at `[at, after)`. Returns up to where it has seen all that it
   * could find: keywords before that are passed over, so that no stretch is walked again and again; 0 where none are.
   */
  find(text: string, at: number, after: number, report: Report, memory: Memory): number;
};
