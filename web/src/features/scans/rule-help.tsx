import { Folded } from "../../components/folded.tsx";
import { Part } from "../../components/part.tsx";
import type { RuleView } from "./finding-detail.ts";

/** A longer help is folded. */
const longestOpen = 600;

/** What the tool says of the rule, as text: it may be Markdown or anything else. */
export function RuleHelp({ rule, said }: { rule: RuleView; said: readonly (string | null)[] }) {
  const text = rule.text !== null && !said.includes(rule.text) ? rule.text : null;
  if (text === null && (rule.name === null || said.includes(rule.name))) return null;
  const words = <p className="break-words whitespace-pre-line text-ink-soft">{text}</p>;
  return (
    <Part name="About the rule">
      {rule.name !== null && <p className="mb-1 font-medium break-words">{rule.name}</p>}
      {text !== null &&
        (text.length <= longestOpen ? words : <Folded summary={<span className="truncate">{text.trimStart().split("\n", 1)[0]}</span>}>{words}</Folded>)}
    </Part>
  );
}
