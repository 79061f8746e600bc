import { userCodeAlphabet, userCodeLength } from "@sentinal/contract";

/** A code as it is shown, from whatever was typed or pasted so far: letters that no code has are dropped. */
export function shownCode(typed: string): string {
  const letters = [...typed.toUpperCase()].filter((letter) => userCodeAlphabet.includes(letter)).slice(0, userCodeLength);
  const half = userCodeLength / 2;
  return letters.length > half ? `${letters.slice(0, half).join("")}-${letters.slice(half).join("")}` : letters.join("");
}

export function isWholeCode(code: string): boolean {
  return code.length === userCodeLength + 1;
}

/** The code behind the # of the address; empty when there is none. */
export function codeInHash(hash: string): string {
  const code = shownCode(hash.replace(/^#/, ""));
  return isWholeCode(code) ? code : "";
}
