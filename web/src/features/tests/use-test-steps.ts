import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { announce } from "../../announcement.ts";
import { useKeys } from "../../keys.ts";

/** A test that stands in a list; `branch` where the list holds several. */
type Step = { id: number; branch?: string | undefined };

/** Goes from test to test by `j` and `k`; `sought` is the one that was gone to last. */
export function useTestSteps(tests: readonly Step[], selected: number | undefined): { goTo(step: 1 | -1): void; sought: Step | null } {
  const navigate = useNavigate();
  const [sought, setSought] = useState<Step | null>(null);
  // Two presses may come faster than the address is read again.
  const at = useRef(selected);
  useEffect(() => {
    at.current = selected;
  }, [selected]);
  function goTo(step: 1 | -1): void {
    const from = tests.findIndex((test) => test.id === at.current);
    const next = tests[from < 0 ? (step === 1 ? 0 : tests.length - 1) : from + step];
    if (next === undefined) return announce(step === 1 ? "No further test." : "No test above.");
    at.current = next.id;
    setSought(next);
    void navigate({
      to: ".",
      search: (previous) => ({ ...previous, test: next.id, on: next.branch }),
      replace: selected !== undefined,
      resetScroll: false,
    });
  }
  useKeys([
    { key: "j", label: "Next test", run: () => goTo(1) },
    { key: "k", label: "Previous test", run: () => goTo(-1) },
  ]);
  return { goTo, sought };
}
