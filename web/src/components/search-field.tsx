import { useEffect, useRef, useState } from "react";
import { useKeys } from "../keys.ts";
import { Icon } from "./icons.tsx";
import { classes } from "./ui/classes.ts";

/** After so long without another letter the list is asked for. */
const settleMs = 250;
const longest = 200;

type SearchFieldProps = { label: string; placeholder: string; value: string; onChange(text: string): void; className?: string };

/** A search of what is on the page, reached by `/`; Esc empties it, then leaves it. */
export function SearchField({ label, placeholder, value, onChange, className }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const told = useRef(value);
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  });
  function focus(): void {
    input.current?.focus();
    input.current?.select();
  }
  useKeys([{ key: "/", label, run: focus }]);

  // Changed from elsewhere: by Back, or by a filter that was taken away.
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);

  useEffect(() => {
    const next = text.trim();
    if (next === told.current) return;
    const timer = setTimeout(() => {
      told.current = next;
      change.current(next);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className={classes("relative", className)}>
      <Icon name="search" className="pointer-events-none absolute top-[7px] left-2 size-3.5 text-ink-faint" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        aria-keyshortcuts="/"
        title={`${label} ( / )`}
        placeholder={placeholder}
        maxLength={longest}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          if (text === "") event.currentTarget.blur();
          else setText("");
        }}
        autoComplete="off"
        spellCheck={false}
        className="h-7 w-full rounded-md border border-line bg-surface pr-7 pl-7 text-xs placeholder:text-ink-faint hover:border-line-strong [&::-webkit-search-cancel-button]:hidden"
      />
      <kbd className="pointer-events-none absolute top-[5px] right-2 rounded-sm border border-line px-1 font-sans text-2xs text-ink-faint" aria-hidden="true">
        /
      </kbd>
    </div>
  );
}
