/** What stands in a secret's place, for example `[redacted github-token]`. No pattern takes it for a secret. */
export function replacementOf(kind: string): string {
  return `[redacted ${kind}]`;
}

/** How every replacement begins: where it already stands there is nothing left to redact. */
export const replacementStart = "[redacted ";
