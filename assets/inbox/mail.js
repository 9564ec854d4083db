import { h } from './dom.js';
import DOMPurify from './purify.mjs';

/**
 * Shows the HTML of a mail behind three protections: it is sanitised, it is in a frame whose sandbox allows no scripts and
 * no forms, and the frame's Content-Security-Policy allows no content of other origins. The mail's own styles and colours
 * are removed, so that it looks like the rest of the page.
 */
const PURIFY_OPTIONS = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: [
    'style',
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'option',
    'audio',
    'video',
    'source',
    'dialog',
  ],
  FORBID_ATTR: ['style', 'class', 'id', 'srcset', 'background', 'bgcolor', 'color', 'face', 'width', 'height', 'name'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};
const STYLE = new URL('mail.css', import.meta.url).href;
const POLICY = `default-src 'none'; img-src data:; style-src ${STYLE}; form-action 'none'; base-uri 'none'`;
/** `allow-same-origin` lets this page measure the frame; without `allow-scripts` nothing in the frame can use it. */
const SANDBOX = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

let hidden = 0;
DOMPurify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName === 'A' && node.hasAttribute('href')) {
    node.setAttribute('target', '_blank');
    node.setAttribute('rel', 'noopener noreferrer');
    node.setAttribute('title', node.getAttribute('href'));
  } else node.removeAttribute('target');
  if (node.tagName === 'IMG' && !/^data:image\//i.test(node.getAttribute('src') ?? '')) {
    hidden += 1;
    node.removeAttribute('src');
  }
});

/** @returns {{html: string, hiddenImages: number}} */
export function sanitise(html) {
  hidden = 0;
  const clean = DOMPurify.sanitize(html, PURIFY_OPTIONS);
  return { html: clean, hiddenImages: hidden };
}

/** @returns the frame, and a hint about hidden images or false */
export function mailFrame(html, title) {
  const { html: clean, hiddenImages } = sanitise(html);
  const frame = h('iframe', { className: 'mail', sandbox: SANDBOX, title, referrerpolicy: 'no-referrer' });
  frame.addEventListener('load', () => fitHeight(frame));
  frame.srcdoc = [
    '<!doctype html><html lang=""><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    `<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="${STYLE}">`,
    `</head><body>${clean}</body></html>`,
  ].join('');
  const imageHint =
    hiddenImages > 0 &&
    h('p', { className: 'hint' }, `${hiddenImages === 1 ? 'An image was' : `${hiddenImages} images were`} not loaded.`);
  return [frame, imageHint];
}

/** Sets the height of the frame to its content's, also when the window is resized. */
function fitHeight(frame) {
  const body = frame.contentDocument?.body;
  if (!body) return;
  const set = () => {
    frame.style.height = `${Math.ceil(body.getBoundingClientRect().height) + 2}px`;
  };
  set();
  new ResizeObserver(set).observe(body);
}
