import { colord, extend } from 'colord';
import names from 'colord/plugins/names';
import { lowerCase } from '../domain/normalize-text.ts';

/** Colours of text and backgrounds, as far as it matters whether the two are the same. */

extend([names]);

/** `unknown`: a picture, a gradient or a notation that isn't read; `clear`: fully transparent. */
export type Colour = readonly [red: number, green: number, blue: number] | 'unknown' | 'clear';

export const WHITE: Colour = [255, 255, 255];

/** Words that leave the colour as it is. */
const UNSET = /^(?:inherit|unset|revert|currentcolor|none|auto)$/;
const HEX_WITHOUT_SIGN = /^[0-9a-f]{3,8}$/;

/** @param value of a `color` or an attribute @returns null when the value sets no colour */
export function colourOf(value: string): Colour | null {
  const text = lowerCase(value.trim(), 100);
  if (text === '' || UNSET.test(text)) return null;
  const read = colord(text);
  const colour = !read.isValid() && HEX_WITHOUT_SIGN.test(text) ? colord(`#${text}`) : read;
  if (!colour.isValid()) return 'unknown';
  const { r, g, b, a } = colour.toRgb();
  return a === 0 ? 'clear' : [r, g, b];
}

/** @param value of a `background` or `background-color` @returns null when the value sets no background */
export function backgroundOf(value: string): Colour | null {
  const text = lowerCase(value.trim(), 200);
  if (/url\(|gradient|image/.test(text)) return 'unknown';
  const token = /(?:rgb|hsl)a?\([^)]{1,60}\)|#[0-9a-f]{3,8}\b|[a-z-]{3,30}/.exec(text)?.[0] ?? '';
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
