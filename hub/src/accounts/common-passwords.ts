/** Parts of a password shorter than this tell nothing: two letters are in every list. */
const leastPart = 3;
/** A core shorter than this, with figures around it, is what many take for a word of their own. */
const leastCore = 4;
const mostUnit = 6;

let loading: Promise<ReadonlySet<string>> | null = null;

/**
 * Whether a password is among the 49,000 that are used most, or is what people make of one when 12 characters are asked
 * for: figures and signs around it, two of them in a row, the same few characters again and again. Letters count alike,
 * large or small.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  const common = await (loading ??= load());
  return judge(password.normalize("NFKC").toLowerCase(), common);
}

/** Read when the first password is set: most hubs run for weeks without one. */
async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"]);
}

function judge(password: string, common: ReadonlySet<string>): boolean {
  const core = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  return common.has(password) || (core.length >= leastCore && common.has(core)) || isRepeated(password) || isOfTwo(password, common) || isOfTwo(core, common);
}

function isRepeated(password: string): boolean {
  for (let size = 1; size <= mostUnit; size++) {
    if (
      password ===
      password
        .slice(0, size)
        .repeat(Math.ceil(password.length / size))
        .slice(0, password.length)
    )
      return true;
  }
  return false;
}

function isOfTwo(text: string, common: ReadonlySet<string>): boolean {
  for (let cut = leastPart; cut <= text.length - leastPart; cut++) {
    if (common.has(text.slice(0, cut)) && common.has(text.slice(cut))) return true;
  }
  return false;
}
