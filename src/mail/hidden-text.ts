/** Detects text that HTML hides from people: with a whole element, or until a nested element shows it again. */

export type Attributes = Record<string, string>;

/** Elements whose content is never shown. */
const UNSEEN = new Set(
  'script style title template noscript object embed applet iframe svg math select textarea audio video canvas map'.split(
    ' ',
  ),
);
const HIDING_STYLE =
  /display\s*:\s*none|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:[;!]|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|$)/i;

/** Whether an element hides all of its content. */
export function isHidden(name: string, { hidden, style }: Attributes): boolean {
  return UNSEEN.has(name) || hidden !== undefined || (style !== undefined && HIDING_STYLE.test(style));
}

/** Newsletters have wrappers with font size 0, in which the visible text has a size of its own. */
const NO_SIZE =
  /font-size\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%|in|mm|cm|vw)?\s*(?:[;!]|$)|font\s*:\s*(?:[a-z]{1,10}\s+){0,3}0(?:\.0+)?(?:px|pt|r?em|%)?[\s/]/i;
const OWN_SIZE =
  /font(?:-size)?\s*:[^;]{0,100}?(?:[1-9]\d*(?:\.\d+)?|0?\.\d*[1-9]\d*)(?:px|pt|pc|cm|mm|in|rem|vw|vh)|font-size\s*:\s*(?:xx?-small|small|medium|large|xx?-large|initial|unset|revert)/i;
const LONGEST_STYLE = 2_000;

/** Properties that children inherit and can override; null where the element doesn't set them. */
export interface Inherited {
  isSizeless: boolean | null;
  isInvisible: boolean | null;
}

const UNSET: Inherited = { isSizeless: null, isInvisible: null };

export function inheritedOf(name: string, { style, size }: Attributes): Inherited {
  const isSized = name === 'font' && size !== undefined;
  if (style === undefined) return isSized ? { isSizeless: false, isInvisible: null } : UNSET;
  const visibility = /visibility\s*:\s*(hidden|collapse|visible)/i.exec(style)?.[1];
  return {
    isSizeless: isSized ? false : sizelessOf(style),
    isInvisible: visibility === undefined ? null : !/visible/i.test(visibility),
  };
}

function sizelessOf(style: string): boolean | null {
  if (!/font/i.test(style)) return null;
  const beginning = style.slice(0, LONGEST_STYLE);
  if (NO_SIZE.test(beginning)) return true;
  return OWN_SIZE.test(beginning) ? false : null;
}
