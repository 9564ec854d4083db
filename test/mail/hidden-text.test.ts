import { describe, expect, it } from 'vitest';
import { fullTextOf, previewOf } from '../../src/mail/preview.ts';

/** Text that mails hide from people, and text that looks hidden and isn't. Add a body here that is read wrongly. */

const sheet = (css: string, body: string) =>
  `<html><head><style type="text/css">${css}</style></head><body>${body}</body></html>`;
const LUNCH = '<p>Lunch?</p>';

const HIDDEN: [how: string, body: string][] = [
  ['white text', `<div style="color:#ffffff">invoice overdue</div>${LUNCH}`],
  ['white by name', `<span style="color: white">invoice overdue</span>${LUNCH}`],
  ['white in three digits', `<span style="font-size:12px;color:#FFF">invoice overdue</span>${LUNCH}`],
  ['white as rgb()', `<span style="color:rgb(255, 255, 255) !important">invoice overdue</span>${LUNCH}`],
  ['nearly white', `<span style="color:#fefefe">invoice overdue</span>${LUNCH}`],
  ['a white font element', `<font color="white">invoice overdue</font>${LUNCH}`],
  ['white on a white body', `<body bgcolor="#ffffff"><font color="#FFFFFF">invoice overdue</font>${LUNCH}</body>`],
  ['grey on the same grey', `<td style="background:#f6f6f6"><div style="color:#f6f6f6">overdue</div>${LUNCH}</td>`],
  [
    'black on black',
    `<div style="background-color:#000;color:#fff"><span style="color:#000">overdue</span>${LUNCH}</div>`,
  ],
  ['transparent text', `<div style="color:transparent">invoice overdue</div>${LUNCH}`],
  ['rgba without alpha', `<div style="color:rgba(10,20,30,0)">invoice overdue</div>${LUNCH}`],
  ['white as hsl()', `<div style="color:hsl(0, 0%, 100%)">invoice overdue</div>${LUNCH}`],
  ['white in percents', `<div style="color:rgb(100%, 100%, 100%)">invoice overdue</div>${LUNCH}`],
  ['white, half of it', `<div style="color:rgb(255 255 255 / 50%)">invoice overdue</div>${LUNCH}`],
  ['a colour of a long name', `<td style="background:#663399"><b style="color:rebeccapurple">overdue</b>${LUNCH}</td>`],
  [
    'the same hsl() twice',
    `<td style="background:hsl(9,9%,9%)"><b style="color:hsl(9,9%,9%)">overdue</b>${LUNCH}</td>`,
  ],
  ['display', `<div style="display : none">invoice overdue</div>${LUNCH}`],
  ['visibility', `<div style="visibility:hidden">invoice overdue</div>${LUNCH}`],
  ['opacity', `<div style="opacity:0.0">invoice overdue</div>${LUNCH}`],
  ['mso-hide', `<div style="mso-hide:all">invoice overdue</div>${LUNCH}`],
  ['no maximal height', `<div style="max-height:0;overflow:hidden">invoice overdue</div>${LUNCH}`],
  ['no height', `<div style="height:0px;overflow:hidden">invoice overdue</div>${LUNCH}`],
  ['no width', `<div style="max-width:0;overflow:hidden;">invoice overdue</div>${LUNCH}`],
  ['outside the page', `<div style="position:absolute;left:-9999px">invoice overdue</div>${LUNCH}`],
  ['indented out of sight', `<div style="text-indent:-9999px">invoice overdue</div>${LUNCH}`],
  ['clipped', `<div style="position:absolute;clip:rect(0,0,0,0)">invoice overdue</div>${LUNCH}`],
  ['scaled away', `<div style="transform:scale(0)">invoice overdue</div>${LUNCH}`],
  ['the attribute', `<div hidden>invoice overdue</div>${LUNCH}`],
  ['a class', sheet('.preheader { display:none !important; }', `<div class="preheader">invoice overdue</div>${LUNCH}`)],
  ['one class of several', sheet('.a,.hide{display:none}', `<div class="x hide y">invoice overdue</div>${LUNCH}`)],
  ['an id', sheet('#pre{visibility:hidden}', `<div id="pre">invoice overdue</div>${LUNCH}`)],
  ['an element’s name', sheet('small{display:none}', `<small>invoice overdue</small>${LUNCH}`)],
  ['an element with a class', sheet('td.x{opacity:0}', `<table><td class="x">overdue</td><td>Lunch?</td></table>`)],
  ['two classes', sheet('.a.b{display:none}', `<div class="b a">invoice overdue</div>${LUNCH}`)],
  ['a white class', sheet('.pre{color:#fff}', `<div class="pre">invoice overdue</div>${LUNCH}`)],
  ['a class of size 0', sheet('.pre{font-size:0}', `<div class="pre">invoice overdue</div>${LUNCH}`)],
  [
    'after a media query',
    sheet(
      '@media (max-width:9px){.a{color:red}.b{color:red}} .pre{display:none}',
      `<div class="pre">overdue</div>${LUNCH}`,
    ),
  ],
  [
    'after a comment',
    sheet('<!-- /* {display:block} */ .pre{display:none} -->', `<div class="pre">overdue</div>${LUNCH}`),
  ],
  ['after an import', sheet("@import url('x.css'); .pre{display:none}", `<div class="pre">overdue</div>${LUNCH}`)],
  [
    'in a second sheet',
    `<style>.x{color:red}</style><style>.pre{display:none}</style><div class="pre">overdue</div>${LUNCH}`,
  ],
  ['a later rule', sheet('.pre{display:block}.pre{display:none}', `<div class="pre">overdue</div>${LUNCH}`)],
  [
    'important above the element’s own style',
    sheet('.pre{display:none!important}', `<div class="pre" style="display:block">overdue</div>${LUNCH}`),
  ],
];

const PAY = 'We pay INV-7001.';
const SHOWN: [what: string, body: string][] = [
  ['white on dark', `<div style="background:#1f1f1f;color:#fff">${PAY}</div>`],
  [
    'white on dark, further up',
    `<body style="background-color:rgb(36,36,36)"><div><span style="color:#fff">${PAY}</span></div></body>`.replace(
      '<p>Hi</p>',
      '',
    ),
  ],
  ['white on a dark cell', `<table><tr><td bgcolor="003366"><font color="#ffffff">${PAY}</font></td></tr></table>`],
  ['white on a picture', `<td background="x.png"><span style="color:white">${PAY}</span></td>`],
  [
    'white on a picture of the style',
    `<div style="background:#fff url(x.png)"><span style="color:white">${PAY}</span></div>`,
  ],
  [
    'white on a gradient',
    `<div style="background-image:linear-gradient(#000,#111)"><b style="color:#fff">${PAY}</b></div>`,
  ],
  [
    'white on a dark class',
    sheet('.head{background-color:#036}', `<div class="head"><b style="color:#fff">${PAY}</b></div>`),
  ],
  [
    'white on the dark class of a longer selector',
    sheet('table tr .head{background:#036}', `<div class="head"><b style="color:#fff">${PAY}</b></div>`),
  ],
  ['white on a dark body by the sheet', sheet('body{background:#222;color:#fff}', `<p>${PAY}</p>`)],
  ['a white button', `<a href="https://a.example" style="background:#06c;color:#fff">${PAY}</a>`],
  ['a coloured child of white text', `<div style="color:#fff"><span style="color:#000">${PAY}</span></div>`],
  ['a link in white text', `<div style="color:#fff"><a href="https://a.example">${PAY}</a></div>`],
  ['inherit', `<span style="color:inherit">${PAY}</span>`],
  ['a variable', `<span style="color:var(--text)">${PAY}</span>`],
  ['background-color is no color', `<div style="background-color:#fff">${PAY}</div>`],
  ['border-color is no color', `<div style="border-color:#fff">${PAY}</div>`],
  ['opacity of a half', `<div style="opacity:0.5">${PAY}</div>`],
  ['no height that overflows', `<div style="height:0">${PAY}</div>`],
  ['a line without height', `<div style="line-height:0;overflow:hidden">${PAY}</div>`],
  [
    'a media query for small screens',
    sheet('@media only screen and (max-width:600px){.x{display:none!important}}', `<p class="x">${PAY}</p>`),
  ],
  [
    'a media query for dark windows',
    sheet('@media (prefers-color-scheme:dark){p{color:#fff!important}}', `<p>${PAY}</p>`),
  ],
  ['a sheet for print', `<style media="print">p{display:none}</style><p>${PAY}</p>`],
  ['a longer selector', sheet('.a .b > p{display:none}', `<p class="b">${PAY}</p>`)],
  ['a state', sheet('p:hover{display:none}', `<p>${PAY}</p>`)],
  ['another class', sheet('.x-hide{display:none}', `<p class="x">${PAY}</p>`)],
  ['one of two classes', sheet('.a.b{display:none}', `<p class="a">${PAY}</p>`)],
  ['another element', sheet('td.x{display:none}', `<p class="x">${PAY}</p>`)],
  [
    'the element’s own style above its class',
    sheet('.x{display:none}', `<p class="x" style="display:block">${PAY}</p>`),
  ],
  [
    'a child of size in a class of size 0',
    sheet('.w{font-size:0}', `<div class="w"><p style="font-size:12px">${PAY}</p></div>`),
  ],
  [
    'a class with a size in a wrapper of size 0',
    sheet('p.MsoNormal{font-size:11pt}', `<div style="font-size:0"><p class="MsoNormal">${PAY}</p></div>`),
  ],
  // A mail with words is never without a preview.
  ['all words white, written in a dark window', `<div style="color:#ffffff">${PAY}</div>`],
  ['own words white above a quote', `<div style="color:#fff">${PAY}</div><blockquote type="cite">old</blockquote>`],
  ['own words white above a header', `<p style="color:white">${PAY}</p><div id="appendonsend"></div><div>old</div>`],
  ['all words in a hidden class', sheet('.x{display:none}', `<p class="x">${PAY}</p>`)],
  ['all words in a white class', sheet('body{color:#fff}', `<p>${PAY}</p>`)],
];

describe('is hidden', () => {
  it.each(HIDDEN)('%s', (_how, body) => {
    expect(previewOf(body, 'text/html')).toBe('Lunch?');
    expect(fullTextOf(body, 'text/html')).toBe('Lunch?');
  });
});

describe('is shown', () => {
  it.each(SHOWN)('%s', (_what, body) => {
    expect(previewOf(body, 'text/html')).toBe(PAY);
  });

  it('own words in the colour of the background are searched for invoice numbers', () => {
    expect(fullTextOf(`<p style="color:white">${PAY}</p><blockquote>old</blockquote>`, 'text/html')).toBe(
      `${PAY}\nold`,
    );
  });
});
