import { InvalidArgumentError } from "commander";

/** For options and arguments that are ids or amounts. Throws InvalidArgumentError. */
export function parsePositive(text: string): number {
  const value = parseWhole(text);
  if (value < 1) throw new InvalidArgumentError("It must be a whole number from 1 up.");
  return value;
}

/** The same with 0. */
export function parseWhole(text: string): number {
  const value = Number(text);
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(value)) throw new InvalidArgumentError("It must be a whole number.");
  return value;
}
