import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { Icon, type IconName } from "../icons.tsx";
import { classes } from "./classes.ts";

type Look = "primary" | "plain" | "quiet" | "danger";

const looks: Record<Look, string> = {
  primary: "bg-accent text-on-accent border-transparent hover:bg-accent-hover",
  plain: "bg-surface text-ink border-line hover:bg-sunken",
  quiet: "bg-transparent text-ink-soft border-transparent hover:bg-sunken hover:text-ink",
  danger: "bg-surface text-bad border-line hover:bg-bad-soft",
};

/** The classes of a button, for links that look like one. */
export function buttonClasses(look: Look = "plain", size: "md" | "sm" = "md"): string {
  return classes(
    "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none disabled:opacity-55 disabled:cursor-not-allowed",
    size === "md" ? "h-8 px-3 text-sm" : "h-7 px-2 text-xs",
    looks[look],
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: Look;
  size?: "md" | "sm";
  icon?: IconName;
  ref?: Ref<HTMLButtonElement>;
  children?: ReactNode;
};

export function Button({ look = "plain", size = "md", icon, children, className, type = "button", ...rest }: ButtonProps) {
  return (
    <button type={type} className={classes(buttonClasses(look, size), className)} {...rest}>
      {icon !== undefined && <Icon name={icon} className="size-3.5" />}
      {children}
    </button>
  );
}

type IconButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** What it does: the accessible name, and the hint beside the key. */
  label: string;
  icon: IconName;
  /** As a person reads it, e.g. "Ctrl K". */
  keyHint?: string | undefined;
  /** As `aria-keyshortcuts` writes it, e.g. "Control+K". */
  keyShortcut?: string | undefined;
  hintSide?: "left" | "right";
  ref?: Ref<HTMLButtonElement>;
};

/** A button that shows only an icon; its words and its key are in the hint. */
export function IconButton({ label, icon, keyHint, keyShortcut, hintSide, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={keyShortcut ?? keyHint}
      data-hint={keyHint === undefined ? label : `${label}   ${keyHint}`}
      data-hint-side={hintSide}
      className={classes(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink disabled:opacity-50",
        className,
      )}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
