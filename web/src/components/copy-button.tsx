import { useEffect, useState } from "react";
import { announce } from "../announcement.ts";
import { copyText } from "../clipboard.ts";
import { Icon } from "./icons.tsx";
import { Button } from "./ui/button.tsx";
import { classes } from "./ui/classes.ts";

const confirmedForMs = 1_600;

function useCopy(text: string, onCopied?: () => void): { state: "idle" | "copied" | "failed"; copy(): void } {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), confirmedForMs);
    return () => clearTimeout(timer);
  }, [state]);
  function copy(): void {
    void copyText(text).then((hasCopied) => {
      setState(hasCopied ? "copied" : "failed");
      announce(hasCopied ? "Copied." : "Could not copy; select the text and copy it by hand.");
      if (hasCopied) onCopied?.();
    });
  }
  return { state, copy };
}

const words = { idle: "Copy", copied: "Copied", failed: "Not copied" } as const;

/** Copies a text and says so. `what` makes the accessible name: "Copy commit". */
export function CopyButton({
  text,
  what,
  look = "plain",
  onCopied,
}: {
  text: string;
  what: string;
  look?: "plain" | "primary" | "quiet";
  onCopied?: () => void;
}) {
  const { state, copy } = useCopy(text, onCopied);
  return (
    <Button look={look} size="sm" icon={state === "copied" ? "check" : "copy"} aria-label={`${words[state]} ${what}`} onClick={copy}>
      {words[state]}
    </Button>
  );
}

/** The same, small, beside what it copies. */
export function CopyMark({ text, what, className }: { text: string; what: string; className?: string }) {
  const { state, copy } = useCopy(text);
  return (
    <button
      type="button"
      aria-label={`${words[state]} ${what}`}
      data-hint={`${words[state]} ${what}`}
      className={classes("inline-flex size-6 items-center justify-center rounded-sm text-ink-faint hover:bg-sunken hover:text-ink", className)}
      onClick={copy}
    >
      <Icon name={state === "copied" ? "check" : "copy"} className="size-3.5" />
    </button>
  );
}
