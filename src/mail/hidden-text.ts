import { backgroundOf, type Colour, colourOf } from './colours.ts';

/** Detects text that HTML hides from people: with a whole element, or until a nested element shows it again. */

export type Attributes = Record<string, string>;

/** Elements whose content is never shown. */
const UNSEEN = new Set(
  'script style title template noscript object embed applet iframe svg math select textarea audio video canvas map'.split(
    ' ',
  ),
);

export function isUnseenElement(name: string, { hidden }: Attributes): boolean {
  return UNSEEN.has(name) || hidden !== undefined;
}

/** What a style says about its element's text; null where it says nothing. */
export interface Effects {
  /** Whether the element isn't displayed, with all of its content. */
  isUndisplayed: boolean | null;
  /** Whether the element has no size, is transparent or lies outside the page, with all of its content. */
  isCollapsed: boolean | null;
  /** Children inherit this one and those below, and can override them. */
  isSizeless: boolean | null;
  isInvisible: boolean | null;
  colour: Colour | null;
  background: Colour | null;
}

export const NO_EFFECTS: Effects = {
  isUndisplayed: null,
  isCollapsed: null,
  isSizeless: null,
  isInvisible: null,
  colour: null,
  background: null,
};

/** The effects of both styles; `stronger` decides where both say something. */
export function combineEffects(weaker: Effects, stronger: Effects): Effects {
  if (weaker === NO_EFFECTS) return stronger;
  if (stronger === NO_EFFECTS) return weaker;
  return {
    isUndisplayed: stronger.isUndisplayed ?? weaker.isUndisplayed,
    isCollapsed: stronger.isCollapsed ?? weaker.isCollapsed,
    isSizeless: stronger.isSizeless ?? weaker.isSizeless,
    isInvisible: stronger.isInvisible ?? weaker.isInvisible,
    colour: stronger.colour ?? weaker.colour,
    background: stronger.background ?? weaker.background,
  };
}

/** Newsletters have wrappers with font size 0, in which the visible text has a size of its own. */
const NO_SIZE =
  /font-size\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%|in|mm|cm|vw)?\s*(?:[;!]|$)|font\s*:\s*(?:[a-z]{1,10}\s+){0,3}0(?:\.0+)?(?:px|pt|r?em|%)?[\s/]/i;
const OWN_SIZE =
  /font(?:-size)?\s*:[^;]{0,100}?(?:[1-9]\d*(?:\.\d+)?|0?\.\d*[1-9]\d*)(?:px|pt|pc|cm|mm|in|rem|vw|vh)|font-size\s*:\s*(?:xx?-small|small|medium|large|xx?-large|initial|unset|revert)/i;
const LONGEST_STYLE = 2_000;

const UNDISPLAYED = /display\s*:\s*none|mso-hide\s*:\s*all/i;
const DISPLAYED = /(?:^|[;\s])display\s*:/i;
const COLLAPSED = [
  /max-height\s*:\s*0(?:px)?\s*(?:[;!]|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|$)/i,
  /text-indent\s*:\s*-\d{3,6}|(?:^|[;\s])(?:left|top|margin-left|margin-top)\s*:\s*-\d{4,6}(?:\.\d+)?(?:px|pt)/i,
  /clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)|clip-path\s*:\s*inset\(\s*(?:50|100)%|transform\s*:\s*scale\(\s*0\s*[,)]/i,
];
const NO_EXTENT = /(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*0(?:px|pt|em)?\s*(?:[;!]|$)/i;
const CUT_OFF = /overflow(?:-[xy])?\s*:\s*(?:hidden|clip)/i;
const EXTENDED = /(?:max-height|opacity)\s*:\s*(?:[1-9]|0?\.[1-9]|none|initial|auto)/i;
const VISIBILITY = /visibility\s*:\s*(hidden|collapse|visible)/i;
const COLOUR = /(?:^|[;\s])color\s*:\s*([^;!]{1,100})/i;
const BACKGROUND = /(?:^|[;\s])background(?:-color|-image)?\s*:\s*([^;!]{1,200})/i;
const RELEVANT = /display|mso-hide|height|opacity|indent|left|top|clip|transform|width|font|visib|color|background/i;

export function effectsOfStyle(style: string): Effects {
  if (!RELEVANT.test(style)) return NO_EFFECTS;
  const beginning = style.slice(0, LONGEST_STYLE);
  const visibility = VISIBILITY.exec(beginning)?.[1];
  const colour = COLOUR.exec(beginning)?.[1];
  const background = BACKGROUND.exec(beginning)?.[1];
  return {
    isUndisplayed: UNDISPLAYED.test(style) ? true : DISPLAYED.test(beginning) ? false : null,
    isCollapsed: collapsedOf(beginning),
    isSizeless: sizelessOf(beginning),
    isInvisible: visibility === undefined ? null : !/visible/i.test(visibility),
    colour: colour === undefined ? null : colourOf(colour),
    background: background === undefined ? null : backgroundOf(background),
  };
}

/** What every pattern of a collapsed element needs; most styles don't have it. */
const MAY_COLLAPSE = /opacity|max-height|overflow|:\s*-\d{3}|clip|scale/i;

function collapsedOf(style: string): boolean | null {
  if (!MAY_COLLAPSE.test(style)) return null;
  if (COLLAPSED.some((pattern) => pattern.test(style))) return true;
  if (NO_EXTENT.test(style) && CUT_OFF.test(style)) return true;
  return EXTENDED.test(style) ? false : null;
}

function sizelessOf(style: string): boolean | null {
  if (!/font/i.test(style)) return null;
  if (NO_SIZE.test(style)) return true;
  return OWN_SIZE.test(style) ? false : null;
}

/** The effects of HTML's own attributes, which are weaker than any style. */
export function effectsOfAttributes(name: string, attributes: Attributes): Effects {
  const { bgcolor, background } = attributes;
  const own = name === 'font' ? effectsOfFont(attributes) : name === 'a' && attributes.href ? LINK : NO_EFFECTS;
  if (bgcolor === undefined && background === undefined) return own;
  return { ...own, background: background ? 'unknown' : backgroundOf(hexWithSign(bgcolor ?? '')) };
}

/** A link has a colour of its own. */
const LINK: Effects = { ...NO_EFFECTS, colour: 'unknown' };

function effectsOfFont({ size, color }: Attributes): Effects {
  return {
    ...NO_EFFECTS,
    isSizeless: size === undefined ? null : false,
    colour: color === undefined ? null : colourOf(color),
  };
}

function hexWithSign(colour: string): string {
  return /^[0-9a-f]{6}$/i.test(colour.trim()) ? `#${colour.trim()}` : colour;
}
