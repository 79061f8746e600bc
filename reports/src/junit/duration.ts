/** Milliseconds in a unit that may stand behind the number; without one it is seconds. */
const units = new Map([
  ["", 1_000],
  ["s", 1_000],
  ["sec", 1_000],
  ["secs", 1_000],
  ["second", 1_000],
  ["seconds", 1_000],
  ["ms", 1],
  ["msec", 1],
  ["millis", 1],
  ["milliseconds", 1],
  ["us", 0.001],
  ["µs", 0.001],
  ["ns", 0.000_001],
  ["m", 60_000],
  ["min", 60_000],
]);

/** From here on (eleven days) a whole number can only be nanoseconds, as Go's durations are written. */
const leastNanoseconds = 1_000_000;
const mostMs = 1e12;
/** What nearly all of them are. */
const plainSeconds = /^\d{1,6}(?:\.\d*)?$/;

/**
 * A `time` in milliseconds: seconds (`0.5`, `1e-05`, `1,234.5`, `0,5`), with a unit (`12ms`) or as a clock (`0:01:02.5`).
 * Null for what is none, negative or beyond reason.
 */
export function durationMsOf(time: string | undefined): number | null {
  if (time === undefined) return null;
  const text = time.slice(0, 50).trim();
  const ms = plainSeconds.test(text) ? Number(text) * 1_000 : (clockMs(text) ?? quantityMs(text));
  return ms === null || !(ms >= 0 && ms <= mostMs) ? null : Math.round(ms * 1_000) / 1_000;
}

function clockMs(text: string): number | null {
  const [, hours = "0", minutes, seconds] = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)$/.exec(text) ?? [];
  if (minutes === undefined || seconds === undefined) return null;
  return (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds.replace(",", "."))) * 1_000;
}

function quantityMs(text: string): number | null {
  const [, digits, unit = ""] = /^(\+?[\d.,' \u00a0\u202f]*\d(?:e[+-]?\d+)?\.?)\s*([a-zµ]*)$/i.exec(text) ?? [];
  const factor = units.get(unit.toLowerCase());
  if (digits === undefined || factor === undefined) return null;
  const number = Number(plainNumber(digits.replaceAll(/[' \u00a0\u202f]/g, "")));
  const isNanoseconds = unit === "" && /^\d+$/.test(digits) && number >= leastNanoseconds;
  return isNanoseconds ? number / 1_000_000 : number * factor;
}

/** Where both signs stand the last one parts the fraction; a comma alone parts thousands when three digits follow each, and the number does not begin with 0. */
function plainNumber(digits: string): string {
  const comma = digits.lastIndexOf(",");
  const point = digits.lastIndexOf(".");
  if (comma === -1) return digits.indexOf(".") === point ? digits : digits.replaceAll(".", "");
  if (point > comma) return digits.replaceAll(",", "");
  if (point !== -1) return digits.replaceAll(".", "").replace(",", ".");
  return /^[1-9]\d{0,2}(?:,\d{3})+$/.test(digits) || digits.indexOf(",") !== comma ? digits.replaceAll(",", "") : digits.replace(",", ".");
}
