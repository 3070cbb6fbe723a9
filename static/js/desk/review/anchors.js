// The text of each part as its comments count it: single spaces, no citation numbers.
// Gives a range of the page for a place in the text, and a place for a range.

const BLOCKS = new Set("P H2 H3 H4 UL OL LI TABLE CAPTION THEAD TBODY TR TH TD BLOCKQUOTE ASIDE DIV BR".split(" "));
const CONTEXT = 100;
const article = document.querySelector(".reading article");

/** Each part: its name, its element, its text, and where each character stands. */
export const parts = new Map();

for (const [name, root] of roots()) parts.set(name, read(name, root));

function* roots() {
  const answer = article?.querySelector(".answer > p");
  if (answer) yield ["key_answer", answer];
  for (const section of article?.querySelectorAll("section[aria-labelledby^=for-]") ?? []) {
    yield [section.getAttribute("aria-labelledby").slice(4), section.querySelector(".text")];
  }
}

function read(name, root) {
  const part = { name, root, text: "", nodes: [], offsets: [] };
  let gap = false;
  const add = (character, node, offset) => {
    part.text += character;
    part.nodes.push(node);
    part.offsets.push(offset);
  };
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      [...node.data].reduce((offset, character) => {
        if (/\s/u.test(character)) gap = true;
        else {
          if (gap && part.text) add(" ", node, offset);
          gap = false;
          for (let unit = 0; unit < character.length; unit += 1) add(character[unit], node, offset + unit);
        }
        return offset + character.length;
      }, 0);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("sup.cite, .safety > .label, ins.put")) return;
    const parts_ = BLOCKS.has(node.tagName);
    gap ||= parts_;
    for (const child of node.childNodes) visit(child);
    gap ||= parts_;
  };
  visit(root);
  return part;
}

/** Find the nodes of a part anew, after some were split or put together. */
export function reread(name) {
  Object.assign(parts.get(name), read(name, parts.get(name).root));
}

/** The range of the page for a piece of a part's text. */
export function rangeOf({ part, start, end }) {
  const { nodes, offsets } = parts.get(part) ?? {};
  if (!nodes || start < 0 || end > nodes.length || start >= end) return null;
  const range = document.createRange();
  range.setStart(nodes[start], offsets[start]);
  range.setEnd(nodes[end - 1], offsets[end - 1] + 1);
  return range;
}

/** The place that a range selects, within the first part it touches; null for none. */
export function placeOf(range) {
  for (const part of parts.values()) {
    if (!range.intersectsNode(part.root)) continue;
    const place = within(part, range);
    if (place) return place;
  }
  return null;
}

function within({ name, text, nodes, offsets }, range) {
  let start = -1;
  let end = -1;
  for (let at = 0; at < nodes.length; at += 1) {
    if (range.comparePoint(nodes[at], offsets[at]) !== 0) {
      if (start >= 0) break;
      continue;
    }
    if (start < 0) start = at;
    if (range.comparePoint(nodes[at], offsets[at] + 1) === 0) end = at + 1;
  }
  while (start >= 0 && start < end && text[start] === " ") start += 1;
  while (end > start && text[end - 1] === " ") end -= 1;
  return start >= 0 && end > start ? described(name, text, start, end) : null;
}

function described(part, text, start, end) {
  return {
    part,
    start,
    end,
    passage: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - CONTEXT), start),
    suffix: text.slice(end, end + CONTEXT),
  };
}

/** Where a quote stands: nearest to where it stood, first in its own part. */
export function find(passage, part = "", hint = 0) {
  const wanted = passage.split(/\s+/u).filter(Boolean).join(" ");
  if (!wanted) return null;
  const order = [...parts.values()].sort((one, other) => (other.name === part) - (one.name === part));
  for (const { name, text } of order) {
    const near = nearest(text, wanted, name === part ? hint : 0);
    if (near >= 0) return described(name, text, near, near + wanted.length);
  }
  return null;
}

function nearest(text, wanted, hint) {
  let best = -1;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (best < 0 || Math.abs(at - hint) < Math.abs(best - hint)) best = at;
  }
  return best;
}

/** Places are sent as the server counts them, in whole characters. */
export function counted({ part, start }) {
  return [...parts.get(part).text.slice(0, start)].length;
}

export function uncounted(part, characters) {
  const { text } = parts.get(part) ?? { text: "" };
  return [...text].slice(0, characters).join("").length;
}
