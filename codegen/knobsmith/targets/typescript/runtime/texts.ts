/** The grammar of numbers on the wire, and the lengths of texts. */

const LARGEST_INTEGER = Number.MAX_SAFE_INTEGER;
const LONGEST_NUMBER = 64;
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const NOT_LATIN = /[\u0100-\uffff]/;
const [MINUS, PLUS, POINT, ZERO, LARGE_E, SMALL_E] = [45, 43, 46, 48, 69, 101] as const;
// So many digits, and powers of ten, are exact in a double; one operation on them rounds once, as reading has to.
const EXACT_DIGITS = 15;
const POWERS = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
] as const;

/** The integer that a text stands for, `-?(0|[1-9][0-9]*)` within 2^53 - 1; NaN if it is none. */
export function integerOf(text: unknown): number {
  if (typeof text !== "string") return NaN;
  const end = text.length;
  const isNegative = text.charCodeAt(0) === MINUS;
  let at = isNegative ? 1 : 0;
  if (at >= end || end > 17) return NaN;
  if (text.charCodeAt(at) === ZERO) return end === at + 1 ? 0 : NaN;
  let value = 0;
  for (; at < end; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  if (value > LARGEST_INTEGER) return NaN;
  return isNegative ? -value : value;
}

/** The number that a text stands for, by the grammar of JSON; NaN if it is none, or not finite. */
export function numberOf(text: unknown): number {
  if (typeof text !== "string") return NaN;
  const end = text.length;
  if (end > LONGEST_NUMBER) return NaN;
  const isNegative = text.charCodeAt(0) === MINUS;
  let at = isNegative ? 1 : 0;
  let digits = 0;
  let whole = 0;
  const first = text.charCodeAt(at) - ZERO;
  if (first === 0) {
    at++;
  } else {
    for (let digit = first; digit >= 0 && digit <= 9; digit = text.charCodeAt(++at) - ZERO) {
      whole = whole * 10 + digit;
      digits++;
    }
    if (digits === 0) return NaN;
  }
  let exponent = 0;
  if (text.charCodeAt(at) === POINT) {
    const start = ++at;
    for (let digit = text.charCodeAt(at) - ZERO; digit >= 0 && digit <= 9; digit = text.charCodeAt(++at) - ZERO) {
      whole = whole * 10 + digit;
      if (whole !== 0) digits++;
    }
    exponent = start - at;
    if (exponent === 0) return NaN;
  }
  if (at < end) {
    const power = exponentAt(text, at);
    if (power !== power) return NaN;
    exponent += power;
  }
  if (whole === 0 && digits === 0) return 0;
  if (digits > EXACT_DIGITS || exponent > 22 || exponent < -22) return finite(Number(text));
  // eslint-disable-next-line @typescript-eslint/no-non-null-assertion -- no power is larger
  const value = exponent < 0 ? whole / POWERS[-exponent]! : whole * POWERS[exponent]!;
  return isNegative ? -value : value;
}

/** The exponent that ends a text, `[eE][+-]?[0-9]+`; NaN if something else stands there. */
function exponentAt(text: string, start: number): number {
  const mark = text.charCodeAt(start);
  if (mark !== SMALL_E && mark !== LARGE_E) return NaN;
  let at = start + 1;
  const sign = text.charCodeAt(at);
  if (sign === PLUS || sign === MINUS) at++;
  if (at >= text.length) return NaN;
  let value = 0;
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return sign === MINUS ? -value : value;
}

/** A number of the language, which has no -0; NaN if it is not finite. */
export function finite(value: unknown): number {
  return typeof value === "number" && value - value === 0 ? value + 0 : NaN;
}

/** An integer of the language, or NaN. */
export function safeInteger(value: unknown): number {
  return Number.isSafeInteger(value) ? (value as number) + 0 : NaN;
}

/** Whether a text holds no lone surrogate. */
export function isUnicode(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}

/** The code points of a text, or the items of a list. */
export function lengthOf(value: string | readonly unknown[]): number {
  if (typeof value !== "string" || !NOT_LATIN.test(value)) return value.length;
  let count = 0;
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  return count;
}

/** The first code points of a text. */
export function start(text: string, count: number): string {
  return Array.from(text.slice(0, 2 * count))
    .slice(0, count)
    .join("");
}

/** Which of two texts comes first, code point by code point. */
export function compareTexts(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    const difference = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Halves of pairs stand for code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** A text without spaces around it; other white space stays. */
export function stripped(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && text[from] === " ") from++;
  while (to > from && text[to - 1] === " ") to--;
  return text.slice(from, to);
}

/** A text of which nothing is to be said. */
export function plainText(input: unknown): string | undefined {
  return typeof input === "string" && isUnicode(input) ? input : undefined;
}
