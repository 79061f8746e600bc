/** One thing that was looked at. */
export type Check = {
  /** What it is about; stable, for scripts. */
  name: string;
  state: "good" | "warning" | "wrong";
  /** What was found. */
  finding: string;
  /** What to do, where something is to be done; may have several lines. */
  fix: string | null;
};

export function good(name: string, finding: string): Check {
  return { name, state: "good", finding, fix: null };
}

export function warning(name: string, finding: string, fix: string): Check {
  return { name, state: "warning", finding, fix };
}

export function wrong(name: string, finding: string, fix: string): Check {
  return { name, state: "wrong", finding, fix };
}
