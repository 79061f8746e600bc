import type { Random } from "../../test/hub/random.ts";

const words =
  "the of a buffer overflow in parser allows remote attackers to cause denial service via crafted input when processing header length field integer heap memory read write out bounds library function called with untrusted data may lead arbitrary code execution local user privileges certificate validation timing attack regular expression backtracking request smuggling proxy cache poisoning race condition lock free double use after temporary file symlink path traversal archive entry".split(
    " ",
  );

export function word(random: Random): string {
  return words[random.below(words.length)] ?? "";
}

export function sentence(random: Random, length: number): string {
  return `${Array.from({ length }, () => word(random)).join(" ")}.`;
}

export function hex(random: Random, length: number): string {
  return Array.from({ length }, () => random.below(16).toString(16)).join("");
}

export function pick<Value>(values: readonly Value[], index: number): Value {
  const value = values[index % values.length];
  if (value === undefined) throw new Error("there is nothing to pick from");
  return value;
}
