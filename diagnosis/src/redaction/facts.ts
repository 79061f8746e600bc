import type { JobFacts } from "../diagnosis.ts";
import { maximumTextLength } from "../reading/line-text.ts";
import { redactText } from "./stream.ts";

/** Facts without the secrets that names of steps and annotations hold: what an annotation says may become the cause, no longer than a line. */
export function redactFacts({ steps, annotations, ...facts }: JobFacts): JobFacts {
  return {
    ...facts,
    ...(steps === undefined ? {} : { steps: steps.map((step) => Object.assign({}, step, { name: redactText(step.name) })) }),
    ...(annotations === undefined
      ? {}
      : { annotations: annotations.map((one) => Object.assign({}, one, { message: redactText(one.message).slice(0, maximumTextLength) })) }),
  };
}
