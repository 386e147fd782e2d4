import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const shared = process.env.RELEVO_SHARED ?? join(import.meta.dirname, '../../../shared');
const naughtyPath = join(shared, 'corpora/blns/blns.json');
/** Why the naughty strings are left out; undefined when they are there. */
export const naughtyMissing = existsSync(naughtyPath)
  ? undefined
  : `${naughtyPath} is not there (RELEVO_SHARED)`;

const hack = 'window.hacked=1;alert(1)';
/** Texts that mean harm: each would set `window.hacked`, load something from elsewhere, or break what is around it. */
export const payloads = [
  `<script>${hack}</script>`,
  `<img src=x onerror="${hack}">`,
  `<svg onload="${hack}"><animate onbegin="${hack}" attributeName=x dur=1s></svg>`,
  `"><iframe srcdoc="<script>parent.${hack}</script>"></iframe>`,
  `[click](javascript:${hack}) <javascript:${hack}>`,
  '![x](https://evil.example/pixel.png) <link rel=stylesheet href=https://evil.example/x.css>',
  "<style>@import 'https://evil.example/x.css';*{display:none}</style>",
  '<meta http-equiv=refresh content="0;url=https://evil.example/">',
  `<a href="javascript:${hack}" autofocus onfocus="${hack}" tabindex=1>x</a>`,
  `{{constructor.constructor('${hack}')()}} \${${hack}} {name, select, other {x}} <b>{x}</b>`,
  '\u202Eesrever\u202C \u200B\u200Bzero\uFEFF width \u0301\u0301\u0301 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́O',
  "'; DROP TABLE commits; -- \\u0000 \\x00 %00 ../../etc/passwd #{7*7} 👩🏽‍💻🏳️‍🌈",
];

/** About so many of the naughty strings, from all parts of their list. @throws Error when they are not there */
export function naughtyTexts(count: number): string[] {
  const all = JSON.parse(readFileSync(naughtyPath, 'utf8')) as string[];
  const words = all.filter((text) => text.trim() !== '');
  const step = Math.ceil(words.length / count);
  return words.filter((_, index) => index % step === 0);
}
