import { lowerCase } from '../domain/normalize-text.ts';

/** Colours of text and backgrounds, as far as it matters whether the two are the same. */

/** `unknown`: a picture, a gradient or a notation that isn't read; `clear`: fully transparent. */
export type Colour = readonly [red: number, green: number, blue: number] | 'unknown' | 'clear';

export const WHITE: Colour = [255, 255, 255];

const NAMES: Readonly<Record<string, Colour>> = {
  white: WHITE,
  black: [0, 0, 0],
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  whitesmoke: [245, 245, 245],
  gray: [128, 128, 128],
  grey: [128, 128, 128],
  silver: [192, 192, 192],
  lightgray: [211, 211, 211],
  lightgrey: [211, 211, 211],
  red: [255, 0, 0],
  green: [0, 128, 0],
  blue: [0, 0, 255],
  navy: [0, 0, 128],
  yellow: [255, 255, 0],
  transparent: 'clear',
};
/** Words that leave the colour as it is. */
const UNSET = /^(?:inherit|unset|revert|currentcolor|none|auto)$/;
const HEX = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/;
const RGB = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:\s*[,/]\s*([\d.]{1,6})%?)?\s*\)$/;

/** @param value of a `color` or an attribute @returns null when the value sets no colour */
export function colourOf(value: string): Colour | null {
  const text = lowerCase(value.trim(), 100);
  if (text === '' || UNSET.test(text)) return null;
  const named = NAMES[text];
  if (named !== undefined) return named;
  const rgb = RGB.exec(text);
  if (rgb) return Number(rgb[4] ?? 1) === 0 ? 'clear' : [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])];
  const hex = HEX.exec(text)?.[1];
  return hex === undefined ? 'unknown' : colourOfHex(hex);
}

function colourOfHex(hex: string): Colour {
  const digits = hex.length <= 4 ? Array.from(hex, (digit) => digit + digit) : (hex.match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0, alpha = 255] = digits.map((pair) => Number.parseInt(pair, 16));
  return alpha === 0 ? 'clear' : [red, green, blue];
}

/** @param value of a `background` or `background-color` @returns null when the value sets no background */
export function backgroundOf(value: string): Colour | null {
  const text = lowerCase(value.trim(), 200);
  if (/url\(|gradient|image/.test(text)) return 'unknown';
  const token = /rgba?\([^)]{1,60}\)|#[0-9a-f]{3,8}\b|[a-z-]{3,30}/.exec(text)?.[0] ?? '';
  const colour = colourOf(token);
  return colour === 'clear' ? null : colour;
}

/** The most that two colours differ by, in each of red, green and blue, if people can't tell them apart. */
const INVISIBLE_DIFFERENCE = 4;

/** Whether text of this colour can't be seen on this background. */
export function isUnseenOn(text: Colour, background: Colour): boolean {
  if (text === 'clear') return true;
  if (text === 'unknown' || background === 'unknown' || background === 'clear') return false;
  return text.every((part, nth) => Math.abs(part - (background[nth] ?? 0)) <= INVISIBLE_DIFFERENCE);
}
