/** Names that ZAP gave an alert before the one it has now, by the plugin that finds it. */
const formerNames: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    "10015",
    new Map([
      ["incomplete or no cache-control and pragma http header set", "re-examine cache-control directives"],
      ["incomplete or no cache-control header set", "re-examine cache-control directives"],
    ]),
  ],
  [
    "10020",
    new Map([
      ["x-frame-options header not set", "missing anti-clickjacking header"],
      ["x-frame-options header missing", "missing anti-clickjacking header"],
    ]),
  ],
]);

/** An alert's name as a part of its identity: the same one over the versions of ZAP that write it differently. */
export function stableName(plugin: string | null, name: string): string {
  const lower = name
    .trim()
    .toLowerCase()
    .replace(/^csp scanner: /, "csp: ");
  return formerNames.get(plugin ?? "")?.get(lower) ?? lower;
}

/** The plugin's number: `10020` of the alert `10020-1`. Versions before 2.11 write the number alone. */
export function pluginOf(pluginId: string | null, alertRef: string | null): string | null {
  return pluginId ?? /^(-?\d+)(?:-\d+)?$/.exec(alertRef ?? "")?.[1] ?? alertRef;
}

/** Numbers that ZAP gives to the findings of all scripts, and to those made by hand. */
const firstScriptPlugin = 50_000;
const lastScriptPlugin = 50_003;

/** ZAP's own page on an alert; null where it has none. */
export function helpPage(plugin: string | null, alertRef: string | null): string | null {
  const number = /^\d{1,6}$/.test(plugin ?? "") ? Number(plugin) : 0;
  if (number === 0 || (number >= firstScriptPlugin && number <= lastScriptPlugin)) return null;
  const page = /^\d{1,6}-\d{1,3}$/.test(alertRef ?? "") ? alertRef : plugin;
  return `https://www.zaproxy.org/docs/alerts/${page}/`;
}
