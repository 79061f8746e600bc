import { z } from "zod";
import { categories } from "../categories.ts";

/** What the names of rules begin with where those of extractors stand: `rule:registry-down`. */
export const ruleMark = "rule:";

/** What a file of rules may hold. */
export const ruleLimits = {
  /** Characters of the whole text. */
  text: 256 * 1024,
  rules: 200,
  pattern: 1_000,
  /** Instructions of the compiled pattern: `(a{1,500}b){1,500}` is short, and large. */
  program: 5_000,
  literals: 20,
  /** The scanner of keywords takes no shorter ones. */
  shortestLiteral: 3,
  examples: 50,
} as const;

const oneLine = (most: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? "It is missing" : "It is no text") })
    .min(1, "It is empty")
    .max(most, `It has more than ${most.toLocaleString("en")} characters`)
    .refine((text) => !/[\r\n]/.test(text), "It holds an end of line, and lines are looked at one by one");

const listOf = (item: z.ZodType<string>, most: number) =>
  z.array(item, "It is no list").min(1, "It is an empty list").max(most, `It has more than ${most} entries`);
/** One text, or a list of them. */
const oneOrMore = (item: z.ZodType<string>, most: number) => z.preprocess((value) => (typeof value === "string" ? [value] : value), listOf(item, most));

const wrongWord =
  (words: readonly string[]) =>
  ({ input }: { input?: unknown }) =>
    input === undefined
      ? "It is missing"
      : `It is ${JSON.stringify(input)?.slice(0, 60)}, which is none of ${words.length === categories.length ? "the categories" : words.join(", ")}`;

const transients = ["no", "possible", "delayed", "yes", "unknown"] as const;
const strengths = ["cause", "likely", "summary", "hint", "symptom"] as const;

/** A rule that somebody of the team wrote: lines of this form tell that cause. */
export const Rule = z.strictObject(
  {
    /** Unique among the rules. */
    name: z
      .string({ error: ({ input }) => (input === undefined ? "It is missing" : "It is no text") })
      .max(60, "It has more than 60 characters")
      .regex(/^[a-z][a-z\d]*(?:-[a-z\d]+)*$/, "It is no name in lower-case letters, digits and hyphens"),
    /** A regular expression of RE2's syntax, looked for anywhere in a line. */
    pattern: oneLine(ruleLimits.pattern).optional(),
    /** Plain texts, one of which the line must hold; small and capital letters of ASCII are alike. */
    contains: oneOrMore(
      oneLine(200).refine(
        (text) => [...text.trim()].length >= ruleLimits.shortestLiteral,
        `It has fewer than ${ruleLimits.shortestLiteral} characters: nearly every line would be looked at`,
      ),
      ruleLimits.literals,
    ).optional(),
    category: z.enum(categories, { error: wrongWord(categories) }),
    /** Default: what is usual for the category. `yes` and `delayed` let a re-run be proposed. */
    transient: z.enum(transients, { error: wrongWord(transients) }).optional(),
    /** How well such a line tells the cause; see `Strength`. */
    strength: z.enum(strengths, { error: wrongWord(strengths) }).default("cause"),
    /** Why, for people; shown with the diagnosis. */
    reason: oneLine(300),
    /** `*` stands for any text; capital letters count. */
    where: z
      .strictObject(
        {
          /** Names of steps as the log shows them: what stands behind `Run`. */
          step: oneOrMore(oneLine(200), ruleLimits.literals).optional(),
          job: oneOrMore(oneLine(200), ruleLimits.literals).optional(),
        },
        "It is no group of fields",
      )
      .optional(),
    /** Lines that hold the rule to what it means. */
    examples: z
      .strictObject(
        {
          match: oneOrMore(oneLine(4_000), ruleLimits.examples).optional(),
          no_match: oneOrMore(oneLine(4_000), ruleLimits.examples).optional(),
        },
        "It is no group of fields",
      )
      .optional(),
  },
  "It is no group of fields",
);
export type Rule = z.output<typeof Rule>;
