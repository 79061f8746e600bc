/** What runners of many packages put in front of a line. In order: the more telling first. */
const prefixes: readonly RegExp[] = [
  // gulp's clock
  /^\[\d\d:\d\d:\d\d\] /,
  // concurrently, yarn workspaces, nps: `[build] `, `[@scope/package]: `, `[0] `
  /^\[(?!(?:ERROR|error|WARN|warn|warning|info|INFO|!|eslint|fail)\])@?[\w./ :#-]{1,80}\]:? /,
  // lerna `package: `, turbo `package:build: `, `package#build: `
  /^(?!(?:error|warning|warn|info|fatal|note|hint|file|ok|node|sh|bash|standard)\b)(?:@[\w.-]{1,60}\/)?[a-z][\w.-]{0,60}(?:[:#][\w:.-]{1,60})?: /,
  // pnpm -r: `packages/a build: `
  /^(?:@?[\w./-]{1,100}) [\w:.-]{1,40}: (?!error\b)/,
  // docker compose, foreman
  /^[\w.-]{1,60} {0,20}\| /,
  /^[│┃] ?/,
];

/** The line's text, then the same without what names the package or the script that printed it. */
export function textsOf(text: string): readonly string[] {
  const texts = [text];
  let rest = text;
  for (let round = 0; round < 3; round++) {
    const found = prefixes.map((prefix) => prefix.exec(rest)?.[0]).find((prefix) => prefix !== undefined);
    if (found === undefined) break;
    rest = rest.slice(found.length);
    texts.push(rest);
  }
  return texts;
}
