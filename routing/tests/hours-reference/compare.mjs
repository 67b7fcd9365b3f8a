// Asks the reference implementation, opening_hours.js, what texts of hours mean, and writes the
// answers to facts.tsv, which a test of ours reads (`hours::text::reference`).
//
//   npm install --prefix /tmp/reference opening_hours@3.15.0
//   TZ=UTC NODE_PATH=/tmp/reference/node_modules node compare.mjs
//
// values.txt are the values of the public test suite of opening_hours.js and texts as people type
// them, one a line. A line of facts.tsv: the open minutes from 2026-11-01 to 2027-11-01, the FNV-1a
// hash of the open intervals ("start-end;" in minutes since then), the text; `error` stands for a
// text that the reference refuses, `unknown` for one of which it does not say whether it is open.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';

const require = createRequire(process.env.NODE_PATH ? process.env.NODE_PATH + '/x' : import.meta.url);
const OpeningHours = require('opening_hours');
if (process.env.TZ !== 'UTC') throw new Error('set TZ=UTC');

const place = { lat: '52.5', lon: '13.4', address: { country_code: 'fr', country: 'France' } };
const from = new Date(2026, 10, 1);
const to = new Date(2027, 10, 1);

const hash = (text) => {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, '0');
};

const fact = (text) => {
  let intervals;
  try {
    intervals = new OpeningHours(text, place, { mode: 0, locale: 'en' }).getOpenIntervals(from, to);
  } catch {
    return ['error', '-'];
  }
  if (intervals.some(([, , unknown]) => unknown)) return ['unknown', '-'];
  let minutes = 0;
  // Intervals that touch (two comments) are one.
  const joined = [];
  for (const [start, end] of intervals) {
    const pair = [start, end].map((date) => (date - from) / 60000);
    minutes += pair[1] - pair[0];
    const last = joined.at(-1);
    if (last && last[1] === pair[0]) last[1] = pair[1];
    else joined.push(pair);
  }
  const all = joined.map(([start, end]) => `${start}-${end};`).join('');
  if (process.env.SHOW) console.log(text, all.slice(0, 200));
  return [String(minutes), hash(all)];
};

const here = (name) => new URL(name, import.meta.url);
const texts = process.env.SHOW
  ? [process.env.SHOW]
  : readFileSync(here('values.txt'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const lines = texts.map((text) => [...fact(text), text].join('\t'));
if (!process.env.SHOW) writeFileSync(here('facts.tsv'), lines.join('\n') + '\n');
