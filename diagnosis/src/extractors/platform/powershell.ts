import type { Extractor, Sighting } from "../../extractor.ts";
import type { Category } from "../../categories.ts";
import type { View } from "../../reading/line-reader.ts";
import { failureFollows } from "./failure-mark.ts";

const recordKinds: readonly (readonly [RegExp, Category, string])[] = [
  [/CommandNotFoundException/, "config.toolchain", "PowerShell does not find the command"],
  [/ParserError|ParseException|ParentContainsErrorRecordException/, "config.workflow", "PowerShell cannot read the script"],
  [/ItemNotFoundException|PathNotFound|ObjectNotFound|FileNotFoundException/, "config.workflow", "A file that the script needs is not there"],
  [/UnauthorizedAccess|PermissionDenied/, "config.auth", "The script may not do this"],
];

/** An error record of PowerShell: the message stands above `At C:\x.ps1:3 char:1`, or behind `Line |` in new versions. */
export const powershell: Extractor = {
  name: "powershell",
  title: "PowerShell",
  keywords: [
    "is not recognized as a name of a cmdlet",
    "is not recognized as the name of a cmdlet",
    "fullyqualifiederrorid",
    "parsererror",
    "line |",
    "+ categoryinfo",
  ],
  open: () => (view) => read(view),
};

function read(view: View): Sighting | undefined {
  const { text } = view.line;
  const final = failureFollows(view, 30);
  if (/^(?:.{1,200} ?: )?.{0,20}The term '.{1,200}' is not recognized as (?:a|the) name of a cmdlet/.test(text))
    return { category: "config.toolchain", strength: final ? "cause" : "summary", reason: "PowerShell does not find the command" };
  if (text.startsWith("ParserError: "))
    return { category: "config.workflow", strength: final ? "cause" : "likely", reason: "PowerShell cannot read the script" };
  if (/^Line \|$/.test(text)) return recordOf(view, "", -1, final);
  const id = /^\s{2,8}\+ FullyQualifiedErrorId : (.{1,200})/.exec(text)?.[1];
  return id === undefined ? undefined : recordOf(view, `${id} ${view.at(-1)?.text ?? ""}`, headOf(view), final);
}

function recordOf(view: View, id: string, offset: number, final: boolean): Sighting | undefined {
  if (!final || offset === 0 || view.at(offset) === undefined) return undefined;
  const words = `${id} ${view.at(offset)?.text ?? ""}`;
  const kind = recordKinds.find(([pattern]) => pattern.test(words));
  return { category: kind?.[1] ?? "unknown", strength: "likely", reason: kind?.[2] ?? "PowerShell shows an error", offset };
}

/** Where an old record begins: the line above `At C:\x.ps1:3 char:1`. */
function headOf({ at }: View): number {
  for (let offset = -1; offset >= -12; offset--) {
    const text = at(offset)?.text;
    if (text === undefined || text.trim() === "") return 0;
    if (/^At (?:line|[A-Z]:|\/).{0,300}:\d+ char:\d+/.test(text)) return offset - 1;
  }
  return 0;
}
