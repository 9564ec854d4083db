import { h } from './dom.js';
import DOMPurify from './purify.mjs';

/**
 * The HTML of a mail, made harmless three times over: sanitised; in a frame whose sandbox lets no script run and no form
 * be sent; under a policy that loads nothing from elsewhere. Its own styles and colours are left out, so that it reads
 * like the rest of the page.
 */
const CHOICE = {
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
  const clean = DOMPurify.sanitize(html, CHOICE);
  return { html: clean, hiddenImages: hidden };
}

/** @returns the frame and what is to be said about it */
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
  const told =
    hiddenImages > 0 &&
    h('p', { className: 'hint' }, `${hiddenImages === 1 ? 'An image was' : `${hiddenImages} images were`} not loaded.`);
  return [frame, told];
}

/** As high as what is in it, also after the window was made narrower. */
function fitHeight(frame) {
  const body = frame.contentDocument?.body;
  if (!body) return;
  const set = () => {
    frame.style.height = `${Math.ceil(body.getBoundingClientRect().height) + 2}px`;
  };
  set();
  new ResizeObserver(set).observe(body);
}
