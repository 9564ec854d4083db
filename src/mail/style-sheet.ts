import { lowerCase } from '../domain/normalize-text.ts';
import { type Attributes, combineEffects, type Effects, effectsOfStyle, NO_EFFECTS } from './hidden-text.ts';

/**
 * The rules of a mail's `<style>` elements, as far as they hide text or set colours. Reads selectors of one element
 * only, such as `.preheader` and `td.x`, and no rules inside `@media`, which apply to some screens. The work is bounded,
 * which is why no library does it: of hostile sheets of 64 KiB, css-tree reads one in 3 s, PostCSS refuses most, and a
 * tokenizer takes 40 ms where this takes 4.
 */

/** UTF-16 units of all style elements together that are read. */
const MAX_LENGTH = 64 * 1024;
const MAX_SHEETS = 30;
const MAX_RULES = 2_000;
const MAX_SELECTORS = 4_000;
/** Rules with several conditions that are kept for each class, id or element name. */
const MAX_COMPOUND = 4;
const MAX_CLASSES = 8;
/** Combinations of an element's name, id and classes that are looked up; mails have a few dozen. */
const MAX_COMBINATIONS = 1_000;

const SIMPLE = /^([a-z][a-z0-9]{0,20})?((?:[.#][\w-]{1,80}){0,4})$/i;
const PART = /[.#][\w-]{1,80}/g;
const HAS_BACKGROUND = /background/i;
const IS_RELEVANT = /none|hid|collapse|opacity|height|width|font|color|background|indent|left|top|clip|scale/i;

interface Layers {
  normal: Effects;
  important: Effects;
}
const NO_LAYERS: Layers = { normal: NO_EFFECTS, important: NO_EFFECTS };
type Compound = { name: string; parts: readonly string[]; layers: Layers };

export class StyleSheet {
  readonly #single = new Map<string, Layers>();
  readonly #compound = new Map<string, Compound[]>();
  /** Names, classes and ids to which a selector of several elements may give a background. */
  readonly #backgrounds = new Set<string>();
  readonly #cache = new Map<string, Layers>();
  #length = 0;
  #sheets = 0;
  #rules = 0;
  #selectors = 0;

  get isEmpty(): boolean {
    return this.#rules === 0;
  }

  /** Adds the text of a style element. Takes linear time. */
  add(text: string): void {
    this.#sheets += 1;
    if (this.#sheets > MAX_SHEETS || !IS_RELEVANT.test(text)) return;
    const css = text
      .slice(0, MAX_LENGTH - this.#length)
      .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ')
      .replace(/<!--|-->/g, ' ');
    this.#length += css.length;
    this.#cache.clear();
    for (let at = 0; at < css.length && this.#rules < MAX_RULES && this.#selectors < MAX_SELECTORS; ) {
      const open = css.indexOf('{', at);
      if (open === -1) return;
      const selector = css.slice(at, open);
      if (/(?:^|[;}\s])@[\w-]+[^;{}]*$/.test(selector.slice(-500))) {
        at = endOfBlock(css, open);
        continue;
      }
      const close = css.indexOf('}', open);
      const end = close === -1 ? css.length : close;
      this.#addRule(selector.slice(selector.lastIndexOf(';') + 1), css.slice(open + 1, end));
      at = end + 1;
    }
  }

  /** The effects on an element of the rules without and with `!important`. */
  layersOf(name: string, { id, class: classes }: Attributes): Layers {
    if (this.isEmpty) return NO_LAYERS;
    const key = `${name} ${id ?? ''} ${classes ?? ''}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    if (this.#cache.size >= MAX_COMBINATIONS || key.length > 500) return NO_LAYERS;
    const layers = this.#findLayers(name, id, classes);
    this.#cache.set(key, layers);
    return layers;
  }

  #findLayers(name: string, id: string | undefined, classes: string | undefined): Layers {
    const named = (classes ?? '').slice(0, 1_000).split(/\s+/, MAX_CLASSES).filter(Boolean);
    const parts = [...named.map((one) => `.${one}`), ...(id ? [`#${id.slice(0, 100)}`] : [])];
    let layers = NO_LAYERS;
    // Weaker selectors first: names of elements, classes, ids.
    for (const key of [name, ...parts]) {
      layers = combineLayers(layers, this.#single.get(key));
      for (const rule of this.#compound.get(key) ?? [])
        if ((rule.name === '' || rule.name === name) && rule.parts.every((part) => parts.includes(part)))
          layers = combineLayers(layers, rule.layers);
      if (this.#backgrounds.has(key))
        layers = combineLayers(layers, { normal: { ...NO_EFFECTS, background: 'unknown' }, important: NO_EFFECTS });
    }
    return layers;
  }

  #addRule(selectors: string, declarations: string): void {
    this.#rules += 1;
    const layers = layersOfDeclarations(declarations);
    if (layers === NO_LAYERS) return;
    for (const selector of selectors.slice(0, 20_000).split(',')) {
      this.#selectors += 1;
      if (this.#selectors > MAX_SELECTORS) return;
      this.#addSelector(selector.trim().slice(0, 300), layers, HAS_BACKGROUND.test(declarations));
    }
  }

  #addSelector(selector: string, layers: Layers, hasBackground: boolean): void {
    const simple = SIMPLE.exec(selector);
    if (simple === null || selector === '') {
      if (hasBackground) this.#addBackground(selector);
      return;
    }
    const name = lowerCase(simple[1] ?? '', 30);
    const parts = simple[2]?.match(PART) ?? [];
    const key = parts.at(-1) ?? name;
    if (parts.length + (name === '' ? 0 : 1) === 1) this.#single.set(key, combineLayers(this.#single.get(key), layers));
    else {
      const rules = this.#compound.get(key) ?? [];
      if (rules.length < MAX_COMPOUND) this.#compound.set(key, [...rules, { name, parts, layers }]);
    }
  }

  #addBackground(selector: string): void {
    const last = /[^\s>+~]+$/.exec(selector)?.[0] ?? '';
    if (last.includes(':')) return;
    const parts = last.match(PART) ?? [];
    for (const part of parts.length > 0 ? parts : [lowerCase(last, 100)]) this.#backgrounds.add(part);
  }
}

function layersOfDeclarations(declarations: string): Layers {
  const normal = effectsOfStyle(declarations.slice(0, 2_000));
  if (normal === NO_EFFECTS) return NO_LAYERS;
  if (!declarations.includes('!')) return { normal, important: NO_EFFECTS };
  const important = declarations
    .slice(0, 2_000)
    .split(';')
    .filter((one) => /!\s*important/i.test(one));
  return { normal, important: effectsOfStyle(important.join(';')) };
}

function combineLayers(weaker: Layers | undefined, stronger: Layers | undefined): Layers {
  if (weaker === undefined || weaker === NO_LAYERS) return stronger ?? NO_LAYERS;
  if (stronger === undefined || stronger === NO_LAYERS) return weaker;
  return {
    normal: combineEffects(weaker.normal, stronger.normal),
    important: combineEffects(weaker.important, stronger.important),
  };
}

/** The position after the block that begins at `open`, with the blocks inside it. */
function endOfBlock(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at += 1) {
    if (css[at] === '{') depth += 1;
    else if (css[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return css.length;
}
