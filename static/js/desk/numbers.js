// The number of each reference: by first appearance over all texts, as readers see it.

import { textFields } from "desk/page";
import * as references from "desk/references";

const MARKER = /<cite[^>]*\bdata-ref="([^"]*)"/g;
const SHORTEST_RUN = 3;

/** How often each key is cited, in reading order. */
export function counts() {
  const found = new Map();
  for (const { value } of textFields()) {
    for (const [, keys] of value.matchAll(MARKER)) {
      for (const key of keys.split(/\s+/).filter(Boolean)) {
        found.set(key, (found.get(key) ?? 0) + 1);
      }
    }
  }
  return found;
}

/** The number of each reference, by key: the cited first, then the rest. */
export function numbers() {
  const known = references.all().map((item) => item.id);
  const cited = [...counts().keys()].filter((key) => known.includes(key));
  const ordered = [...new Set([...cited, ...known])];
  return new Map(ordered.map((key, place) => [key, place + 1]));
}

/** What a marker shows: `1,2`, `1–3`, and [?] for a key without a reference. */
export function label(keys, known) {
  const found = keys.filter((key) => known.has(key)).map((key) => known.get(key));
  const missing = keys.filter((key) => !known.has(key)).map(() => "[?]");
  return [...collapse(found), ...missing].join(",");
}

function collapse(given) {
  const runs = [];
  for (const number of [...new Set(given)].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last && number === last.at(-1) + 1) last.push(number);
    else runs.push([number]);
  }
  return runs.flatMap((run) => (run.length < SHORTEST_RUN ? run : [`${run[0]}–${run.at(-1)}`]));
}
