/** Why a text is no secret. */
export type SecretFault = "unset" | "placeholder" | "characters" | "too_short" | "predictable" | "reused";

export type SecretJudgement = {
  fault: SecretFault;
  /** Goes on after the setting's name, e.g. "is a placeholder"; never holds the value. */
  problem: string;
};

const leastCharacters = 43;
/** By the frequencies of its characters; 43 hexadecimal digits have some 160. */
const leastBits = 128;

/** Each says by itself that the value was to be replaced. Seven letters and more: shorter ones come up in random text. */
const tellingWords = [
  "changeme",
  "changethis",
  "changeit",
  "changeplease",
  "changebefore",
  "replaceme",
  "replacethis",
  "replacewith",
  "tobereplaced",
  "tobechanged",
  "yourtoken",
  "yoursecret",
  "yourpassword",
  "yourinternal",
  "yourservice",
  "insertyour",
  "enteryour",
  "tokenhere",
  "secrethere",
  "putyour",
  "setthis",
  "fillmein",
  "placeholder",
  "notarealtoken",
  "notasecret",
  "donotuse",
  "exampletoken",
  "examplesecret",
  "exampleonly",
  "internalservicetoken",
];

/** What a sentence about a secret is made of; a value that is made of them is no secret, however long it is. */
const commonWords = [
  "internal service secret private default password passphrase token value string random secure super production development",
  "please change replace example sample dummy test testing demo local insert enter here this that with your mine real long very",
  "must should least characters something anything generate generated environment sentinal github admin root guest letmein foobar",
  "key the and for api dev app foo bar baz qux abc xyz todo fixme none null undefined true false hello world my",
]
  .join(" ")
  .split(" ");

/** Runs of these, in either direction, are typed without thinking. */
const sequences = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
].flatMap((row) => [row, row.split("").toReversed().join("")]);
const leastRun = 4;

const markup = [
  /^<.*>$/s,
  /\$\{.*\}/s,
  /\$\(.*\)/s,
  /\{\{.*\}\}/s,
  /<%.*%>/s,
  /^%.*%$/s,
  /^\[.*\]$/s,
  /^\{.*\}$/s,
  /^__.*__$/s,
  /^@.*@$/s,
  /^\$[A-Z_][A-Z0-9_]*$/,
  /\.\.\.|…/,
];

/**
 * Why a text must not be used as a secret between services; null when nothing speaks against it. `others` are values
 * that it must differ from, by where they stand: those of an .env.example, those of other roles.
 */
export function judgeSecret(value: string | null | undefined, others: Readonly<Record<string, string | null | undefined>> = {}): SecretJudgement | null {
  if (value === null || value === undefined || value.trim() === "") return { fault: "unset", problem: "is not set" };
  if (isPlaceholder(value)) return { fault: "placeholder", problem: "is a placeholder, not a secret" };
  for (const [place, other] of Object.entries(others)) {
    if (other !== null && other !== undefined && other.trim() === value.trim()) return { fault: "reused", problem: `has the same value as ${place}` };
  }
  if (!/^[!-~]+$/.test(value)) return { fault: "characters", problem: "has spaces or characters that no header takes" };
  if (value.length < leastCharacters) return { fault: "too_short", problem: `has ${value.length} characters; at least ${leastCharacters} are needed` };
  if (isPredictable(value)) return { fault: "predictable", problem: "can be guessed: it repeats itself or follows a pattern" };
  return null;
}

/** Whether a text only holds the place of a secret, however it is spelt. */
export function isPlaceholder(value: string): boolean {
  const text = value
    .trim()
    .replace(/^(["'`])(.*)\1$/s, "$2")
    .trim();
  if (text === "" || markup.some((pattern) => pattern.test(text))) return true;
  const signs = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
  if (/^(.?)\1*$/.test(signs)) return true;
  return spellingsOf(text).some((letters) => tellingWords.some((word) => letters.includes(word)) || isMadeOfWords(letters, signs.length));
}

/** The letters alone, as they stand and as digits and signs are read that stand for letters. */
function spellingsOf(text: string): string[] {
  const lower = text.normalize("NFKC").toLowerCase();
  const read = lower.replace(
    /[013457@$!|]/g,
    (sign) => ({ "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", $: "s", "!": "i", "|": "l" })[sign] ?? sign,
  );
  return [lower, read].map((spelling) => spelling.replace(/[^a-z]/g, ""));
}

/** Whether more than half of the letters belong to common words; where digits outweigh them, three letters are no word. */
function isMadeOfWords(letters: string, signs: number): boolean {
  return letters.length * 2 > signs && coveredBy(letters, commonWords) * 2 > letters.length;
}

function isPredictable(value: string): boolean {
  const lower = value.toLowerCase();
  const runs = sequences.flatMap((row) => Array.from({ length: row.length - leastRun + 1 }, (_unused, start) => row.slice(start, start + leastRun)));
  if (coveredBy(lower, runs) * 2 > lower.length) return true;
  // Of three characters in a row: in random text hardly any comes twice.
  const trigrams = Array.from({ length: value.length - 2 }, (_unused, start) => lower.slice(start, start + 3));
  return new Set(trigrams).size < trigrams.length * 0.7 || bitsOf(value) < leastBits;
}

/** How many characters of the text lie in one of the words. */
function coveredBy(text: string, words: readonly string[]): number {
  const isCovered = new Uint8Array(text.length);
  for (const word of new Set(words)) {
    for (let start = text.indexOf(word); start !== -1; start = text.indexOf(word, start + 1)) isCovered.fill(1, start, start + word.length);
  }
  return isCovered.reduce((sum, one) => sum + one, 0);
}

/** Shannon's entropy by the frequencies of the characters, over the whole text. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - count * Math.log2(count / text.length), 0);
}
